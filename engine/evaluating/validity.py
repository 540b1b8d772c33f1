"""Validity: which days a result made of `days_since` and `days_until` cannot outlive."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from itertools import pairwise

from engine.evaluating.conditions import Values, compare
from engine.model.condition import Comparison, FactRef, Operator, tests
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import Model, daily_growth
from engine.model.scoring import awards, line_of


def compile_validity(model: Model) -> Callable[[Values, Container[str], int], int]:
    """The first day after the as-of date on which a comparison or band of a fact that counts days changes.

    Days of facts that are `absent` do not pass; but where such a fact is used in another way, every day counts.
    """
    counting = {name: direction for name, fact in model.facts.items() if (direction := daily_growth(fact.source))}
    if not counting:
        return lambda values, absent, as_of: NEVER
    if any(name in counting for name in _otherwise_used(model)):
        return lambda values, absent, as_of: as_of + 1
    edges: dict[str, set[int]] = {name: set() for name in counting}
    for condition in model.conditions():
        for test in tests(condition):
            if test.name in counting:
                edges[test.name].update(_edges_of_test(test))

    def first_change(values: Values, absent: Container[str], as_of: int) -> int:
        soonest = NEVER
        for name, direction in counting.items():
            value = values[name]
            if value is not None and name not in absent:
                soonest = min(soonest, _next(value // ONE, direction, edges[name], as_of))
        return soonest

    return first_change


def _next(value: int, direction: int, edges: set[int], as_of: int) -> int:
    """The day on which the value crosses an edge; at an edge e, e - 1 and e are told apart."""
    if direction > 0:
        return min((as_of + edge - value for edge in edges if edge > value), default=NEVER)
    return min((as_of + value - edge + 1 for edge in edges if edge <= value), default=NEVER)


def _edge(operator: Operator, threshold: int) -> int:
    """The whole number e such that a comparison tells e - 1 and e apart."""
    return -(-threshold // ONE) if operator in ("at_least", "below") else threshold // ONE + 1


def _edges_of_test(test: Comparison) -> Iterator[int]:
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operator in ("at_least", "above", "at_most", "below"):
        for operand in operands:
            if isinstance(operand, int):
                yield _edge(test.operator, operand)
        return
    whole = sorted({int(o) // ONE + more for o in operands if isinstance(o, int) for more in (-1, 0, 1, 2)})
    for before, after in pairwise(whole):
        if after == before + 1 and _answer(test, before) != _answer(test, after):
            yield after


def _answer(test: Comparison, value: int) -> bool:
    return compare(test.operator, value * ONE, test.operand)


def _otherwise_used(model: Model) -> Iterator[str]:
    """Facts whose very value enters a result: points by each or awarded, other facts, weights, comparisons with a fact."""
    for fact in model.facts.values():
        yield from fact.needs()
    for form in model.forms():
        line = line_of(form)
        yield from (name for name, _ in (line.points if line else ()))
        yield from (award.fact for award in awards(form))
    if isinstance(model.weight, str):
        yield model.weight
    for condition in model.conditions():
        for test in tests(condition):
            if isinstance(test.operand, FactRef):
                yield from (test.name, test.operand.name)
