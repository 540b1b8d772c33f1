"""The score in columns: indicators to dimensions, shares and adjustments to a total of at most the scale's full points."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import added, divide, literal
from engine.evaluating.columnar.conditions import condition
from engine.evaluating.columnar.points import points
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Dimension


def score_columns(table: Table, model: Model, scale: Scale) -> Table:
    """The table with `points_ID` for indicators (null where left out) and items, and the rounded `score` before caps."""
    given: dict[str, Column] = {}
    for indicator in model.indicators():
        found = points(table, indicator.form, scale, 0, indicator.points)
        if indicator.only_when:
            counts = condition(indicator.only_when, lambda name: table[f"fact_{name}"], scale)
            found = ibis.ifelse(counts, found, ibis.null("int64"))
        given[f"points_{indicator.id}"] = found
    for item in model.items():
        given[f"points_{item.id}"] = points(table, item.form, scale, item.at_least, item.at_most)
    table = table.mutate(**given)
    # Stage by stage, since what a rounded division divides stands in it several times.
    table = table.mutate(**{f"whole_{one.id}": _whole(table, one) for one in model.dimensions})
    shares = {f"share_{one.id}": _share(table[f"whole_{one.id}"], one) for one in model.dimensions}
    table = table.mutate(**shares)
    total = added([table[name] for name in shares])
    if model.adjustments:
        more = added([table[f"points_{item.id}"] for item in model.items()])
        bounds = model.adjustments
        total = total + ibis.least(ibis.greatest(more, literal(bounds.at_least)), literal(bounds.at_most))
    table = table.mutate(total=ibis.least(ibis.greatest(total, literal(0)), literal(scale.full)))
    staged = [name for name in table.columns if name.startswith(("whole_", "share_")) or name == "total"]
    return table.mutate(score=divide(table.total, literal(100), scale.full) * 100).drop(*staged)


def _whole(table: Table, dimension: Dimension) -> Column:
    """A dimension's points; what is left out leaves the rest to stand for the whole."""
    columns = [(indicator, table[f"points_{indicator.id}"]) for indicator in dimension.indicators]
    whole = dimension.points
    if not any(indicator.only_when for indicator, _ in columns):
        return added([column for _, column in columns])
    found = added([column.fill_null(0) for _, column in columns])
    left = added([ibis.ifelse(column.isnull(), literal(one.points), literal(0)) for one, column in columns])
    spread = divide(found * whole, literal(whole) - left, whole * whole)
    return ibis.cases((left == 0, found), (left == whole, literal(whole)), else_=spread)


def _share(points: Column, dimension: Dimension) -> Column:
    """What they count for in the score."""
    if dimension.counts_for is None:
        return points
    return divide(points * dimension.counts_for, literal(dimension.points), dimension.points * dimension.counts_for)
