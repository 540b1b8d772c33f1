"""Mutations of a tree of plain values: other types, keys gone, doubled, misspelt, parts moved, depth and length."""

from __future__ import annotations

import copy
import json
import re
from decimal import Decimal
from random import Random
from typing import Any

from tests.fuzz.mutators.tokens import DAYS, TEXTS, number

_LITERAL = re.compile(r'"@@([^"]*)@@"')


class Again(str):
    """A key that a mapping may have twice."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def literal(text: str) -> str:
    """A leaf that is written as it stands, not as a text."""
    return f"@@{text.encode().hex()}@@"


def written(dice: Random, tree: Any) -> bytes:
    """As JSON, in one of its spellings."""
    ascii_only, indent = dice.random() < 0.4, dice.choice((None, None, None, 2))
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent, default=str)
    if "@@" in text:
        text = _LITERAL.sub(_plain, text)
    return text.encode("utf-8", "surrogatepass")


def _plain(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[1]).decode()
    except ValueError:
        return match[0]


def mutated(dice: Random, tree: Any, most: int = 3) -> Any:
    """A copy of the tree after one mutation or some."""
    tree = copy.deepcopy(tree)
    for _ in range(dice.randint(1, most)):
        places = list(_places(tree))
        if not places:
            return tree
        holder, key = dice.choice(places)
        _change(dice, holder, key, places)
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value by what holds it and its key or index."""
    places: list[tuple[Any, Any]] = []
    left = [tree]
    while left:
        holder = left.pop()
        for key in holder if isinstance(holder, dict) else range(len(holder)):
            places.append((holder, key))
            if isinstance(holder[key], (dict, list)):
                left.append(holder[key])
    return places


def _change(dice: Random, holder: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    value = holder[key]
    match dice.randrange(12):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[Again(key)] = copy.deepcopy(value) if dice.random() < 0.5 else other(dice, value)
        case 2 if isinstance(holder, dict):
            _renamed(dice, holder, key)
        case 3:
            there, at = dice.choice(places)
            holder[key] = copy.deepcopy(there[at]) if _holds(there, at) else None
        case 4:
            there, at = dice.choice(places)
            if _holds(there, at) and not _within(there, value) and not _within(holder, there[at]):
                holder[key], there[at] = there[at], value
        case 5:
            holder[key] = deep(dice, value)
        case 6 if isinstance(value, list) and value:
            value.extend(copy.deepcopy(dice.choice(value)) for _ in range(dice.choice((1, 2, 30, 300))))
        case 7 if isinstance(holder, dict):
            holder[str(dice.choice(TEXTS))] = other(dice, value)
        case _:
            holder[key] = other(dice, value)


def _holds(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _within(part: Any, whole: Any) -> bool:
    """Whether a part stands somewhere in the whole, which an exchange would make endless."""
    if part is whole:
        return True
    inside = whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
    return any(_within(part, inner) for inner in inside)


def _renamed(dice: Random, holder: dict[Any, Any], key: Any) -> None:
    """Its key a little otherwise, in the same place."""
    text = str(key)
    at = dice.randrange(len(text) + 1)
    new = dice.choice((
        text[:at] + text[at + 1 :], text[:at] + dice.choice("aez_- 甲\u200b") + text[at:], text.upper(), text.replace("_", "-"), text + " ",
        text[::-1], "", dice.choice(TEXTS),
    ))  # fmt: skip
    items = [
        (Again(new) if name is key and new in holder else new if name is key else name, part) for name, part in holder.items()
    ]
    holder.clear()
    holder.update(items)


def deep(dice: Random, value: Any) -> Any:
    """Within lists or mappings, a few or very many."""
    depth = dice.choice((1, 2, 5, 63, 64, 65, 200, 3000))
    if depth <= 5:
        for _ in range(depth):
            value = [value] if dice.random() < 0.5 else {"all": value}
        return value
    inner = json.dumps(value, default=str)
    return literal("[" * depth + inner + "]" * depth if dice.random() < 0.5 else '{"not":' * depth + inner + "}" * depth)


def other(dice: Random, value: Any) -> Any:
    """Something else than a value: near it, or of another type."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and dice.random() < 0.4:
        return dice.choice(
            (
                value + 1,
                -value,
                value * 10**6,
                value + type(value)(1) / 3 if isinstance(value, float) else value - 1,
                str(value),
            )
        )
    if isinstance(value, str) and value and dice.random() < 0.3:
        at = dice.randrange(len(value) + 1)
        return value[:at] + dice.choice(TEXTS) + value[at:]
    match dice.randrange(6):
        case 0:
            return dice.choice((None, True, False, [], {}, [None], {"": None}, 0, 1, -1))
        case 1 | 2:
            return literal(number(dice))
        case 3:
            return dice.choice(DAYS)
        case _:
            return dice.choice(TEXTS)
