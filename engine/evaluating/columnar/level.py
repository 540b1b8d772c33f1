"""The level in columns: that of the score or the decisions, then what the vetoes that hold cap and lower."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import greatest, least, literal
from engine.evaluating.columnar.conditions import any_holds, condition
from engine.model.policy import Model
from engine.model.scale import Scale


def veto_columns(table: Table, model: Model, scale: Scale) -> Table:
    """The table with `veto_ID` for each veto; they see the rounded score before any cap."""

    def value(name: str) -> Column:
        return table.score if name == "score" else table[f"fact_{name}"]

    return table.mutate(**{f"veto_{veto.id}": condition(veto.when, value, scale) for veto in model.vetoes})


def level_columns(table: Table, model: Model, scale: Scale) -> Table:
    """The table with the final `score`, `level`, `grade` and `vetoed`."""
    held = {veto.id: table[f"veto_{veto.id}"] for veto in model.vetoes}
    vetoed = any_holds(list(held.values())) if held else ibis.literal(False)
    if model.scores:
        caps = [_if(held[veto.id], veto.score_at_most) for veto in model.vetoes if veto.score_at_most is not None]
        table = table.mutate(score=least([table.score, *(cap.fill_null(scale.full) for cap in caps)]))
    table = table.mutate(vetoed=vetoed, rank=_rank(table, model, scale))
    worse = [(veto.id, scale.names.index(veto.level)) for veto in model.vetoes if veto.level is not None]
    rank = greatest([table.rank, *(_if(held[name], at).fill_null(0) for name, at in worse)])
    grades = _most([(held[veto.id], veto.lower_grades) for veto in model.vetoes if veto.lower_grades])
    levels = _most([(held[veto.id], veto.lower_levels) for veto in model.vetoes if veto.lower_levels])
    worst = len(scale.levels) - 1
    if grades is not None:
        table = table.mutate(rank=rank, grades=grades)
        most = max(veto.lower_grades for veto in model.vetoes)
        lowered = [
            ((table.grades == by) & (table.rank == at), literal(scale.lower_by_grades(at, by)))
            for by in range(1, most + 1)
            for at in range(worst + 1)
        ]
        rank = ibis.cases(*lowered, else_=table.rank)
    if levels is not None:
        rank = ibis.least(rank + levels, literal(worst))
    table = table.mutate(rank=rank)
    names = [(table.rank == at, ibis.literal(level.name)) for at, level in enumerate(scale.levels)]
    graded = [(table.rank == at, ibis.literal(level.grade)) for at, level in enumerate(scale.levels)]
    return table.mutate(level=ibis.cases(*names), grade=ibis.cases(*graded))


def _if(holds: Column, number: int) -> Column:
    return ibis.ifelse(holds, literal(number), ibis.null("int64"))


def _most(lowering: list[tuple[Column, int]]) -> Column | None:
    """The most that one of the vetoes that hold lowers by."""
    by = [ibis.ifelse(holds, literal(number), literal(0)) for holds, number in lowering]
    return ibis.greatest(*by) if len(by) > 1 else by[0] if by else None


def _rank(table: Table, model: Model, scale: Scale) -> Column:
    """The position of the level before vetoes lower it; 0 is the best."""
    if model.decisions:
        branches = [
            (condition(when, lambda name: table[f"fact_{name}"], scale), literal(scale.names.index(level)))
            for when, level in model.decisions.branches
        ]
        otherwise = literal(scale.names.index(model.decisions.otherwise))
        return ibis.cases(*branches, else_=otherwise) if branches else otherwise
    bounds = [
        (table.score >= level.at_least, literal(at)) for at, level in enumerate(scale.levels) if level.at_least is not None
    ]
    return ibis.cases(*bounds, else_=literal(len(scale.levels) - 1)) if bounds else literal(0)
