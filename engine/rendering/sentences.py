"""The catalogue of sentences: each has an id in an area, and stands in `i18n/AREA.zh.ftl` and `i18n/AREA.en.ftl` (Project Fluent).

`phrases` are those that several areas use: what a form, a source or a condition says is written there once a language.

A sentence is looked at when it is first said. Plain ones, of text and values alone, are said by ourselves; those that
choose or refer to others by Fluent, whose library takes a third of a command's start to load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

SHARED = "phrases"
LOCALES = {"zh": "zh-CN", "en": "en"}
"""The tags of our languages."""

Parts = tuple[tuple[str, str], ...]
"""A plain sentence: texts, each with the name of the value that follows it; empty after the last."""


class Sentences:
    """The sentences of an area.

    >>> Sentences("problems").sentence("file_missing", "en", file="a.yaml")
    'no such file: `a.yaml`'
    """

    def __init__(self, area: str) -> None:
        self.area = area

    def __contains__(self, identifier: str) -> bool:
        """Whether the area itself, without the shared phrases, has the sentence."""
        return identifier in _entries(self.area, "zh")

    def sentence(self, identifier: str, lang: str, **values: object) -> str:
        """The sentence with its values; of `id.attribute` the attribute. KeyError where it, or a value of it, is missing.

        Whole numbers choose between one and many; they are written without separators. Other values are texts.
        """
        parts = _plain(self.area, lang, identifier)
        if parts is None:
            return _chosen(self.area, lang, identifier, values)
        try:
            return "".join([f"{text}{values[name]}" if name else text for text, name in parts])
        except KeyError as error:
            raise KeyError(f"{identifier}: {error.args[0]}") from None

    def takes(self, identifier: str, lang: str) -> frozenset[str] | None:
        """The names of the values that a sentence of the area itself takes; None where it has no such sentence."""
        text = _entries(self.area, lang).get(identifier)
        return frozenset(_VALUE.findall(text)) if text else None

    def ids(self, lang: str) -> dict[str, frozenset[str]]:
        """Every id of the area, attributes too, with the names of the values that its sentence takes."""
        return {name: frozenset(_VALUE.findall(text)) for name, text in _entries(self.area, lang).items() if text}


def areas() -> list[str]:
    """Every area, by name."""
    return sorted({file.name.split(".")[0] for file in files("engine.rendering").joinpath("i18n").iterdir()})


_ENTRY = re.compile(r"^(?=-?[A-Za-z])", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^ +\.(?=[A-Za-z])", re.MULTILINE)
_VALUE = re.compile(r"\$([A-Za-z][\w-]*)")
_PLACEABLE = re.compile(r'\{ *(?:\$([A-Za-z][\w-]*)|"([^"\\{}]*)") *\}')


@cache
def _source(area: str, lang: str) -> str:
    """What an area says in a language, without comments."""
    text = files("engine.rendering").joinpath(f"i18n/{area}.{lang}.ftl").read_text(encoding="utf-8")
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


@cache
def _entries(area: str, lang: str) -> Mapping[str, str]:
    """What stands after `=`, by id and by `id.attribute`."""
    texts: dict[str, str] = {}
    for entry in _ENTRY.split(_source(area, lang))[1:]:
        value, *attributes = _ATTRIBUTE.split(entry)
        name, _, text = value.partition("=")
        name = name.strip()
        texts[name] = text.strip()
        for attribute in attributes:
            part, _, text = attribute.partition("=")
            texts[f"{name}.{part.strip()}"] = text.strip()
    return texts


@cache
def _plain(area: str, lang: str, identifier: str) -> Parts | None:
    """The parts of a sentence; None where it is not of text and values on one line. KeyError where there is none."""
    text = _entries(area, lang).get(identifier) or _entries(SHARED, lang)[identifier]
    parts: list[tuple[str, str]] = []
    before, *pieces = _PLACEABLE.split(text)
    for name, literal, after in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if name:
            parts.append((before, name))
            before = after
        else:
            before += literal + after
    parts.append((before, ""))
    rest = _PLACEABLE.sub("", text)
    return None if "{" in rest or "}" in rest or "\n" in rest else tuple(parts)


def _chosen(area: str, lang: str, identifier: str, values: Mapping[str, object]) -> str:
    """A sentence that Fluent says; texts are put in afterwards, for it takes none of more than 2,500 characters."""
    from fluent.runtime.types import fluent_number

    name, _, attribute = identifier.partition(".")
    bundle = _bundle(area, lang)
    message = bundle.get_message(name)
    texts = {key: str(value) for key, value in values.items() if type(value) is not int}
    marks = {key: f"\x00{key}\x00" for key in texts}
    numbers: dict[str, Any] = {
        key: fluent_number(value, useGrouping=False) for key, value in values.items() if type(value) is int
    }
    pattern = message.attributes[attribute] if attribute else message.value
    if pattern is None:
        raise KeyError(identifier)
    text, errors = bundle.format_pattern(pattern, marks | numbers)
    if errors:
        raise KeyError(f"{identifier}: {errors[0]}")
    return re.sub("\x00([^\x00]*)\x00", lambda mark: texts[mark[1]], str(text))


@cache
def _bundle(area: str, lang: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([LOCALES[lang]], use_isolating=False)
    for name in dict.fromkeys((SHARED, area)):
        bundle.add_resource(FluentResource(_source(name, lang)))
    return bundle
