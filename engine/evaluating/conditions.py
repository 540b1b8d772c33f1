"""Conditions as closures: over facts and results by name, or over the fields of a record."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any as Whatever
from typing import TypeVar, assert_never

from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator
from engine.model.scale import Scale
from engine.model.subject import Record

Values = Mapping[str, Whatever]
Holds = Callable[[Values], bool]
Matches = Callable[[Record], bool]
T = TypeVar("T")

RANKED = frozenset(("level", "grade", "previous.level"))

_COMPARE: Mapping[Operator, Callable[[Whatever, Whatever], bool]] = {
    "is": operator.eq, "is_not": operator.ne, "at_least": operator.ge, "above": operator.gt,
    "at_most": operator.le, "below": operator.lt,
    "one_of": lambda value, operand: value in operand, "none_of": lambda value, operand: value not in operand,
    "given": lambda value, operand: (value is not None) == operand,
}  # fmt: skip


def compare(operator_name: Operator, value: Whatever, operand: Whatever) -> bool:
    """One comparison of two plain values (of a value and a tuple, for one_of and none_of)."""
    return _COMPARE[operator_name](value, operand)


def compile_condition(condition: Condition, scale: Scale) -> Holds:
    """Whether a condition holds for values by name; levels and grades are in the order of the scale."""
    match condition:
        case Comparison():
            return _test(condition, scale)
        case Negation(part):
            holds = compile_condition(part, scale)
            return lambda values: not holds(values)
        case AllOf(parts):
            return all_of([compile_condition(part, scale) for part in parts])
        case AnyOf(parts):
            return any_of([compile_condition(part, scale) for part in parts])
        case never:
            assert_never(never)


def all_of(tests: list[Callable[[T], bool]]) -> Callable[[T], bool]:
    """Whether all of them hold."""
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda values: first(values) and second(values)

    def holds(values: T) -> bool:
        for test in tests:  # noqa: SIM110 (a generator would cost as much as the tests)
            if not test(values):
                return False
        return True

    return holds


def any_of(tests: list[Callable[[T], bool]]) -> Callable[[T], bool]:
    """Whether one of them holds."""
    if len(tests) == 1:
        return tests[0]

    def holds(values: T) -> bool:
        for test in tests:  # noqa: SIM110
            if test(values):
                return True
        return False

    return holds


def accepted_values(test: Comparison, scale: Scale) -> frozenset[str]:
    """The levels (or grades) for which a test on one holds; `above` and `at_least` mean better."""
    order = scale.grades if test.name == "grade" else scale.names
    if test.operator not in ORDERING:
        return frozenset(name for name in order if compare(test.operator, name, test.operand))
    bound = -order.index(str(test.operand))
    return frozenset(name for rank, name in enumerate(order) if compare(test.operator, -rank, bound))


def _test(test: Comparison, scale: Scale) -> Holds:
    name = test.name
    if name in RANKED:
        names = accepted_values(test, scale)
        return lambda values: values[name] in names
    holds = _comparison(test)
    if name == "previous.score":
        return lambda values: values[name] is not None and holds(values)
    return holds


def _comparison(test: Comparison) -> Holds:
    name, operand = test.name, test.operand
    listed = operand if isinstance(operand, tuple) else ()
    if isinstance(operand, FactRef):
        other, against = operand.name, _COMPARE[test.operator]
        return lambda values: against(values[name], values[other])
    match test.operator:  # written out, for this is where the time goes
        case "is":
            return lambda values: bool(values[name] == operand)
        case "is_not":
            return lambda values: bool(values[name] != operand)
        case "at_least":
            return lambda values: bool(values[name] >= operand)
        case "above":
            return lambda values: bool(values[name] > operand)
        case "at_most":
            return lambda values: bool(values[name] <= operand)
        case "below":
            return lambda values: bool(values[name] < operand)
        case "one_of":
            return lambda values: values[name] in listed
        case "none_of":
            return lambda values: values[name] not in listed
        case "given":
            return lambda values: (values[name] is not None) == operand
        case never:
            assert_never(never)


def compile_where(condition: Condition) -> Matches:
    """Whether a record matches; no test but `given: false` holds on a field that the record does not have."""
    match condition:
        case Comparison(name, "given", there):
            if name == "source":
                return lambda record: (record.source is not None) == there
            return lambda record: (name in record.fields) == there
        case Comparison(name, operator_name, operand):
            if name == "source":
                return lambda record: record.source is not None and compare(operator_name, record.source, operand)
            if operator_name == "is":
                return lambda record: bool(record.fields.get(name) == operand)

            def matches(record: Record) -> bool:
                value = record.fields.get(name)
                return value is not None and compare(operator_name, value, operand)

            return matches
        case Negation(part):
            inner = compile_where(part)
            return lambda record: not inner(record)
        case AllOf(parts):
            return all_of([compile_where(part) for part in parts])
        case AnyOf(parts):
            return any_of([compile_where(part) for part in parts])
        case never:
            assert_never(never)
