"""Conditions: tests of names against values, joined by all, any and not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, assert_never, get_args

from msgspec import Struct

Ordering = Literal["at_least", "above", "at_most", "below"]
Operator = Literal["is", "is_not", "one_of", "none_of", Ordering, "given"]

ORDERING: frozenset[Ordering] = frozenset(get_args(Ordering))
OPERATORS: tuple[Operator, ...] = get_args(Operator)
JOINS = ("all", "any", "not")
RESULT_NAMES = ("score", "level", "grade", "vetoed")
PREVIOUS_NAMES = ("previous.level", "previous.score")


class FactRef(Struct, frozen=True, tag=True):
    """`{fact: NAME}` in place of a value."""

    name: str


Plain = int | bool | str
Value = Plain | FactRef | tuple[Plain, ...]


class Comparison(Struct, frozen=True, tag=True):
    """One comparison. Numbers are counts of 0.0001, dates ordinals; the operand of one_of and none_of is a tuple.

    `given`, in a `where` alone, compares no value: its operand says whether there is one.
    """

    name: str
    operator: Operator
    operand: Value


class AllOf(Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class AnyOf(Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class Negation(Struct, frozen=True, tag=True):
    part: Condition


Condition = Comparison | AllOf | AnyOf | Negation


def joined(condition: Condition, join: type[AllOf | AnyOf]) -> tuple[Condition, ...]:
    """The parts of a condition that are joined so, through joins of the same kind and through those of one part."""
    if isinstance(condition, (AllOf, AnyOf)) and (isinstance(condition, join) or len(condition.parts) == 1):
        return tuple(inner for part in condition.parts for inner in joined(part, join))
    return (condition,)


def tests(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in a condition, in reading order."""
    match condition:
        case Comparison():
            yield condition
        case Negation(part):
            yield from tests(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case never:
            assert_never(never)


def renamed_condition(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The same with facts under their new names."""
    match condition:
        case Comparison(name, operator, FactRef(other)):
            return Comparison(names.get(name, name), operator, FactRef(names.get(other, other)))
        case Comparison(name, operator, operand):
            return Comparison(names.get(name, name), operator, operand)
        case Negation(part):
            return Negation(renamed_condition(part, names))
        case AllOf(parts):
            return AllOf(tuple(renamed_condition(part, names) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(renamed_condition(part, names) for part in parts))
        case never:
            assert_never(never)


def facts_in(condition: Condition) -> Iterator[str]:
    """Every name that a condition reads, on either side of a comparison."""
    for test in tests(condition):
        yield test.name
        if isinstance(test.operand, FactRef):
            yield test.operand.name
