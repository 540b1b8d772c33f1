"""The score: indicators to dimensions, shares and adjustments to a total of at most the scale's full points."""

from __future__ import annotations

from collections.abc import Callable

from engine.evaluating.conditions import Values, compile_condition
from engine.evaluating.points import compile_indicator, compile_item
from engine.model.evaluation import DimensionResult, IndicatorResult
from engine.model.number import divide, to_cents
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Dimension

Given = tuple[int | None, ...]
"""The points of each indicator of a dimension, None for one that was left out."""

Score = Callable[[Values, list[Given]], tuple[int, list[tuple[str, int]], int]]


def compile_score(model: Model, scale: Scale) -> Score:
    """The rounded score before any cap, the points of each adjustment item, and their clipped sum.

    What each indicator gave is appended to the list that is handed in, dimension by dimension.
    """
    dimensions = [(_indicators(dimension, scale), compile_share(dimension)) for dimension in model.dimensions]
    items = [(item.id, compile_item(item, scale)) for item in model.items()]
    bounds = model.adjustments
    full = scale.full

    def score(values: Values, given: list[Given]) -> tuple[int, list[tuple[str, int]], int]:
        total = 0
        for indicators, share in dimensions:
            points = indicators(values)
            given.append(points)
            total += share(points)[1]
        added: list[tuple[str, int]] = []
        adjustment = 0
        if bounds is not None:
            added = [(name, points(values)) for name, points in items]
            adjustment = min(max(sum(points for _, points in added), bounds.at_least), bounds.at_most)
        return to_cents(min(max(total + adjustment, 0), full)), added, adjustment

    return score


def _indicators(dimension: Dimension, scale: Scale) -> Callable[[Values], Given]:
    """The points of each indicator, None where `only_when` leaves it out."""
    plain = [compile_indicator(indicator, scale) for indicator in dimension.indicators]
    if all(indicator.only_when is None for indicator in dimension.indicators):
        return lambda values: tuple([points(values) for points in plain])
    conditions = [compile_condition(i.only_when, scale) if i.only_when else None for i in dimension.indicators]
    pairs = list(zip(conditions, plain, strict=True))
    return lambda values: tuple([points(values) if when is None or when(values) else None for when, points in pairs])


def compile_share(dimension: Dimension) -> Callable[[Given], tuple[int, int]]:
    """The points of a dimension out of its own, and what they count for in the score.

    Where indicators were left out, the rest stands for the whole; where nothing is left, the dimension is full.
    """
    whole, counts_for = dimension.points, dimension.counts_for
    each = [indicator.points for indicator in dimension.indicators]

    def share(given: Given) -> tuple[int, int]:
        if None in given:
            left_out = sum(full for full, points in zip(each, given, strict=True) if points is None)
            found = sum(points for points in given if points is not None)
            rest = whole - left_out
            points = divide(found * whole, rest) if rest else whole
        else:
            points = sum(given)  # type: ignore[arg-type]
        return points, points if counts_for is None else divide(points * counts_for, whole)

    return share


def all_left_out(dimension: Dimension, given: Given) -> bool:
    """Whether no points are left in a dimension, so that it got its full points."""
    pairs = zip(dimension.indicators, given, strict=True)
    return sum(indicator.points for indicator, points in pairs if points is None) == dimension.points


def dimension_results(
    model: Model, given: list[Given], records: Callable[[str], tuple[str, ...]]
) -> tuple[DimensionResult, ...]:
    """The reasoning of the score; `records` gives the record ids behind an indicator."""
    results = []
    for dimension, points in zip(model.dimensions, given, strict=True):
        whole, share = compile_share(dimension)(points)
        pairs = zip(dimension.indicators, points, strict=True)
        indicators = tuple(IndicatorResult(i.id, p, records(i.id)) for i, p in pairs)
        results.append(DimensionResult(dimension.id, whole, share, indicators))
    return tuple(results)
