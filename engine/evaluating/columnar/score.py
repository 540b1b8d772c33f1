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
    columns: dict[str, Column] = {}
    for indicator in model.indicators():
        column = points(table, indicator.form, scale, 0, indicator.points)
        if indicator.none_when:
            none = condition(indicator.none_when, lambda name: table[f"fact_{name}"], scale)
            column = ibis.ifelse(none, literal(0), column)
        if indicator.only_when:
            counts = condition(indicator.only_when, lambda name: table[f"fact_{name}"], scale)
            column = ibis.ifelse(counts, column, ibis.null("int64"))
        columns[f"points_{indicator.id}"] = column
    for item in model.items():
        columns[f"points_{item.id}"] = points(table, item.form, scale, item.at_least, item.at_most)
    table = table.mutate(**columns)
    # Stage by stage, since what a rounded division divides stands in it several times.
    table = table.mutate(**{f"whole_{dimension.id}": _whole(table, dimension) for dimension in model.dimensions})
    shares = {f"share_{dimension.id}": _share(table[f"whole_{dimension.id}"], dimension) for dimension in model.dimensions}
    table = table.mutate(**shares)
    base = [literal(model.base)] if model.base is not None else []
    total = added([*base, *(table[name] for name in shares)])
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
    earned = added([column.fill_null(0) for _, column in columns])
    left = added([ibis.ifelse(column.isnull(), literal(indicator.points), literal(0)) for indicator, column in columns])
    spread = divide(earned * whole, literal(whole) - left, whole * whole)
    return ibis.cases((left == 0, earned), (left == whole, literal(whole)), else_=spread)


def _share(points: Column, dimension: Dimension) -> Column:
    """What they count for in the score."""
    if dimension.counts_for is None:
        return points
    return divide(points * dimension.counts_for, literal(dimension.points), dimension.points * dimension.counts_for)
