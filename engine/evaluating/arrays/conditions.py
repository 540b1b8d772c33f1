"""Conditions over arrays: of facts and results by name, or of records by their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, assert_never

import numpy as np

from engine.evaluating.arrays.columns import has_value
from engine.model.batch import ArrayColumn, RecordArrays
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator
from engine.model.scale import Scale

if TYPE_CHECKING:
    from engine.model.batch import Array

ColumnOf = Callable[[str], ArrayColumn]


def condition(when: Condition, column_of: ColumnOf, scale: Scale) -> Array:
    """Where a condition holds, over the columns that `column_of` finds by name."""
    match when:
        case Comparison():
            return _test(when, column_of, scale)
        case Negation(part):
            return ~condition(part, column_of, scale)
        case AllOf(parts):
            return np.logical_and.reduce([condition(part, column_of, scale) for part in parts])
        case AnyOf(parts):
            return np.logical_or.reduce([condition(part, column_of, scale) for part in parts])
        case never:
            assert_never(never)


def _test(test: Comparison, column_of: ColumnOf, scale: Scale) -> Array:
    column = column_of(test.name)
    if test.name in ("level", "grade"):
        accepted = _accepted(test, scale)
        return among(column, lambda name: name in accepted)
    if isinstance(test.operand, FactRef):
        return _beside(test.operator, column, column_of(test.operand.name))
    if column.words is not None:
        return among(column, lambda word: _holds(test.operator, word, test.operand))
    return _of_numbers(test.operator, column.values, test.operand)


def among(column: ArrayColumn, accepts: Callable[[str], bool]) -> Array:
    """Where a text is one that is accepted; never where there is none."""
    words = column.words or ()
    if len(words) <= len(column.values):
        return np.array([*map(accepts, words), False])[column.values]  # -1 is the last one
    occurring, places = np.unique(column.values, return_inverse=True)  # of a block that shares the words of all
    return np.array([place >= 0 and accepts(words[place]) for place in occurring.tolist()], bool)[places]


def _holds(operator: Operator, word: str, operand: Any) -> bool:
    match operator:
        case "is":
            return bool(word == operand)
        case "is_not":
            return bool(word != operand)
        case "one_of":
            return word in operand
        case "none_of":
            return word not in operand
        case "at_least" | "above" | "at_most" | "below" | "given":
            raise AssertionError("texts have no order")
        case never:
            assert_never(never)


def _of_numbers(operator: Operator, values: Array, operand: Any) -> Array:
    match operator:
        case "is":
            return values == operand
        case "is_not":
            return values != operand
        case "at_least":
            return values >= operand
        case "above":
            return values > operand
        case "at_most":
            return values <= operand
        case "below":
            return values < operand
        case "one_of":
            return np.isin(values, list(operand))
        case "none_of":
            return ~np.isin(values, list(operand))
        case "given":
            raise AssertionError("it is asked of records alone")
        case never:
            assert_never(never)


def _beside(operator: Operator, column: ArrayColumn, other: ArrayColumn) -> Array:
    """One fact against another."""
    if column.words is None or other.words is None:
        return _of_numbers(operator, column.values, other.values)
    places = {word: place for place, word in enumerate(column.words)}
    translated = np.array([places.get(word, -2) for word in other.words] + [-2])[other.values]
    return _of_numbers(operator, column.values, translated)


def _accepted(test: Comparison, scale: Scale) -> frozenset[str]:
    """The levels or grades for which a test holds; the first of the scale is the best."""
    order = list(scale.grades if test.name == "grade" else scale.names)
    named = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operator not in ORDERING:
        return frozenset(name for name in order if (name in named) == (test.operator in ("is", "one_of")))
    bound = order.index(str(test.operand))
    ranks = {
        "at_least": range(bound + 1), "above": range(bound), "at_most": range(bound, len(order)),
        "below": range(bound + 1, len(order)),
    }  # fmt: skip
    return frozenset(order[rank] for rank in ranks[test.operator])


def matches(where: Condition, records: RecordArrays) -> Array:
    """Which records match a `where`; no test but `given: false` holds on a field that is not there."""
    match where:
        case Comparison(name, operator, operand):
            return _on_field(records.source if name == "source" else records.fields[name], operator, operand)
        case Negation(part):
            return ~matches(part, records)
        case AllOf(parts):
            return np.logical_and.reduce([matches(part, records) for part in parts])
        case AnyOf(parts):
            return np.logical_or.reduce([matches(part, records) for part in parts])
        case never:
            assert_never(never)


def _on_field(column: ArrayColumn, operator: Operator, operand: Any) -> Array:
    if operator == "given":
        return has_value(column) == operand
    if column.words is not None:
        return among(column, lambda word: _holds(operator, word, operand))
    holds = _of_numbers(operator, column.values, operand)
    return holds if column.there is None else holds & column.there
