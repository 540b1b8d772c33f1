"""Titles that state a period or a number: what they state, and that a rule which says otherwise is told, and none else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.authoring.lint.run import lint
from engine.authoring.titles import bound, period
from engine.model.number import ONE
from engine.reading.files import find_files
from engine.reading.library import read_library
from tests.lanes import few

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(
    {
        file.parent
        for top in ("policies", "tests", "docs")
        for file in (ROOT / top).rglob("*.yaml")
        if re.search(r"^policy:", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    }
)
SHIPPED = sorted((ROOT / "policies").glob("*.yaml"))
OURS = ("title_period", "title_number")


@pytest.mark.parametrize(
    ("title", "count", "unit"),
    [
        ("近两年行政处罚次数", 24, "months"), ("近12个月投诉", 12, "months"), ("最近三个月投诉", 3, "months"), ("近半年抽查", 6, "months"),
        ("五年内有刑事犯罪记录", 60, "months"), ("近30日投诉件数", 30, "days"), ("近十五天投诉", 15, "days"), ("过去二十四个月内的处罚", 24, "months"),
        ("近两周巡查", 14, "days"), ("近一年老年人及家属满意度（%）", 12, "months"), ("近两年中标后放弃次数", 24, "months"),
    ],
)  # fmt: skip
def test_periods(title: str, count: int, unit: str) -> None:
    limit = period(title)
    assert limit is not None
    assert (limit.count / ONE, limit.unit) == (count, unit)


@pytest.mark.parametrize(
    "title",
    [
        "行政处罚次数", "近年来处罚", "上一年度处罚", "近两年和近30日处罚", "近一年已年度核查", "逾期30日内改正", "最近一次满意度", "近三年度均为优",
        "连续两年为优", "近百年老店", "就近一年", "今年处罚", "近一季度",
    ],
)  # fmt: skip
def test_no_period(title: str) -> None:
    """Where it is not certain, none is stated."""
    assert period(title) is None


@pytest.mark.parametrize(
    ("title", "count", "unit", "side"),
    [
        ("近30日投诉3件以上", 3, "件", "at_least"), ("两年内两次及以上严重行政处罚", 2, "次", "at_least"), ("成立不满一年，不参评", 1, "年", "below"),
        ("得分低于60分", 60, "分", "below"), ("处罚满3次的", 3, "次", "at_least"), ("三次（含）以上", 3, "次", "at_least"), ("处罚超过5次", 5, "次", "above"),
        ("满意度不低于90%的", 90, "%", "at_least"), ("60分以下", 60, "分", "below"), ("行政处罚3次，降一级", 3, "次", "at_least"),
        ("满意度低于59.5％", 59.5, "%", "below"), ("投诉十二起以上", 12, "起", "at_least"),
    ],
)  # fmt: skip
def test_bounds(title: str, count: float, unit: str, side: str) -> None:
    limit = bound(title)
    assert limit is not None
    assert (limit.count / ONE, limit.unit, limit.side) == (count, unit, side)


@pytest.mark.parametrize(
    "title",
    [
        "多次处罚", "第3次处罚", "每3次扣分", "处罚次数", "一次性告知", "得分不超过59.99", "得分不高于69.99分", "罚款10万元以上", "3次以上或者罚款5万元以上",
        "投诉2件以上5件以下", "期满一年", "连续两年为优", "三年内不得评优", "再次处罚", "100人以上企业",
    ],
)  # fmt: skip
def test_no_bound(title: str) -> None:
    assert bound(title) is None


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_none_is_told_without_cause(folder: Path) -> None:
    """Of no policy that we have, shipped, published or made for a test."""
    try:
        read = read_library(find_files([folder]))
    except Exception:  # folders of tests that hold what is not sound
        pytest.skip("not sound together")
    assert [problem for problem in lint(read) if problem.code in OURS] == []


def title_problems(folder: Path, text: str) -> list[tuple[str, int]]:
    """What is told of a shipped policy whose text is this one: codes and lines."""
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    if not (folder / "common").exists():
        shutil.copytree(ROOT / "policies" / "common", folder / "common")
    problems = lint(read_library(find_files([folder])))
    return [(problem.code, problem.place.line if problem.place else 0) for problem in problems if problem.code in OURS]


@pytest.mark.parametrize("file", few(SHIPPED, 4), ids=lambda file: file.stem)
def test_every_changed_window(file: Path, tmp_path: Path) -> None:
    """Whatever stated period has another window is told, at its title; with the title it is the same again."""
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    seen = 0
    for place, line in enumerate(lines):
        head = re.search(r"title: 近(?:一|两|三)年[^（，,]*?(?:次数|件数)", line)
        inside = next(
            (at for at in range(place, min(place + 4, len(lines))) if re.search(r"within: \d+ months", lines[at])), None
        )
        if not head or inside is None or any("title:" in line for line in lines[place + 1 : inside + 1]):
            continue
        changed = [
            re.sub(r"within: \d+ months", "within: 7 months", line) if at == inside else line for at, line in enumerate(lines)
        ]
        assert ("title_period", place + 1) in title_problems(tmp_path, "\n".join(changed))
        changed[place] = re.sub(r"近(?:一|两|三)年", "近七个月", changed[place])
        assert ("title_period", place + 1) not in title_problems(tmp_path, "\n".join(changed))
        seen += 1
        if seen == 2:
            return


@pytest.mark.parametrize(
    ("policy", "old", "new"),
    [
        ("housekeeping", "recent_complaints: {at_least: 3}", "recent_complaints: {at_least: 4}"),
        ("housekeeping", "years_established: {below: 1}", "years_established: {below: 2}"),
    ],
)
def test_numbers(policy: str, old: str, new: str, tmp_path: Path) -> None:
    text = (ROOT / f"policies/{policy}.yaml").read_text(encoding="utf-8")
    assert old in text
    assert [code for code, _ in title_problems(tmp_path, text)] == []
    assert {code for code, _ in title_problems(tmp_path, text.replace(old, new))} == {"title_number"}
