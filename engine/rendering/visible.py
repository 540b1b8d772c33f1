"""Characters that a reader cannot see, or that move what is seen, made visible: ids, names and titles are not ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from engine.model.invisible import HIDDEN, hides_nothing, pattern
from engine.model.policy import Model, Policy

T = TypeVar("T")

_SURROGATES = "[\\ud800-\\udfff]"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, keep: str = "") -> str:
    r"""The text with what is hidden in it written as `\n`, `\x1b`, `\u202e`; `keep` are characters that stay.

    Doing it twice changes nothing more, for a backslash stays as it is.

    >>> visible("a\nb\u202e"), visible("a\nb", keep="\n"), visible("C:\\政策")
    ('a\\nb\\u202e', 'a\nb', 'C:\\政策')
    """
    if hides_nothing(text):
        return text
    return _hidden().sub(lambda match: match[0] if match[0] in keep else escaped(match[0]), text)


@cache
def _hidden() -> re.Pattern[str]:
    """What is hidden; a millisecond's work, for who meets other letters than Latin ones."""
    return pattern(HIDDEN)


def escaped(character: str) -> str:
    r"""One character by its number; what stands for a byte that is no UTF-8 as that byte, `\xd6`."""
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def encodable(text: str | None) -> str | None:
    """The text with what no file in UTF-8 can hold made visible."""
    return text if text is None or text.isascii() else re.sub(_SURROGATES, lambda match: escaped(match[0]), text)


def visible_in(value: T, keep: str = "") -> T:
    """A value of the model with each text in it, however deep, made visible; the same one where nothing is hidden."""
    return cast(T, _Walk(keep).of(value))


class _Walk:
    """Each struct is looked through once: many outcomes share their policy."""

    def __init__(self, keep: str) -> None:
        self.keep = keep
        self.done: dict[int, object] = {}

    def of(self, value: object) -> object:
        match value:
            case str():
                return visible(value, self.keep)
            case None | bool() | int() | float():
                return value
            case Policy() | Model() if id(value) not in self.done and _is_plain(value):
                self.done[id(value)] = value
                return value
            case Struct():
                if id(value) not in self.done:
                    self.done[id(value)] = self.struct(value)
                return self.done[id(value)]
            case Mapping():
                items = [(self.of(key), self.of(part)) for key, part in value.items()]
                same = all(a is c and b is d for (a, b), (c, d) in zip(items, value.items(), strict=True))
                return value if same else dict(items)
            case tuple() | list() | frozenset() | set():
                return self.collection(value)
            case _:
                return value

    def struct(self, value: Struct) -> Struct:
        names = value.__struct_fields__
        changed = {name: part for name in names if (part := self.of(old := getattr(value, name))) is not old}
        return replace(value, **changed) if changed else value

    def collection(self, value: Any) -> object:
        parts = [self.of(part) for part in value]
        if all(new is old for new, old in zip(parts, value, strict=True)):
            return value
        return value._make(parts) if hasattr(value, "_make") else type(value)(parts)


def _is_plain(value: Policy | Model) -> bool:
    r"""Whether it surely hides nothing, looked through as one text: in JSON, what is hidden stands there or has a backslash."""
    text = msgspec.json.encode(value).decode()
    return "\\" not in text and hides_nothing(text)
