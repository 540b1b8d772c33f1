"""Conditions in columns: of facts and results by name, or of records by their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import and_, or_
from typing import Any as Whatever
from typing import assert_never

import ibis
from ibis.expr.types import Column

from engine.evaluating.columnar.arithmetic import folded
from engine.model.catalogue import Category
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator
from engine.model.scale import Scale
from engine.model.table import field_column

_OPERATORS: Mapping[Operator, Callable[[Column, Whatever], Column]] = {
    "is": lambda left, right: left == right,
    "is_not": lambda left, right: left != right,
    "one_of": lambda left, right: left.isin(list(right)),
    "none_of": lambda left, right: left.notin(list(right)),
    "at_least": lambda left, right: left >= right,
    "above": lambda left, right: left > right,
    "at_most": lambda left, right: left <= right,
    "below": lambda left, right: left < right,
    "given": lambda left, right: left.notnull() if right else left.isnull(),
}


def all_hold(parts: list[Column]) -> Column:
    return folded(and_, parts) if parts else ibis.literal(True)


def any_holds(parts: list[Column]) -> Column:
    return folded(or_, parts)


def condition(when: Condition, values: Callable[[str], Column], scale: Scale) -> Column:
    """Whether a condition holds, over the columns that `values` finds by name."""
    match when:
        case Comparison():
            return _test(when, values, scale)
        case Negation(part):
            return ~condition(part, values, scale)
        case AllOf(parts):
            return all_hold([condition(part, values, scale) for part in parts])
        case AnyOf(parts):
            return any_holds([condition(part, values, scale) for part in parts])
        case never:
            assert_never(never)


def _test(test: Comparison, values: Callable[[str], Column], scale: Scale) -> Column:
    value = values(test.name)
    if test.name in ("level", "grade"):
        return value.isin(accepted_values(test, scale))
    if isinstance(test.operand, FactRef):
        return _OPERATORS[test.operator](value, values(test.operand.name))
    return _OPERATORS[test.operator](value, test.operand)


def accepted_values(test: Comparison, scale: Scale) -> list[str]:
    """The levels or grades for which a test holds; the first of the scale is the best."""
    order = list(scale.grades if test.name == "grade" else scale.names)
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operator not in ORDERING:
        inside = test.operator in ("is", "one_of")
        return [name for name in order if (name in operands) == inside]
    bound = order.index(str(test.operand))
    reach = {
        "at_least": order[: bound + 1], "above": order[:bound], "at_most": order[bound:], "below": order[bound + 1 :],
    }  # fmt: skip
    return reach[test.operator]


def matches(where: Condition, category: Category, records: Whatever) -> Column:
    """Whether a record matches a `where`; no test but `given: false` holds on a field that is not there."""
    match where:
        case Comparison(name, operator, operand):
            if name == "source":
                return _on_field(records.source, operator, operand)
            return _on_field(records[field_column(name, category.fields[name].type)], operator, operand)
        case Negation(part):
            return ~matches(part, category, records)
        case AllOf(parts):
            return all_hold([matches(part, category, records) for part in parts])
        case AnyOf(parts):
            return any_holds([matches(part, category, records) for part in parts])
        case never:
            assert_never(never)


def _on_field(column: Column, operator: Operator, operand: Whatever) -> Column:
    """Whether a test holds on a field; without null, which slows a backend down, and which other categories' fields are."""
    match operator:
        case "is":
            return column.identical_to(operand)
        case "one_of":
            return any_holds([column.identical_to(value) for value in operand])
        case "is_not":
            return column.notnull() & ~column.identical_to(operand)
        case "none_of":
            return column.notnull() & ~any_holds([column.identical_to(value) for value in operand])
        case "at_least" | "above" | "at_most" | "below":
            return _OPERATORS[operator](column, operand).fill_null(False)
        case "given":
            return _OPERATORS[operator](column, operand)
        case never:
            assert_never(never)
