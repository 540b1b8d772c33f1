"""Measures in columns: lists of the ids that hold."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from engine.evaluating.columnar.arithmetic import Column
from engine.evaluating.columnar.conditions import condition
from engine.evaluating.columnar.facts import Table
from engine.model.policy import Model
from engine.model.scale import Scale

_RESULTS = ("score", "level", "grade", "vetoed")


def measure_columns(table: Table, model: Model, scale: Scale) -> dict[str, Column]:
    """By id, whether a measure applies, from the facts and the final result."""

    def value(name: str) -> Column:
        return table[name] if name in _RESULTS else table[f"fact_{name}"]

    return {one.id: condition(one.when, value, scale) for one in model.measures}


def listed(holds: Mapping[str, Column]) -> Column:
    """The ids of what holds, in the policy's order."""
    ids = [ibis.ifelse(column, name, ibis.null("string")) for name, column in holds.items()]
    ids = ids or [ibis.null("string")]  # an array of nothing has no type on Spark
    return ibis.array(ids).filter(lambda one: one.notnull())
