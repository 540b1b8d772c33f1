"""What older versions declared is a record: whatever it says otherwise now is told, and leaves a verdict undecided."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from engine.cli.main import cli
from tests.reviewing.revised import BEFORE

ENTRIES: list[dict[str, Any]] = [
    {"version": "3", "date": "2025-03-01", "intent": "stricter", "why": "从严", "basis": {"plan": "第三条"}},
    {"version": "2", "date": "2025-02-01", "intent": "looser", "why": "从宽", "basis": "plan"},
    {"version": "1", "date": "2025-01-01", "intent": "text", "why": "首版"},
]
NEXT = {"version": "4", "date": "2025-04-01", "intent": "mixed", "why": "修改"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version 3 with its record, on both sides."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for side in ("old", "new"):
        shutil.copytree(BEFORE, side)
        write(side, ENTRIES, "3")
    return tmp_path


def write(side: str, entries: list[dict[str, Any]], version: str) -> None:
    file = Path(side, "every.yaml")
    tree = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    text = (
        file.read_text(encoding="utf-8")
        .split("\nrevisions:")[0]
        .replace(f'version: "{tree["version"]}"', f'version: "{version}"')
    )
    file.write_text(f"{text}\n{yaml.safe_dump({'revisions': entries}, allow_unicode=True)}", encoding="utf-8")


def diff(*more: str) -> tuple[str, int]:
    done = CliRunner().invoke(cli, ["diff", "old", "new", "--exit-code", *more], standalone_mode=False)
    return done.stdout, done.return_value


def without(entries: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in entry.items() if name != key} for entry in entries]


CASES = {
    "intent": ([ENTRIES[0], {**ENTRIES[1], "intent": "text"}, ENTRIES[2]], "修订记录 2  意图  放宽 → 文字"),
    "date": ([ENTRIES[0], {**ENTRIES[1], "date": "2025-02-02"}, ENTRIES[2]], "修订记录 2  日期  2025-02-01 → 2025-02-02"),
    "why": ([*ENTRIES[:2], {**ENTRIES[2], "why": "初版"}], "修订记录 1  理由  首版 → 初版"),
    "basis": (without(ENTRIES, "basis"), "修订记录 3  依据"),
    "removed": (ENTRIES[:2], "删去 修订记录 1  1（2025-01-01，文字）：首版"),
    "order": ([ENTRIES[1], ENTRIES[0], ENTRIES[2]], "修订记录  次序  3、2、1 → 2、3、1"),
    "twice": ([ENTRIES[0], {**ENTRIES[1], "intent": "mixed"}, *ENTRIES[1:]], "修订记录 2"),
}


@pytest.mark.parametrize("case", CASES)
def test_altered(case: str) -> None:
    """It is a line of its own, marked, and nobody may sign it as declared."""
    write("new", CASES[case][0], "3")
    text, code = diff()
    assert f"! 文字  {CASES[case][1]}" in text
    assert "两边含义相同" not in text
    assert "原有的修订记录有改动" in text
    assert code == 4


@pytest.mark.parametrize("case", CASES)
def test_beside_a_revision(case: str) -> None:
    """The intent of the new revision does not cover it, not even a mixed one."""
    write("new", [NEXT, *CASES[case][0]], "4")
    text, code = diff()
    assert f"! 文字  {CASES[case][1]}" in text
    assert "声明有宽有严，实为文字：不能判定" in text
    assert code == 4


def test_beyond() -> None:
    """What is beyond the intent stays so."""
    write("new", [{**NEXT, "intent": "text"}, *CASES["intent"][0]], "4")
    file = Path("new/every.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("graver: -5}", "graver: -8}"), encoding="utf-8")
    assert diff()[1] == 3


def test_kept() -> None:
    """A new declaration, and an entry for a version that had none, take nothing back."""
    write("new", [NEXT, *ENTRIES], "4")
    assert diff()[1] == 1
    write("old", ENTRIES[:1], "3")
    write("new", [NEXT, ENTRIES[0]], "4")
    assert diff()[1] == 1
    write("old", ENTRIES[1:], "3")
    write("new", [NEXT, *ENTRIES], "4")
    text, code = diff()
    assert "  文字  新增 修订记录 3" in text
    assert code == 1


def test_in_another_file() -> None:
    """A version of its own file need not repeat what the file of the older one records."""
    shutil.copy("old/every.yaml", "new/next.yaml")
    for name, old, new in (
        ("every", "until: 2026-12-31", "until: 2025-12-31"),
        ("next", "{from: 2025-01-01, until: 2026-12-31}", "{from: 2026-01-01, until: 2026-12-31}"),
    ):
        file = Path(f"new/{name}.yaml")
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    Path("new/next.yaml").rename("new/every.next")
    Path("new/every.yaml").rename("new/first.yaml")
    Path("new/every.next").rename("new/every.yaml")
    write("new", [NEXT], "4")
    output, _ = diff()
    assert "修订记录" not in output
    write("new", [NEXT, {**ENTRIES[1], "intent": "text"}], "4")
    assert "! 文字  修订记录 2  意图  放宽 → 文字" in diff()[0]


def test_reports() -> None:
    """Each format says it."""
    write("new", CASES["intent"][0], "3")
    (policy,) = json.loads(diff("--format", "json")[0])["policies"]
    (change,) = policy["changes"]
    assert (change["what"], change["id"], change["outside"], policy["verdict"]) == ("intent", "2", True, "unknown")
    assert (change["old"]["value"], change["new"]["value"]) == ("looser", "text")
    for form in ("markdown", "html"):
        text = diff("--format", form)[0]
        assert "修订记录" in text
        assert "原有的修订记录有改动" in text
    assert "revision 2  intent  looser → text" in diff("--lang", "en")[0]


@pytest.mark.parametrize("seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(12, 200))])
def test_random(seed: int) -> None:
    """Whatever becomes of a record: told where an entry that was there is not there as it was, and nowhere else."""
    draw = random.Random(seed)
    entries = [dict(entry) for entry in ENTRIES]
    for _ in range(draw.randint(0, 2)):
        match draw.choice(("drop", "edit", "swap", "nothing")):
            case "drop" if len(entries) > 1:
                entries.pop(draw.randrange(len(entries)))
            case "edit":
                key, value = draw.choice((("intent", "mixed"), ("why", "改"), ("date", "2025-01-09")))
                draw.choice(entries)[key] = value
            case "swap":
                draw.shuffle(entries)
    write("new", [NEXT, *entries] if draw.random() < 0.5 else entries, "3" if draw.random() < 0.2 else "4")
    text, _ = diff()
    assert ("原有的修订记录有改动" in text) == (entries != ENTRIES)


def test_late_entry() -> None:
    """An entry of another version, older than what had been declared, is told and declares nothing."""
    late = {"version": "0", "date": "2024-01-01", "intent": "mixed", "why": "补记"}
    write("new", [*ENTRIES, late], "4")
    text, code = diff()
    assert "新增 修订记录 0" in text, text
    assert "没有声明意图" in text
    assert code == 4


def test_early_entry_of_its_own() -> None:
    """What a version says of itself is its declaration, whatever day it gives."""
    write("new", [{**NEXT, "date": "2024-01-01"}, *ENTRIES], "4")
    text, code = diff()
    assert "声明有宽有严" in text, text
    assert code == 1
