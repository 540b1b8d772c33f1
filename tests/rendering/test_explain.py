"""The page of one subject leaves nothing open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine import api
from engine.rendering.sentences import Lang
from tests.language.examples import run_xinyong

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("lang", "origin"), [("zh", "主体的成员数"), ("en", "members of the subject")])
def test_members_are_an_origin(lang: Lang, origin: str) -> None:
    """A fact that counts members says so, as others name their records."""
    library = api.load(ROOT / "policies")
    subjects = ROOT / "docs" / "samples" / "park.jsonl"
    report = api.explain(library, subjects, date(2025, 12, 31), subject="114305007A1B2C0033", policy="park", lang=lang)
    (row,) = (line for line in report.text.splitlines() if line.startswith("园区企业数"))
    assert origin in row


@pytest.mark.parametrize(("name", "code"), [("x.html", 2), ("x.PDF", 2), ("x.docx", 2), ("x.txt", 0), ("x", 0)])
def test_plain_text_alone(name: str, code: int, tmp_path: Path) -> None:
    """An ending of another format is refused before anything is written."""
    sample, policies = ROOT / "docs" / "samples" / "legal-firm.json", ROOT / "policies"
    arguments = ["explain", str(sample), "--policies", str(policies), "--as-of", "2025-12-31", "--output", str(tmp_path / name)]
    _, ended = run_xinyong(arguments)
    assert (ended, (tmp_path / name).exists()) == (code, code == 0)
