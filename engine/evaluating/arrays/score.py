"""The score over arrays: indicators to dimensions, shares and adjustments to a total of at most the scale's full points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from engine.evaluating.arrays.arithmetic import added, clip, divide, plus, times, whole
from engine.evaluating.arrays.conditions import ColumnOf, condition
from engine.evaluating.arrays.points import points
from engine.model.batch import ArrayColumn
from engine.model.policy import Model
from engine.model.scale import CENT, Scale
from engine.model.scoring import Dimension

if TYPE_CHECKING:
    from engine.model.batch import Array


class Scored(Struct, frozen=True):
    """The rounded score before any cap, and the points of each indicator (none where it is left out) and item."""

    score: Array
    points: dict[str, ArrayColumn]


def scores(model: Model, column_of: ColumnOf, scale: Scale, size: int) -> Scored:
    """What so many subjects come to."""
    earned: dict[str, ArrayColumn] = {}
    for indicator in model.indicators():
        amounts = points(indicator.form, column_of, scale, 0, indicator.points, size)
        if indicator.none_when is not None:
            amounts = np.where(condition(indicator.none_when, column_of, scale), 0, amounts)
        there = None if indicator.only_when is None else condition(indicator.only_when, column_of, scale)
        earned[indicator.id] = ArrayColumn(amounts, there)
    total: Array = np.full(size, model.base or 0, np.int64)
    for dimension in model.dimensions:
        total = plus(total, _share(_whole(dimension, earned), dimension))
    if model.adjustments:
        bounds = model.adjustments
        for item in bounds.items:
            earned[item.id] = ArrayColumn(points(item.form, column_of, scale, item.at_least, item.at_most, size))
        more = added([earned[item.id].values for item in bounds.items])
        total = plus(total, clip(more, bounds.at_least, bounds.at_most))
    return Scored(_to_cents(whole(clip(total, 0, scale.full))), earned)


def _to_cents(total: Array) -> Array:
    return divide(total, CENT) * CENT


def _whole(dimension: Dimension, earned: dict[str, ArrayColumn]) -> Array:
    """A dimension's points; what is left out leaves the rest to stand for the whole."""
    columns = [earned[indicator.id] for indicator in dimension.indicators]
    if all(column.there is None for column in columns):
        return added([column.values for column in columns])
    got = added([column.values if column.there is None else np.where(column.there, column.values, 0) for column in columns])
    pairs = zip(dimension.indicators, columns, strict=True)
    left = added([np.where(column.there, 0, indicator.points) for indicator, column in pairs if column.there is not None])
    rest = dimension.points - left
    spread = divide(times(got, dimension.points), np.where(rest == 0, 1, rest))
    return np.where(left == 0, got, np.where(rest == 0, dimension.points, spread))


def _share(amounts: Array, dimension: Dimension) -> Array:
    """What they count for in the score."""
    if dimension.counts_for is None:
        return amounts
    return divide(times(amounts, dimension.counts_for), dimension.points)
