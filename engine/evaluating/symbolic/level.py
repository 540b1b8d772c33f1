"""The level for the solver: that of the score or the decisions, then what the vetoes that hold cap and lower."""

from __future__ import annotations

from collections.abc import Mapping

import z3
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, choose, compare, constant
from engine.evaluating.symbolic.conditions import Texts, Value, condition, number_of
from engine.model.policy import Decisions, Model
from engine.model.scale import Scale


def rank_of_score(score: Amount, scale: Scale) -> Term:
    """The position of the level of a score; 0 is the best."""
    position: Term = z3.IntVal(max(rank for rank, level in enumerate(scale.levels) if not level.by_rule))
    for rank, level in reversed(list(enumerate(scale.levels))):
        if level.at_least is not None:
            position = z3.If(compare("at_least", score, level.at_least), rank, position)
    return position


def rank_of_decisions(decisions: Decisions, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Term:
    position: Term = z3.IntVal(scale.names.index(decisions.otherwise))
    for when, level in reversed(decisions.branches):
        position = z3.If(condition(when, values, scale, texts), scale.names.index(level), position)
    return position


def cap_score(score: Amount, held: Mapping[str, Term], model: Model) -> Amount:
    """The score under the lowest of the caps that hold."""
    for veto in model.vetoes:
        if veto.score_at_most is not None:
            cap = veto.score_at_most
            score = choose([(z3.And(held[veto.id], compare("above", score, cap)), constant(cap))], score)
    return score


def lower_level(rank: Term, held: Mapping[str, Term], model: Model, scale: Scale, last: Term | None, texts: Texts) -> Term:
    """The position after the vetoes that hold: the worst cap, the last level, then the most grades, then the most levels."""
    grades: Term = z3.IntVal(0)
    levels: Term = z3.IntVal(0)
    for veto in model.vetoes:
        if veto.level is not None:
            rank = _greater(rank, held[veto.id], scale.names.index(veto.level))
        if veto.lower_grades:
            grades = _greater(grades, held[veto.id], veto.lower_grades)
        if veto.lower_levels:
            levels = _greater(levels, held[veto.id], veto.lower_levels)
    if last is not None:
        rank = _beside_last(rank, held, model, scale, last, texts)
    by_grades = {veto.lower_grades for veto in model.vetoes if veto.lower_grades}
    lowered = rank
    for by in sorted(by_grades):
        for at in range(len(scale.levels)):
            to = scale.lower_by_grades(at, by)
            if to != at:
                lowered = z3.If(z3.And(grades == by, rank == at), to, lowered)
    if not any(veto.lower_levels for veto in model.vetoes):
        return lowered
    return _lowered(lowered, levels, scale)


def _lowered(rank: Term, levels: Term, scale: Scale) -> Term:
    """So many levels below, of those that a score can give."""
    if not any(level.by_rule for level in scale.levels):
        worst = len(scale.levels) - 1
        return z3.If(rank + levels > worst, worst, rank + levels)
    moved = rank
    for at in range(len(scale.levels)):
        below = [to for to, level in enumerate(scale.levels) if to > at and not level.by_rule]
        for by, to in enumerate(below, 1):
            moved = z3.If(z3.And(rank == at, levels >= by), to, moved)
    return moved


def _beside_last(
    rank: Term, held: Mapping[str, Term], model: Model, scale: Scale, last: Term, texts: Texts
) -> Term:  # fmt: skip
    """Veto by veto not better than so many levels above the last one; on a level of another scale nothing is done."""
    scored = [at for at, level in enumerate(scale.levels) if not level.by_rule]
    for veto in model.vetoes:
        if veto.above_previous is None:
            continue
        limited = rank
        for at, name in enumerate(scale.names):
            better = [place for place in scored if place < at]
            if veto.above_previous <= len(better):
                best = better[-veto.above_previous] if veto.above_previous else at
                to = next((place for place in scored if place >= best), scored[-1])
                limited = z3.If(z3.And(last == number_of(name, texts), rank < best, rank < to), to, limited)
        rank = z3.If(held[veto.id], limited, rank)
    return rank


def _greater(number: Term, when: Term, other: int) -> Term:
    return z3.If(z3.And(when, number < other), other, number)
