"""Warnings in columns: of awarded points outside of their band, and of a last level that the scale does not have."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.conditions import condition
from engine.evaluating.columnar.measures import listed
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Award, Indicator, Item, Points, alternatives, awards


def warning_list(table: Table, model: Model, scale: Scale) -> Column:
    """Of each subject that is evaluated the ids of what a warning is of, with its code, in the order of the policy."""
    holds = {
        f"{element.id} award_outside": _outside(table, element, scale)
        for _, element in model.scored()
        if any(awards(element.form))
    }
    for veto in model.vetoes:
        if veto.above_previous is not None:
            foreign = table.last_level.notnull() & table.last_level.notin(list(scale.names))
            holds[f"{veto.id} previous_level_unknown"] = table[f"veto_{veto.id}"] & foreign
    return listed(holds, table.evaluated)


def _outside(table: Table, element: Indicator | Item, scale: Scale) -> Column:
    """Whether the band that gives the points lets them be awarded, and what was awarded lies outside."""

    def fact(name: str) -> Column:
        return table[f"fact_{name}"]

    def outside(points: Points) -> Column:
        if not isinstance(points, Award):
            return ibis.literal(False)
        return (fact(points.fact) < points.at_least) | (fact(points.fact) > points.at_most)

    ways = alternatives(element.form)
    rest = next((outside(way.points) for way in ways if way.when is None), ibis.literal(False))
    branches = [(condition(way.when, fact, scale), outside(way.points)) for way in ways if way.when is not None]
    applied = ibis.cases(*branches, else_=rest) if branches else rest
    if isinstance(element, Indicator) and element.only_when is not None:
        return condition(element.only_when, fact, scale) & applied
    return applied
