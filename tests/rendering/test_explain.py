"""The page of one subject leaves nothing open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine import api

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("lang", "origin"), [("zh", "主体的成员数"), ("en", "members of the subject")])
def test_members_are_an_origin(lang: api.Lang, origin: str) -> None:
    """A fact that counts members says so, as others name their records."""
    library = api.load(ROOT / "policies")
    subjects = ROOT / "docs" / "samples" / "park.jsonl"
    report = api.explain(library, subjects, date(2025, 12, 31), subject="114305007A1B2C0033", policy="park", lang=lang)
    (row,) = (line for line in report.text.splitlines() if line.startswith("园区企业数"))
    assert origin in row
