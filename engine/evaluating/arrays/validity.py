"""Validity over arrays: the first day on which a comparison or a band of a fact that counts days changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from engine.evaluating.arrays.columns import has_value
from engine.evaluating.arrays.model_pass import ModelPass
from engine.model.condition import Comparison, FactRef, tests
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import Model, daily_growth
from engine.model.scoring import awards, line_of

if TYPE_CHECKING:
    from engine.model.batch import Array


def day_changes(run: ModelPass) -> Array:
    """The day of each subject; the one after the as-of date where the very value of such a fact enters a result."""
    soonest = np.full(run.size, NEVER, np.int64)
    counting = {name: way for name, fact in run.model.facts.items() if (way := daily_growth(fact.source))}
    if not counting:
        return soonest
    if not set(_by_value(run.model)).isdisjoint(counting):
        return np.full(run.size, run.as_of + 1, np.int64)
    for name, way in counting.items():
        edges = np.array(sorted({edge for test in _tests(run.model, name) for edge in _edges(test)}), np.int64)
        if not len(edges):
            continue
        column = run.facts[name]
        known = has_value(column) & ~run.absent[name]
        days = column.values // ONE
        if way > 0:  # the next edge above
            place = np.searchsorted(edges, days, side="right")
            crossed = run.as_of + edges[np.minimum(place, len(edges) - 1)] - days
            known &= place < len(edges)
        else:  # the next edge that it is not below
            place = np.searchsorted(edges, days, side="right") - 1
            crossed = run.as_of + 1 + days - edges[np.maximum(place, 0)]
            known &= place >= 0
        soonest = np.where(known, np.minimum(soonest, crossed), soonest)
    return soonest


def _tests(model: Model, name: str) -> Iterator[Comparison]:
    return (test for when in model.conditions() for test in tests(when) if test.name == name)


def _edges(test: Comparison) -> Iterator[int]:
    """Whole numbers e such that a comparison tells e - 1 and e apart."""
    match test.operator, test.operand:
        case "at_least" | "below", int(number):
            yield -(-number // ONE)
        case "at_most" | "above", int(number):
            yield number // ONE + 1
        case _, operand:
            listed = operand if isinstance(operand, tuple) else (operand,)
            days = {number // ONE for number in listed if isinstance(number, int) and number % ONE == 0}
            yield from (edge for day in days for edge in (day, day + 1) if (edge - 1 in days) != (edge in days))


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
