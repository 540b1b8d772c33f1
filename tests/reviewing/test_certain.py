"""Changes of which it would be wrong to be certain: each was once told as declared, or as the same, and is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.language.examples import run_xinyong
from tests.reviewing.revised import edit

HERE = Path(__file__).parent / "certain"
ROOT = HERE.parents[2]
OF = "type: text, one_of: {{minor: {}, general: 一般, serious: {}}}"
PROVED = ("--prove", "--as-of", "2025-12-31")

CASES: dict[str, tuple[tuple[str, ...], int]] = {
    "better-level-fewer-incentives": (PROVED, 4),
    "new-restriction-at-the-new-level": (PROVED, 3),
    "wider-incentive-at-the-new-level": (PROVED, 3),
    "narrower-incentive-at-the-new-level": (PROVED, 3),
    "vetoes-exchanged": (PROVED, 4),
    "veto-beside-another": (PROVED, 3),
    "another-reason": (PROVED, 4),
    "measures-of-a-reader": (PROVED, 4),
    "reader-of-other-windows": (("--prove", "--as-of", "2025-06-30"), 4),
    "back-dated-entry": ((), 4),
    "back-dated-beside-its-own": ((), 3),
    "entry-without-a-version": ((), 4),
    "not-ended-today": (("--as-of", "2027-01-01"), 4),
}
"""How `diff --exit-code` ends: 3 beyond what is declared, 4 undecided."""


@pytest.mark.parametrize("name", CASES)
def test_not_certain(name: str) -> None:
    options, code = CASES[name]
    text, ended = run_xinyong(
        ["diff", str(HERE / name / "old"), str(HERE / name / "new"), "--exit-code", "--lang", "en", *options]
    )
    assert ended == code, text


def test_nothing_that_stands_in_neither_file() -> None:
    """A start that is written out does not follow the points."""
    folder = HERE / "start-written-out"
    text = run_xinyong(["diff", str(folder / "old"), str(folder / "new"), "--lang", "en"])[0]
    assert "60 points" not in text, text


def test_labels_exchanged(tmp_path: Path) -> None:
    """Workbooks are read by labels: 轻微 stands for another code now."""
    for side in ("old", "new"):
        shutil.copytree(ROOT / "policies", tmp_path / side)
    edit(
        tmp_path / "new/common/catalogue.yaml",
        (f"失信行为严重程度, {OF.format('轻微', '严重')}", f"失信行为严重程度, {OF.format('严重', '轻微')}"),
    )
    text, code = run_xinyong(["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--exit-code", "--lang", "en"])
    assert (code, "mixed" in text) == (4, True), text
