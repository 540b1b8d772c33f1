"""The catalogue of sentences: both languages say the same, of the same values, and nothing stands there that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.rendering.messages import codes
from engine.rendering.sentences import SHARED, Sentences, areas

SPEAKERS = [*sorted(Path("engine").rglob("*.py")), *sorted(Path("engine/rendering/templates").rglob("*.*"))]
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in SPEAKERS)
FILES = "\n".join(file.read_text(encoding="utf-8") for file in sorted(Path("engine/rendering/i18n").glob("*.ftl")))


@pytest.mark.parametrize("area", areas())
class TestBothLanguages:
    def test_ids(self, area: str) -> None:
        """The same ids, in the same order."""
        assert list(Sentences(area).ids("zh")) == list(Sentences(area).ids("en"))

    def test_values(self, area: str) -> None:
        """The same values in each sentence."""
        chinese, english = (Sentences(area).ids(lang) for lang in ("zh", "en"))
        assert {name: takes for name, takes in chinese.items() if takes != english.get(name)} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("area", areas())
def test_every_sentence_can_be_said(area: str, lang: str) -> None:
    """With its values, and what it refers to is there."""
    for identifier, takes in Sentences(area).ids(lang).items():
        Sentences(area).sentence(identifier, lang, **dict.fromkeys(takes, "x"))


def test_a_value_is_missing() -> None:
    """Nothing is said with a hole in it."""
    with pytest.raises(KeyError, match="file"):
        Sentences("problems").sentence("file_missing", "zh")


def test_no_sentence_is_idle() -> None:
    """Whoever says a sentence names its id, whole or with its beginning (`verdict-` and a word)."""
    idle = []
    for area in areas():
        for identifier in Sentences(area).ids("zh"):
            name = identifier.partition(".")[0]
            starts = [name[: cut.end()] for cut in re.finditer("[-_]", name)]
            is_used = any(f'"{start}{{' in SOURCE or f'"{start}" +' in SOURCE for start in starts) or f'"{name}"' in SOURCE
            if not is_used and not re.search(rf"\{{ -?{name}\b", FILES) and name not in codes():
                idle.append(f"{area}: {identifier}")
    assert idle == []


def test_shared_phrases_come_first() -> None:
    """An area may say what the shared phrases say, and does not name its own like one of them."""
    shared = set(Sentences(SHARED).ids("zh"))
    assert [area for area in areas() if area != SHARED and shared & set(Sentences(area).ids("zh"))] == []
