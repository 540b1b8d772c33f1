"""The level in columns: that of the score or the decisions, then what the vetoes that hold cap and lower."""

from __future__ import annotations

from collections.abc import Mapping

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
    if model.reads_last_level:
        table, rank = _held_to_last(table.mutate(rank=rank), model, scale, held)
    grades = _most([(held[veto.id], veto.lower_grades) for veto in model.vetoes if veto.lower_grades])
    levels = _most([(held[veto.id], veto.lower_levels) for veto in model.vetoes if veto.lower_levels])
    if grades is not None:
        table = table.mutate(rank=rank, grades=grades)
        most = max(veto.lower_grades for veto in model.vetoes)
        lowered = [
            ((table.grades == by) & (table.rank == at), literal(scale.lower_by_grades(at, by)))
            for by in range(1, most + 1)
            for at in range(len(scale.levels))
        ]
        rank = ibis.cases(*lowered, else_=table.rank)
    if levels is not None:
        table = table.mutate(rank=rank, levels=levels)
        rank = _lowered(table, scale)
    table = table.mutate(rank=rank)
    names = [(table.rank == at, ibis.literal(level.name)) for at, level in enumerate(scale.levels)]
    graded = [(table.rank == at, ibis.literal(level.grade)) for at, level in enumerate(scale.levels)]
    return table.mutate(level=ibis.cases(*names), grade=ibis.cases(*graded))


def _lowered(table: Table, scale: Scale) -> Column:
    """So many levels below, of those that a score can give."""
    worst = len(scale.levels) - 1
    if not any(level.by_rule for level in scale.levels):
        return ibis.least(table["rank"] + table["levels"], literal(worst))
    moved = [
        ((table["rank"] == at) & (table["levels"] >= by), literal(to))
        for at in range(worst)
        for by, to in reversed(list(enumerate(_below(at, scale), 1)))
    ]
    return ibis.cases(*moved, else_=table["rank"]) if moved else table["rank"]


def _below(rank: int, scale: Scale) -> list[int]:
    """The positions below one that a score can give, in their order."""
    return [at for at, level in enumerate(scale.levels) if at > rank and not level.by_rule]


def _held_to_last(table: Table, model: Model, scale: Scale, held: Mapping[str, Column]) -> tuple[Table, Column]:
    """Not better than so many levels above that of the last own result, where there is one and this scale has it."""
    no_limit = literal(len(scale.levels))
    limits = {veto.id: veto.above_previous for veto in model.vetoes if veto.above_previous is not None}
    above = least([ibis.ifelse(held[name], literal(levels), no_limit) for name, levels in limits.items()])
    table = table.mutate(above=above)
    moved = []
    for levels in sorted(set(limits.values())):
        for last, name in enumerate(scale.names):
            best, to = _best_beside(last, levels, scale)
            if best:
                limited = (table.last_level == name) & (table.above == levels) & (table["rank"] < best)
                moved.append((limited, ibis.greatest(table["rank"], literal(to))))
    return table, (ibis.cases(*moved, else_=table["rank"]) if moved else table["rank"])


def _best_beside(last: int, levels: int, scale: Scale) -> tuple[int, int]:
    """The best position so many levels above the last one, of those that a score can give, and where better ones go."""
    scored = [at for at, level in enumerate(scale.levels) if not level.by_rule]
    better = [at for at in scored if at < last]
    if levels > len(better):
        return 0, 0
    best = better[len(better) - levels] if levels else last
    return best, min([at for at in scored if at >= best], default=scored[-1])


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
    worst = max(at for at, level in enumerate(scale.levels) if not level.by_rule)
    return ibis.cases(*bounds, else_=literal(worst)) if bounds else literal(worst)
