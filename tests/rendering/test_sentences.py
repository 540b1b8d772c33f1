"""The catalogue of sentences: both languages say the same, of the same values, and nothing stands there that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast

from engine.rendering.messages import codes
from engine.rendering.sentences import SHARED, Sentences, areas

SOURCE = "\n".join(
    file.read_text(encoding="utf-8") for file in sorted((*Path("engine").rglob("*.py"), *Path("schema").glob("*.json")))
)
FILES = "\n".join(file.read_text(encoding="utf-8") for file in sorted(Path("engine/rendering/i18n").glob("*.ftl")))


def text_of(area: str, lang: str) -> str:
    return Path(f"engine/rendering/i18n/{area}.{lang}.ftl").read_text(encoding="utf-8")


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
class TestFluent:
    """We read and say it as Fluent does."""

    def test_read(self, area: str, lang: str) -> None:
        body = FluentParser().parse(text_of(area, lang)).body
        assert [one.content for one in body if isinstance(one, ast.Junk)] == []
        entries = [one for one in body if isinstance(one, (ast.Message, ast.Term))]
        names = [("-" if isinstance(one, ast.Term) else "") + one.id.name for one in entries]
        read = [
            f"{name}.{part.id.name}" if part else name
            for name, one in zip(names, entries, strict=True)
            for part in (*([None] if one.value else []), *one.attributes)
        ]
        assert list(Sentences(area).ids(lang)) == read
        assert len(set(read)) == len(read)

    def test_said(self, area: str, lang: str) -> None:
        bundle = FluentBundle([lang], use_isolating=False)
        for name in (SHARED, area):
            bundle.add_resource(FluentResource(text_of(name, lang)))
        for identifier, takes in Sentences(area).ids(lang).items():
            name, _, attribute = identifier.partition(".")
            if not name.startswith("-"):
                message = bundle.get_message(name)
                values = {value: f"<{value}>" for value in takes}
                text, errors = bundle.format_pattern(message.attributes[attribute] if attribute else message.value, values)
                assert (text, errors) == (Sentences(area).sentence(identifier, lang, **values), [])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("area", areas())
def test_every_sentence_can_be_said(area: str, lang: str) -> None:
    """With its values, however long, and what it refers to is there."""
    for identifier, takes in Sentences(area).ids(lang).items():
        if not identifier.startswith("-"):
            Sentences(area).sentence(identifier, lang, **dict.fromkeys(takes, "x" * 3000))


def test_a_value_is_missing() -> None:
    """Nothing is said with a hole in it."""
    with pytest.raises(KeyError, match="file"):
        Sentences("problems").sentence("file_missing", "zh")


def test_no_sentence_is_idle() -> None:
    """Whoever says a sentence names its id, whole or with its beginning (`verdict-` and a word)."""
    idle = []
    beginnings = tuple(re.findall(r'f"([a-z]\w*-[\w-]*)\{', SOURCE))
    for area in areas():
        for identifier in Sentences(area).ids("zh"):
            name = identifier.partition(".")[0]
            starts = [name[: cut.end()] for cut in re.finditer("[-_]", name)]
            said = (
                name.startswith(beginnings)
                or any(f'"{start}{{' in SOURCE or f'"{start}" +' in SOURCE for start in starts)
                or f'"{name}"' in SOURCE
                or f"'{name}'" in SOURCE
            )
            if not said and not re.search(rf"\{{ -?{name}\b", FILES) and name not in codes():
                idle.append(f"{area}: {identifier}")
    assert idle == []


def test_shared_phrases_come_first() -> None:
    """An area may say what the shared phrases say, and does not name its own like one of them."""
    shared = set(Sentences(SHARED).ids("zh"))
    assert [area for area in areas() if area != SHARED and shared & set(Sentences(area).ids("zh"))] == []
