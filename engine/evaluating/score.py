"""The score: indicators to dimensions, shares and adjustments to a total of at most the scale's full points."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from engine.evaluating.conditions import Values, compile_condition
from engine.evaluating.points import compile_indicator, compile_item
from engine.model.evaluation import DimensionResult, IndicatorResult
from engine.model.number import divide, to_cents
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Dimension, form_facts

Given = tuple[int | None, ...]
"""The points of each indicator of a dimension, None for one that was left out."""


class Scored(Struct, frozen=True):
    """The score before any cap, and how it came about: the points given in each dimension, and by each item."""

    rounded: int
    dimensions: tuple[Given, ...]
    items: tuple[tuple[str, int], ...]
    adjustment: int


Score = Callable[[Values], Scored]


def compile_score(model: Model, scale: Scale) -> Score:
    """The base, the dimensions' shares and the clipped adjustments, in [0, full] and rounded to 2 decimals."""
    dimensions = [(_indicators(dimension, scale), compile_share(dimension)) for dimension in model.dimensions]
    items = [(item.id, compile_item(item, scale)) for item in model.items()]
    bounds = model.adjustments
    full, base = scale.full, model.base or 0

    def score(values: Values) -> Scored:
        amounts: list[Given] = []
        total, adjustment = base, 0
        for indicators, share in dimensions:
            points = indicators(values)
            amounts.append(points)
            total += share(points)[1]
        added: tuple[tuple[str, int], ...] = ()
        if bounds is not None:
            added = tuple([(name, points_of(values)) for name, points_of in items])
            adjustment = min(max(sum([points for _, points in added]), bounds.at_least), bounds.at_most)
        return Scored(to_cents(min(max(total + adjustment, 0), full)), tuple(amounts), added, adjustment)

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

    def share(amounts: Given) -> tuple[int, int]:
        if None in amounts:
            left_out = sum(full for full, points in zip(each, amounts, strict=True) if points is None)
            total = sum(points for points in amounts if points is not None)
            rest = whole - left_out
            points = divide(total * whole, rest) if rest else whole
        else:
            points = sum(amounts)  # type: ignore[arg-type]
        return points, points if counts_for is None else divide(points * counts_for, whole)

    return share


def all_left_out(dimension: Dimension, amounts: Given) -> bool:
    """Whether no points are left in a dimension, so that it got its full points."""
    pairs = zip(dimension.indicators, amounts, strict=True)
    return sum(indicator.points for indicator, points in pairs if points is None) == dimension.points


Results = Callable[[tuple[Given, ...], Mapping[str, tuple[str, ...]]], tuple[DimensionResult, ...]]


def compile_results(model: Model) -> Results:
    """The reasoning of the score, from the points given and the record ids behind each fact."""
    dimensions = [
        (
            dimension.id,
            compile_share(dimension),
            [(i.id, tuple(dict.fromkeys(form_facts(i.form)))) for i in dimension.indicators],
        )
        for dimension in model.dimensions
    ]

    def results(amounts: tuple[Given, ...], behind: Mapping[str, tuple[str, ...]]) -> tuple[DimensionResult, ...]:
        dimension_results = []
        for (name, share, indicators), points in zip(dimensions, amounts, strict=True):
            pairs = zip(indicators, points, strict=True)
            each = tuple([IndicatorResult(indicator, got, _behind(facts, behind)) for (indicator, facts), got in pairs])
            dimension_results.append(DimensionResult(name, *share(points), each))
        return tuple(dimension_results)

    return results


def _behind(facts: tuple[str, ...], behind: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The records behind some facts, each once."""
    if len(facts) == 1:
        return behind.get(facts[0], ())
    groups = [records for fact in facts if (records := behind.get(fact))]
    return tuple(dict.fromkeys([record for records in groups for record in records])) if groups else ()
