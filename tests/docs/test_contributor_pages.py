"""CONTRIBUTING.md and SECURITY.md name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_paths(page: str) -> None:
    """Every path in backticks, and everything that a link leads to, is there."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`([\w.]+/[\w./]*)`", text) + re.findall(r"\]\(([^)#]+)\)", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
