"""Templates escape what they are given, and say what the catalogue of sentences has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.rendering.html_page import STYLES, TEMPLATES
from engine.rendering.sentences import SHARED, Sentences

AREAS: Mapping[str, str] = {"batch": "batch", "changes": "page"}
"""The area of what the templates of a folder say; those of others have no words of their own."""

ALL = sorted(file for file in TEMPLATES.rglob("*") if file.is_file())


@pytest.mark.parametrize("file", ALL, ids=lambda file: str(file.relative_to(TEMPLATES)))
class TestTemplates:
    def test_escape(self, file: Path) -> None:
        """None takes a text for markup."""
        assert not re.search(r"\|\s*safe\b|autoescape", file.read_text(encoding="utf-8"))

    def test_sentences(self, file: Path) -> None:
        """Each stands in the catalogue, with the values that it takes."""
        area = AREAS.get(file.parent.name)
        takes = {**Sentences(SHARED).ids("zh"), **Sentences(area).ids("zh")} if area else {}
        for identifier, values in re.findall(r'\bsay\("([^"]+)"((?:,\s*\w+=[^=]*?)*)\)', file.read_text(encoding="utf-8")):
            assert identifier in takes, identifier
            assert set(re.findall(r",\s*(\w+)=", values)) == takes[identifier], identifier

    def test_no_words(self, file: Path) -> None:
        """What is said stands in the catalogue, in both languages."""
        text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search("[\u4e00-\u9fff]", text)
        if file.suffix == ".html":
            layout = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
            assert not re.search(r"[A-Za-z]", re.sub("<[^>]*>", "", layout))


@pytest.mark.parametrize("file", sorted(STYLES.glob("*.css")), ids=lambda file: file.name)
def test_styles(file: Path) -> None:
    """None loads anything, or ends the element that it stands in."""
    assert not re.search(r"url\(|@import|</|//", file.read_text(encoding="utf-8"))
