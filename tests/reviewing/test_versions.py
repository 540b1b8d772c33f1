"""Versions that follow each other, and what the catalogue and the scale change: from the files to the verdict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.rendering.sentences import Lang
from tests.reviewing.revised import BEFORE, edit

OLD, NEW = Path("before/every.yaml"), Path("after/every.yaml")
FROM, UNTIL = "effective: {from: 2025-01-01, until: 2026-12-31}", "effective: {from: 2025-01-01, until: 2025-12-31}"
LATER = "effective: {from: 2026-01-01, until: 2026-12-31}"
STRICTER = ("each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -8}")
CATALOGUE, SCALES = Path("after/common/catalogue.yaml"), Path("after/common/scales.yaml")


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BEFORE, tmp_path / "before")
    shutil.copytree(BEFORE, tmp_path / "after")
    monkeypatch.chdir(tmp_path)


def diff_report(lang: Lang = "zh") -> list[dict[str, Any]]:
    done = CliRunner().invoke(cli, ["diff", "before", "after", "--format", "json", "--lang", lang], standalone_mode=False)
    assert done.exception is None, done.exception
    return json.loads(done.stdout)["policies"]  # type: ignore[no-any-return]


def text() -> str:
    return CliRunner().invoke(cli, ["diff", "before", "after", "--lang", "zh"], standalone_mode=False).stdout


def declare(file: Path, intent: str, version: str = "2") -> None:
    revision = f'revisions:\n  - {{version: "{version}", date: 2025-12-01, intent: {intent}, why: 试, basis: plan}}\n'
    edit(file, ('version: "1"\n', f'version: "{version}"\n'), ("revisions:\n", revision))


@pytest.mark.parametrize(
    ("before", "after", "bare"),
    [
        (FROM, LATER, ["new"]),
        (LATER, FROM, ["old"]),
        (FROM, UNTIL, ["new"]),
        (FROM, "effective: {from: 2025-01-01}", ["old"]),
    ],
)
def test_other_days(before: str, after: str, bare: list[str]) -> None:
    """On a day without rules nobody has a result, which is no direction; such days are told as what they are."""
    for file, effective in ((OLD, before), (NEW, after)):
        if effective != FROM:
            edit(file, (FROM, effective))
    (policy,) = diff_report()
    assert [(change["what"], change["direction"]) for change in policy["changes"]] == [("effective", "mixed")]
    assert [side for span in policy["spans"] for side in ("old", "new") if span[side] is None] == bare
    assert policy["verdict"] == "unknown"


def test_one_after_the_other() -> None:
    """A version in a file of its own is compared with the one that it follows, which only ends."""
    shutil.copy(NEW, "after/later.yaml")
    edit(NEW, (FROM, UNTIL))
    later = Path("after/later.yaml")
    edit(later, (FROM, LATER), STRICTER)
    declare(later, "stricter")
    first, second = diff_report()
    assert {change["what"]: change["direction"] for change in first["changes"]} == {"effective": "neutral"}
    assert {change["what"]: change["direction"] for change in second["changes"]} == {
        "version": "text", "effective": "neutral", "each": "stricter",
    }  # fmt: skip
    assert [policy["verdict"] for policy in (first, second)] == ["declared", "declared"]
    assert "各日都有施行的版本" in text()


def test_the_day_between_two_versions() -> None:
    """Where it moves, other rules hold on the days between, and those are compared; nobody has declared that."""
    for file, until, begins in (
        (OLD, UNTIL, LATER),
        (NEW, UNTIL.replace("12-31", "11-30"), LATER.replace("2026-01", "2025-12")),
    ):
        later = file.with_name("later.yaml")
        shutil.copy(file, later)
        edit(file, (FROM, until))
        edit(later, (FROM, begins), STRICTER, ('version: "1"\n', 'version: "2"\n'))
    assert [(policy["direction"], policy["verdict"]) for policy in diff_report()] == [
        ("neutral", "declared"), ("neutral", "declared"), ("stricter", "unknown"),
    ]  # fmt: skip


def test_the_day_moves_with_a_new_version() -> None:
    """It is compared with each that it stands in place of on any day; what is new of its revisions is held against that."""
    for file, until, begins in (
        (OLD, UNTIL, LATER),
        (NEW, UNTIL.replace("12-31", "11-30"), LATER.replace("2026-01", "2025-12")),
    ):
        later = file.with_name("later.yaml")
        shutil.copy(file, later)
        edit(file, (FROM, until))
        edit(later, (FROM, begins), STRICTER)
        declare(later, "stricter")
    edit(Path("after/later.yaml"), ('version: "2"\n', 'version: "3"\n'))
    revision = '  - {version: "3", date: 2025-12-01, intent: neutral, why: 提前, basis: plan}\n'
    edit(Path("after/later.yaml"), ("revisions:\n", f"revisions:\n{revision}"))
    versions = [
        (policy["old"]["version"], policy["new"]["version"], policy["intent"], policy["verdict"]) for policy in diff_report()
    ]
    assert sorted(versions) == [
        ("1", "1", None, "declared"), ("1", "3", "neutral", "beyond"), ("2", "3", "neutral", "declared"),
    ]  # fmt: skip


def test_a_gap() -> None:
    """Where a day between them is left without rules, the one that ends is no handing over."""
    shutil.copy(NEW, "after/later.yaml")
    edit(NEW, (FROM, UNTIL.replace("2025-12-31", "2025-12-30")))
    edit(Path("after/later.yaml"), (FROM, LATER))
    declare(Path("after/later.yaml"), "neutral")
    assert [policy["verdict"] for policy in diff_report()] == ["unknown", "beyond"]
    assert text().count("! 2025-12-31 至 2025-12-31：不再有施行的版本") == 1


@pytest.mark.parametrize("intent", ["text", "looser", "stricter", "mixed"])
def test_a_first_version(intent: str) -> None:
    """It has nothing that it could be looser or stricter than."""
    OLD.rename("before/other.yaml")
    edit(Path("before/other.yaml"), ("policy: every", "policy: other"), ("title: 门店信用评价", "title: 另一评价"))
    edit(Path("before/other.yaml"), ("{policy: {is: every}", "{policy: {is: other}"))
    declare(NEW, intent)
    added, gone = diff_report()
    assert (added["verdict"], gone["verdict"]) == ("unknown", "unknown")
    assert "新增的政策，没有原版本可比：不能判定" in text()


def test_another_id() -> None:
    """Of a policy, and of a model: what else is otherwise in it is told, and where it stood."""
    edit(NEW, ("policy: every", "policy: other"), ("{policy: {is: every}", "{policy: {is: other}"), STRICTER)
    edit(NEW, ("  store:\n", "  outlet:\n"), ("      minor: {title: 近一年", "      small: {title: 近一年"))
    edit(NEW, ("each: {minor: -1", "each: {small: -1"), ("total: [minor,", "total: [small,"), ("fact: minor", "fact: small"))
    (policy,) = diff_report()
    renamed = {
        change["what"]: (change["old"]["text"], change["new"]["text"])
        for change in policy["changes"]
        if change["how"] == "renamed"
    }
    assert renamed == {"policy": ("every", "other"), "model": ("store", "outlet"), "fact": ("minor", "small")}
    (each,) = (change for change in policy["changes"] if change["what"] == "each")
    assert (each["old_path"], each["old"]["line"]) == (each["new_path"].replace("outlet", "store"), each["new"]["line"])
    (fact,) = (change for change in policy["changes"] if change["what"] == "fact")
    assert fact["old_path"] == "models.store.facts.minor"


@pytest.mark.parametrize(
    ("old", "new", "direction", "sentence"),
    [
        ("optional: true", "optional: false", "stricter", "罚款金额（元）（数，≥0）"),
        ("at_least: 0, optional", "at_least: 1, optional", "stricter", "罚款金额（元）（数，≥1，选填）"),
        ("at_least: 0, optional", "optional", "looser", "罚款金额（元）（数，选填）"),
        ("type: number, at_least: 0, optional", "type: integer, at_least: 0, optional", "mixed", "罚款金额（元）（整数，≥0，选填）"),
    ],
)  # fmt: skip
def test_fields(old: str, new: str, direction: str, sentence: str) -> None:
    """What the catalogue does not take any more has no result."""
    amount = "amount: {title: 罚款金额（元）, type: number, at_least: 0, optional: true}"
    edit(CATALOGUE, (amount, amount.replace(old, new)))
    (change,) = diff_report()[0]["changes"]
    assert (change["direction"], change["new"]["text"]) == (direction, sentence)
    assert change["old"]["text"] == "罚款金额（元）（数，≥0，选填）"
    assert change["new"]["file"] == str(CATALOGUE)


def test_a_grade() -> None:
    """Of one level, where it stands."""
    edit(SCALES, ("{level: B, at_least: 70, grade: 良}", "{level: B, at_least: 70, grade: 中}"))
    (change,) = diff_report()[0]["changes"]
    assert (change["name"], change["old"]["text"], change["new"]["text"]) == ("等级标准 four B 等次", "良", "中")
    assert change["new"]["file"] == str(SCALES)


def test_a_common_file() -> None:
    """What is one change of two policies is told once, and counted once; programs are told it of each."""
    for file in (OLD, NEW):
        text_of = file.read_text(encoding="utf-8").replace("policy: every", "policy: other").replace("is: every", "is: other")
        file.with_name("other.yaml").write_text(text_of.replace("title: 门店信用评价", "title: 另一评价"), encoding="utf-8")
    edit(SCALES, ("{level: B, at_least: 70, grade: 良}", "{level: B, at_least: 72, grade: 良}"))
    assert [policy["changes"][0]["new"]["text"] for policy in diff_report()] == ["72分", "72分"]
    assert text().count("70分 → 72分") == 1
    assert "用到的 2 项政策：门店信用评价、另一评价" in text()
    assert "只随公共文件变动的政策（2 项" in text()
    assert "1 处改动：收紧 1" in text()


def test_branches_in_another_order() -> None:
    """Are one change: none of them says anything alone."""
    first = "{when: {certified_percent: {at_least: 80}, not: {listed: {is: true}}}, points: 20}"
    second = "{when: {any: [{lowest: {above: 90}}, {certified: {at_least: {fact: branches}}}]}, points: 10}"
    edit(NEW, (first, "HERE"), (second, first))
    edit(NEW, ("HERE", second))
    assert [change["what"] for change in diff_report()[0]["changes"]] == ["form"]


def test_lowered_otherwise() -> None:
    edit(NEW, ("lower_by: {grades: 1}", "lower_by: {levels: 1}"))
    (change,) = diff_report()[0]["changes"]
    assert (change["old"]["text"], change["new"]["text"], change["direction"]) == ("1等", "1级", "looser")
    (change,) = diff_report("en")[0]["changes"]
    assert (change["old"]["text"], change["new"]["text"]) == ("1 grade", "1 level")
