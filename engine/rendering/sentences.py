"""The catalogue of sentences: each has an id in an area, and stands in `i18n/AREA.zh.ftl` and `i18n/AREA.en.ftl` (Project Fluent).

`phrases` are those that several areas use: what a form, a source or a condition says is written there once a language.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Pattern, Resource, Term, VariableReference
from fluent.syntax.visitor import Visitor

from engine.rendering.terms import Lang

SHARED = "phrases"
_LOCALES = {"zh": "zh-CN", "en": "en"}


class Sentences:
    """The sentences of an area.

    >>> Sentences("problems").sentence("file_missing", "en", file="a.yaml")
    'no such file: `a.yaml`'
    """

    def __init__(self, area: str) -> None:
        self.area = area

    def sentence(self, identifier: str, lang: Lang, **values: object) -> str:
        """The sentence with its values; of `id.attribute` the attribute. KeyError where it, or a value of it, is missing.

        Whole numbers choose between one and many; they are written without separators. Other values are texts.
        """
        name, _, attribute = identifier.partition(".")
        bundle = _bundle(self.area, lang)
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise KeyError(identifier)
        text, errors = bundle.format_pattern(pattern, {key: _value(value) for key, value in values.items()})
        if errors:
            raise KeyError(f"{identifier}: {errors[0]}")
        return str(text)

    def ids(self, lang: Lang) -> dict[str, frozenset[str]]:
        """Every id of the area, attributes too, with the names of the values that its sentence takes."""
        return _ids(self.area, lang)


def areas() -> list[str]:
    """Every area, by name."""
    return sorted({file.name.split(".")[0] for file in files("engine.rendering").joinpath("i18n").iterdir()})


@cache
def _bundle(area: str, lang: Lang) -> FluentBundle:
    bundle = FluentBundle([_LOCALES[lang]], use_isolating=False)
    for name in dict.fromkeys((SHARED, area)):
        bundle.add_resource(_resource(name, lang))
    return bundle


@cache
def _resource(area: str, lang: Lang) -> Resource:
    return FluentParser().parse(files("engine.rendering").joinpath(f"i18n/{area}.{lang}.ftl").read_text(encoding="utf-8"))


@cache
def _ids(area: str, lang: Lang) -> dict[str, frozenset[str]]:
    variables: dict[str, frozenset[str]] = {}
    for entry in _resource(area, lang).body:
        if isinstance(entry, Junk):
            raise ValueError(f"{area}.{lang}.ftl: {entry.content!r}")
        if isinstance(entry, Message | Term):
            if entry.value is not None:
                variables[entry.id.name] = _variables(entry.value)
            variables.update({f"{entry.id.name}.{part.id.name}": _variables(part.value) for part in entry.attributes})
    return variables


class _Names(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 (the visitor's own name)
        self.names.add(node.id.name)


def _variables(pattern: Pattern) -> frozenset[str]:
    visitor = _Names()
    visitor.visit(pattern)
    return frozenset(visitor.names)


def _value(value: object) -> object:
    """A number of things chooses a plural; all else is a text already."""
    return fluent_number(value, useGrouping=False) if type(value) is int else str(value)
