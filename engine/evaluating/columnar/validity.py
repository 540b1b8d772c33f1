"""Validity in columns: the first day on which a comparison or a band of a fact that counts days changes."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import literal, quotient
from engine.evaluating.columnar.facts import counts_days
from engine.model.condition import Comparison, FactRef, Operator, tests
from engine.model.number import ONE
from engine.model.policy import Model
from engine.model.scoring import awards, line_of


def day_changes(table: Table, model: Model, as_of: int) -> list[Column]:
    """The days, null where none comes; the day after the as-of date where such a fact's very value enters a result."""
    counting = {name: way for name, fact in model.facts.items() if (way := counts_days(fact))}
    if any(name in counting for name in _by_value(model)):
        return [literal(as_of + 1)]
    changes = []
    for name, way in counting.items():
        days = quotient(table[f"fact_{name}"].abs(), literal(ONE))
        days = ibis.ifelse(table[f"fact_{name}"] < 0, -days, days)
        known = ~table[f"absent_{name}"]
        for edge in sorted(set(_edges(model, name))):
            if way > 0:
                changes.append(ibis.ifelse(known & (days < edge), edge - days + as_of, ibis.null("int64")))
            else:
                changes.append(ibis.ifelse(known & (days >= edge), days - edge + (as_of + 1), ibis.null("int64")))
    return changes


def _edges(model: Model, name: str) -> Iterator[int]:
    """Whole numbers e such that a comparison with the fact, or its band, tells e - 1 and e apart."""
    for when in model.conditions():
        for test in tests(when):
            if test.name == name:
                yield from _test_edges(test)


def _edge(operator: Operator, threshold: int) -> int:
    rounded_up = -(-threshold // ONE)
    return rounded_up if operator in ("at_least", "below") else threshold // ONE + 1


def _test_edges(test: Comparison) -> Iterator[int]:
    match test.operator, test.operand:
        case "is" | "is_not", int(number):
            listed = {number}
        case "one_of" | "none_of", tuple(numbers):
            listed = {int(number) for number in numbers}
        case operator, int(number):
            yield _edge(operator, number)
            return
        case _:
            return
    days = {number // ONE for number in listed if number % ONE == 0}
    for day in days:
        if day - 1 not in days:
            yield day
        if day + 1 not in days:
            yield day + 1


def _by_value(model: Model) -> Iterator[str]:
    """Facts that enter a result otherwise than by comparisons with fixed values and by bands."""
    for fact in model.facts.values():
        yield from fact.needs()
    for form in model.forms():
        line = line_of(form)
        yield from (name for name, _ in (line.points if line else ()))
        yield from (award.fact for award in awards(form))
    if isinstance(model.weight, str):
        yield model.weight
    for when in model.conditions():
        for test in tests(when):
            if isinstance(test.operand, FactRef):
                yield from (test.name, test.operand.name)
