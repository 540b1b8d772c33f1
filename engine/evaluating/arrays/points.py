"""Points over arrays: a fact by its scoring form, clipped to what the indicator or item can give."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from engine.evaluating.arrays.arithmetic import added, clip, divide, plus, times, whole
from engine.evaluating.arrays.conditions import ColumnOf, condition
from engine.model.number import ONE
from engine.model.scale import Scale
from engine.model.scoring import Award, Each, Form, Points, normal_form

if TYPE_CHECKING:
    from engine.model.batch import Array


def points(form: Form, column_of: ColumnOf, scale: Scale, low: int | None, high: int | None, size: int) -> Array:
    """The points of so many subjects."""
    match normal_form(form):
        case Each() as line:
            return whole(clip(_line(line, column_of), low, high))
        case ways:
            result, left = np.zeros(size, np.int64), np.ones(size, bool)
            for way in ways:
                holds = left if way.when is None else left & condition(way.when, column_of, scale)
                result = np.where(holds, _given(way.points, column_of), result)
                left = left & ~holds
            return clip(result, low, high)


def _given(points: Points, column_of: ColumnOf) -> Array | int:
    """What a band, choice or branch gives: awarded points are brought to the nearer bound."""
    match points:
        case Award(fact, low, high):
            return clip(column_of(fact).values, low, high)
        case int():
            return points
        case never:
            assert_never(never)


def _line(line: Each, column_of: ColumnOf) -> Array:
    terms: list[Array] = []
    for fact, amount in line.points:
        value = column_of(fact).values
        if line.beyond is not None:
            value = np.maximum(value - line.beyond, 0)
        if line.short_of is not None:
            value = np.maximum(line.short_of - value, 0)
        if line.step is None:
            terms.append(divide(times(value, amount), ONE))
            continue
        size = abs(value)
        steps = (size + (line.step - 1 if line.round_up else 0)) // line.step
        terms.append(times(np.where(value < 0, -steps, steps), amount))
    return plus(added(terms), line.start)
