"""Text of a function: lines, plain values that cannot be read as anything else, and names that no policy chooses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

Lines = list[str]


class Namespace(Struct):
    """What the text of one function names: a local of its own for each fact, and the objects that it reads by name."""

    facts: dict[str, str]
    objects: dict[str, Any] = field(default_factory=dict)

    def bind(self, kind: str, thing: object) -> str:
        """A new name for an object; `kind` is a word of ours."""
        name = f"{kind}_{len(self.objects)}"
        self.objects[name] = thing
        return name


def literal(value: object) -> str:
    """A plain value or a tuple of such as Python writes it; TypeError for anything else, which never becomes text."""
    if type(value) is tuple:
        return f"({''.join(f'{literal(part)}, ' for part in value)})"
    if type(value) not in (int, bool, str):
        raise TypeError(f"no plain value: {type(value).__name__}")
    return repr(value)


def indented(lines: Iterable[str]) -> Lines:
    return [f"    {line}" for line in lines]


def when(condition: str, lines: Iterable[str]) -> Lines:
    """Lines under a condition; under none where it always holds."""
    return list(lines) if condition == "True" else [f"if {condition}:", *indented(lines)]


def chain(branches: Iterable[tuple[str, Iterable[str]]], otherwise: Iterable[str]) -> Lines:
    """The lines of the first condition that holds, else those that are left."""
    text: Lines = []
    for condition, lines in branches:
        text += [f"{'elif' if text else 'if'} {condition}:", *indented(lines)]
    return [*text, "else:", *indented(otherwise)] if text else list(otherwise)
