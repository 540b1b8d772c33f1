"""Measures in columns: lists of the ids that hold."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.conditions import accepted_values, any_holds, condition
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation, tests
from engine.model.policy import Model
from engine.model.scale import Level, Scale

_RESULTS = ("score", "level", "grade", "vetoed")


def measure_list(table: Table, model: Model, scale: Scale) -> Column:
    """The ids of the measures that apply to a subject that is evaluated, in the policy's order.

    Most rest on the level alone, so that few lists are put together row by row.
    """

    def value(name: str) -> Column:
        return table[name] if name in _RESULTS else table[f"fact_{name}"]

    holds = {measure.id: condition(measure.when, value, scale) for measure in model.measures}
    by_level = [measure for measure in model.measures if all(test.name in ("level", "grade") for test in tests(measure.when))]
    rest = [holds[measure.id] for measure in model.measures if measure not in by_level]
    if not by_level:
        return listed(holds, table.evaluated)
    lists = [
        (table.level == level.name, _texts([measure.id for measure in by_level if _at(measure.when, level, scale)]))
        for level in scale.levels
    ]
    plain = ibis.ifelse(table.evaluated, ibis.cases(*lists, else_=_texts([])), _texts([]))
    return ibis.ifelse(table.evaluated & any_holds(rest), _chosen(holds), plain) if rest else plain


def _at(when: Condition, level: Level, scale: Scale) -> bool:
    """Whether a condition on the level and grade alone holds at a level."""
    match when:
        case Comparison(name, _, _):
            return (level.name if name == "level" else level.grade) in accepted_values(when, scale)
        case Negation(part):
            return not _at(part, level, scale)
        case AllOf(parts):
            return all(_at(part, level, scale) for part in parts)
        case AnyOf(parts):
            return any(_at(part, level, scale) for part in parts)


def listed(holds: Mapping[str, Column], where: Column) -> Column:
    """The ids of what holds, in the policy's order; of few rows anything does."""
    return ibis.ifelse(where & any_holds(list(holds.values())), _chosen(holds), _texts([])) if holds else _texts([])


def _chosen(holds: Mapping[str, Column]) -> Column:
    ids = [ibis.ifelse(column, name, ibis.null("string")) for name, column in holds.items()]
    return ibis.array(ids).filter(lambda text: text.notnull())


def _texts(ids: list[str]) -> Column:
    return ibis.literal(ids, type="array<string>") if ids else ibis.array([""])[:0]  # [] has no type on Spark
