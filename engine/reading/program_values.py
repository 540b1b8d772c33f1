"""The values of a program as a document has them: floats as they are written, days as ISO texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from engine.model.problem import Path, Problem, SubjectError
from engine.reading.document import HALF, MAX_DEPTH, Tree

_LONG = 10**18
"""From here on a whole number is beyond all bounds, and Python may refuse to write it."""


def tree_of(value: object, path: Path = ()) -> Tree:
    """A tree that shares nothing with the value.

    TypeError where something has no place in a document; SubjectError where one is nested too deep, as one that holds itself
    is, or a text holds half a character, which no file or database takes.
    """
    if len(path) > MAX_DEPTH:
        raise SubjectError([Problem("too_deep", values={"limit": MAX_DEPTH})])
    match value:
        case None | bool() | Decimal():
            return value
        case int():
            return int(value) if abs(value) < _LONG else Decimal(int(value))
        case str():
            return _text(value, path)
        case float():
            return Decimal(float.__repr__(value))
        case date():
            return value.isoformat()
        case Mapping():
            return {_key(key, path): tree_of(each, (*path, str(key))) for key, each in value.items()}
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [tree_of(each, (*path, index)) for index, each in enumerate(value)]
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a document")


def _key(key: object, path: Path) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} is no key of a document")
    return _text(key, path)


def _text(value: str, path: Path) -> str:
    """As a plain text, whatever kind of text it is."""
    if half := re.search(HALF, value):
        raise SubjectError([Problem("half_character", path, {"character": f"U+{ord(half[0]):04X}"})])
    return str.__str__(value)
