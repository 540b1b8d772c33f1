"""The level: that of the score or of the decisions, then what the vetoes that hold cap and lower."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.evaluating.conditions import Values, compile_condition
from engine.model.policy import Decisions, Veto
from engine.model.scale import Scale


def compile_decisions(decisions: Decisions, scale: Scale) -> Callable[[Values], int]:
    """The rank of the level of the first condition that holds."""
    branches = [(compile_condition(when, scale), scale.names.index(level)) for when, level in decisions.branches]
    otherwise = scale.names.index(decisions.otherwise)

    def decide(values: Values) -> int:
        for holds, rank in branches:
            if holds(values):
                return rank
        return otherwise

    return decide


def cap_score(score: int, vetoes: Iterable[Veto]) -> int:
    """The score under the lowest of the caps that hold."""
    for veto in vetoes:
        if veto.score_at_most is not None and veto.score_at_most < score:
            score = veto.score_at_most
    return score


def lower_level(rank: int, vetoes: Iterable[Veto], scale: Scale, last: str | None) -> int:
    """The rank after the vetoes that hold: the worst cap, the last level, then the most grades, the most levels (不重复下调).

    `last` is the level of the last own result, None where there is none.
    """
    grades = levels = 0
    above: int | None = None
    for veto in vetoes:
        if veto.level is not None:
            rank = max(rank, scale.names.index(veto.level))
        if veto.above_previous is not None:
            above = veto.above_previous if above is None else min(above, veto.above_previous)
        grades = max(grades, veto.lower_grades)
        levels = max(levels, veto.lower_levels)
    if above is not None and last in scale.names:
        rank = scale.no_better_than(rank, scale.names.index(last), above)
    return scale.lower_by_levels(scale.lower_by_grades(rank, grades), levels)
