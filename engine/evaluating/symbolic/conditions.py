"""Conditions for the solver: of facts and results by name, or of what the fields of a record hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

import z3
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, all_hold, any_holds, compare, compare_two
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator, Plain
from engine.model.scale import Scale

Texts = dict[str, int]
"""A number for each text that is met; other numbers are other texts."""

Value = Term | Amount
"""A number is an Amount, a boolean a truth, a text its number, a level or grade the position of the level."""


def as_amount(value: Value) -> Amount:
    """A value where policies have numbers alone."""
    assert isinstance(value, Amount)
    return value


def as_term(value: Value) -> Term:
    """A value where policies have truths, texts, levels and grades alone."""
    assert not isinstance(value, Amount)
    return value


def number_of(text: str, texts: Texts) -> int:
    return texts.setdefault(text, len(texts))


def condition(when: Condition, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Term:
    """Whether a condition holds for values by name."""
    match when:
        case Comparison():
            return _test(when, values, scale, texts)
        case Negation(part):
            return z3.Not(condition(part, values, scale, texts))
        case AllOf(parts):
            return all_hold(condition(part, values, scale, texts) for part in parts)
        case AnyOf(parts):
            return any_holds(condition(part, values, scale, texts) for part in parts)
        case never:
            assert_never(never)


def _test(test: Comparison, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Term:
    value = values[test.name]
    if test.name in ("level", "grade"):
        return any_holds(as_term(value) == rank for rank in ranks(test, scale))
    operator, operand = test.operator, test.operand
    if operator == "one_of" or operator == "none_of":
        assert isinstance(operand, tuple)
        listed = any_holds(equal(value, plain, texts) for plain in operand)
        return listed if operator == "one_of" else z3.Not(listed)
    assert not isinstance(operand, tuple)
    assert operator != "given"  # facts always are
    if isinstance(operand, FactRef):
        other = values[operand.name]
        if isinstance(value, Amount):
            return compare_two(operator, value, as_amount(other))
        return value == as_term(other) if operator == "is" else value != as_term(other)
    if isinstance(value, Amount):
        return compare(operator, value, int(operand))
    same = equal(value, operand, texts)
    return same if operator == "is" else z3.Not(same)


def equal(value: Value, plain: Plain, texts: Texts) -> Term:
    """Whether a value is a plain one."""
    if isinstance(value, Amount):
        return compare("is", value, int(plain))
    if isinstance(plain, str):
        return value == number_of(plain, texts)
    return value if plain else z3.Not(value)


def ranks(test: Comparison, scale: Scale) -> list[int]:
    """The positions of the levels for which a test of the level or grade holds; 0 is the best."""
    order = list(scale.grades if test.name == "grade" else scale.names)
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    places = [order.index(str(operand)) for operand in operands if operand in order]
    positions = []
    for rank, level in enumerate(scale.levels):
        place = order.index(level.grade if test.name == "grade" else level.name)
        if _ranked(test.operator, place, places):
            positions.append(rank)
    return positions


def _ranked(operator: Operator, place: int, places: list[int]) -> bool:
    if operator not in ORDERING:
        return (place in places) == (operator in ("is", "one_of"))
    bound = places[0]
    return {"at_least": place <= bound, "above": place < bound, "at_most": place >= bound, "below": place > bound}[operator]


def known_names(where: Condition | bool, name: str, value: Plain | None) -> Condition | bool:
    """What is left of a condition on a record where one of its fields (its source is one) holds a value, or is not there."""
    match where:
        case bool():
            return where
        case Comparison(operator="given") if where.name == name:
            return (value is not None) == where.operand
        case Comparison():
            return where if where.name != name else value is not None and _holds(where.operator, value, where.operand)
        case Negation(part):
            inner = known_names(part, name, value)
            return not inner if isinstance(inner, bool) else Negation(inner)
        case AllOf(parts):
            return _joined(AllOf, True, [known_names(part, name, value) for part in parts])
        case AnyOf(parts):
            return _joined(AnyOf, False, [known_names(part, name, value) for part in parts])
        case never:
            assert_never(never)


def _joined(join: type[AllOf] | type[AnyOf], neutral: bool, parts: list[Condition | bool]) -> Condition | bool:
    """All or any of some conditions, of which some are known."""
    if (not neutral) in parts:
        return not neutral
    left = tuple(part for part in parts if not isinstance(part, bool))
    return join(left) if left else neutral


def _holds(operator: Operator, value: Plain, operand: object) -> bool:
    listed = operand if isinstance(operand, tuple) else (operand,)
    if operator not in ORDERING:
        return (value in listed) == (operator in ("is", "one_of"))
    number, bound = int(value), int(listed[0])
    return {
        "at_least": number >= bound, "above": number > bound, "at_most": number <= bound, "below": number < bound,
    }[operator]  # fmt: skip
