"""The catalogue of sentences: each has an id in an area, and stands in `i18n/AREA.zh.ftl` and `i18n/AREA.en.ftl` (Project Fluent).

`phrases` are those that several areas use: what a form, a source or a condition says is written there once a language.

A sentence is looked at when it is first said. Plain ones, of text and values that choose at most once, are said by ourselves;
all others by Fluent, whose library takes a third of a command's start to load. Tests hold that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

Lang = Literal["zh", "en"]

SHARED = "phrases"
_FOLDER = Path(__file__).parent / "i18n"
LOCALES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
"""The tags of our languages."""

Parts = tuple[tuple[str, str], ...]
"""A plain sentence: texts, each with the name of the value that follows it; empty after the last."""


class _Plain(NamedTuple):
    """What is said unless the value of the selector, where there is one, chooses a variant by its key."""

    default: Parts
    selector: str = ""
    variants: tuple[tuple[str, Parts], ...] = ()


class Sentences:
    """The sentences of an area.

    >>> Sentences("problems").sentence("file_missing", "en", file="a.yaml")
    'no such file: `a.yaml`'
    """

    def __init__(self, area: str) -> None:
        self.area = area

    def __contains__(self, identifier: str) -> bool:
        """Whether the area itself, without the shared phrases, has the sentence."""
        return _entry(self.area, "zh", identifier) is not None

    def sentence(self, identifier: str, lang: Lang, **values: object) -> str:
        """The sentence with its values; of `id.attribute` the attribute. KeyError where it, or a value of it, is missing.

        Whole numbers choose between one and many; they are written without separators. Other values are texts.
        """
        plain = _plain(self.area, lang, identifier)
        if plain is None:
            return _by_fluent(self.area, lang, identifier, values)
        try:
            parts = _variant(plain, values[plain.selector], lang) if plain.selector else plain.default
            return "".join([f"{text}{values[name]}" if name else text for text, name in parts])
        except KeyError as error:
            raise KeyError(f"{identifier}: {error.args[0]}") from None

    def takes(self, identifier: str, lang: Lang) -> frozenset[str] | None:
        """The names of the values that a sentence of the area itself takes; None where it has no such sentence."""
        text = _entry(self.area, lang, identifier)
        return frozenset(re.findall(_VALUE, text)) if text else None

    def ids(self, lang: Lang) -> dict[str, frozenset[str]]:
        """Every id of the area, attributes too, with the names of the values that its sentence takes."""
        return {name: frozenset(re.findall(_VALUE, text)) for name, text in _entries(self.area, lang).items() if text}


def areas() -> list[str]:
    """Every area, by name."""
    return sorted({file.name.split(".")[0] for file in _FOLDER.iterdir()})


_ENTRY = r"^(?=-?[A-Za-z])"
_ATTRIBUTE = r"^ +\.(?=[A-Za-z])"
_VALUE = r"\$([A-Za-z][\w-]*)"
_PLACEABLE = re.compile(r'\{ *(?:\$([A-Za-z][\w-]*)|"([^"\\{}]*)") *\}')
_SELECT = r"([^\n]*)\{ *\$([A-Za-z][\w-]*) *->\n((?: +\*?\[ *\w+ *\][^\n]*\n)+) *\}([^\n]*)"
_VARIANT = r"^ +(\*?)\[ *(\w+) *\](.*)$"


@cache
def _source(area: str, lang: Lang) -> str:
    """What an area says in a language, without comments."""
    text = (_FOLDER / f"{area}.{lang}.ftl").read_text(encoding="utf-8")
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


@cache
def _entries(area: str, lang: Lang) -> Mapping[str, str]:
    """What stands after `=`, by id and by `id.attribute`."""
    texts: dict[str, str] = {}
    for entry in re.split(_ENTRY, _source(area, lang), flags=re.MULTILINE)[1:]:
        texts |= _texts(entry)
    return texts


def _texts(entry: str) -> dict[str, str]:
    """An entry's text and those of its attributes."""
    value, *attributes = re.split(_ATTRIBUTE, entry, flags=re.MULTILINE)
    name, _, text = value.partition("=")
    name = name.strip()
    texts = {name: text.strip(" \n")}
    for attribute in attributes:
        part, _, text = attribute.partition("=")
        texts[f"{name}.{part.strip()}"] = text.strip(" \n")
    return texts


def _entry(area: str, lang: Lang, identifier: str) -> str | None:
    """One of the texts; a command says few, so no other entry is looked at."""
    source = _source(area, lang)
    start = f"\n{source}".find(f"\n{identifier.partition('.')[0]} =")
    if start < 0:
        return None
    end = re.compile(_ENTRY, re.MULTILINE).search(source, start + 1)
    return _texts(source[start : end.start() if end else None]).get(identifier)


@cache
def _plain(area: str, lang: Lang, identifier: str) -> _Plain | None:
    """What a sentence consists of; None where it is not plain. KeyError where there is none."""
    text = _entry(area, lang, identifier) or _entry(SHARED, lang, identifier)
    if text is None:
        raise KeyError(identifier)
    select = re.fullmatch(_SELECT, text) if "->" in text else None
    if select is None:
        parts = _parts(text)
        return None if parts is None else _Plain(parts)
    before, selector, lines, after = select.groups()
    variants: list[tuple[str, Parts]] = []
    default: Parts = ()
    for star, key, variant in re.findall(_VARIANT, lines, re.MULTILINE):
        parts = _parts(before + variant.strip(" ") + after)
        if parts is None:
            return None
        variants.append((key, parts))
        default = parts if star else default
    return _Plain(default, selector, tuple(variants))


def _parts(text: str) -> Parts | None:
    """Texts and values; None where more stands there."""
    before, *pieces = _PLACEABLE.split(text)
    parts: list[tuple[str, str]] = []
    for name, literal, after in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if name:
            parts.append((before, name))
            before = after
        else:
            before += literal + after
    return None if re.search(r"[{}\n]", _PLACEABLE.sub("", text)) else (*parts, (before, ""))


def _variant(plain: _Plain, value: object, lang: Lang) -> Parts:
    """The first whose key is the number, or its plural form; texts choose none."""
    if type(value) is not int:
        return plain.default
    keys = (str(value), "one" if lang == "en" and abs(value) == 1 else "other")
    return next((parts for key, parts in plain.variants if key in keys), plain.default)


def _by_fluent(area: str, lang: Lang, identifier: str, values: Mapping[str, object]) -> str:
    """Texts are put in afterwards, for Fluent takes none of more than 2,500 characters."""
    from fluent.runtime.types import fluent_number

    name, _, attribute = identifier.partition(".")
    bundle = _bundle(area, lang)
    message = bundle.get_message(name)
    pattern = message.attributes[attribute] if attribute else message.value
    if pattern is None:
        raise KeyError(identifier)
    numbers: dict[str, Any] = {
        key: fluent_number(value, useGrouping=False) for key, value in values.items() if type(value) is int
    }
    texts = {key: str(value) for key, value in values.items() if key not in numbers}
    text, errors = bundle.format_pattern(pattern, numbers | {key: f"\x00{key}\x00" for key in texts})
    if errors:
        raise KeyError(f"{identifier}: {errors[0]}")
    return re.sub("\x00([^\x00]*)\x00", lambda mark: texts[mark[1]], str(text))


@cache
def _bundle(area: str, lang: Lang) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([LOCALES[lang]], use_isolating=False)
    for name in dict.fromkeys((SHARED, area)):
        bundle.add_resource(FluentResource(_source(name, lang)))
    return bundle
