"""The level over arrays: that of the score or the decisions, then what the vetoes that hold cap and lower. Levels are their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.evaluating.arrays.conditions import ColumnOf, condition
from engine.model.batch import ArrayColumn
from engine.model.policy import Model
from engine.model.scale import Scale

if TYPE_CHECKING:
    from engine.model.batch import Array

Held = Mapping[str, "Array"]
"""Who each veto holds for."""


def level_and_grade(place: Array, scale: Scale) -> tuple[ArrayColumn, ArrayColumn]:
    """Places of levels as the names of these, and of their grades."""
    grades = np.array([scale.grades.index(level.grade) for level in scale.levels])
    return ArrayColumn(place, None, scale.names), ArrayColumn(grades[place], None, scale.grades)


def capped(score: Array, model: Model, held: Held) -> Array:
    """The score under the lowest of the caps that hold."""
    for veto in model.vetoes:
        if veto.score_at_most is not None:
            score = np.where(held[veto.id], np.minimum(score, veto.score_at_most), score)
    return score


def rank(model: Model, scale: Scale, score: Array | None, column_of: ColumnOf, size: int) -> Array:
    """The place of the level before vetoes lower it; 0 is the best."""
    place, left = np.zeros(size, np.int64), np.ones(size, bool)
    if model.decisions:
        for when, level in model.decisions.branches:
            holds = left & condition(when, column_of, scale)
            place = np.where(holds, scale.names.index(level), place)
            left &= ~holds
        return np.where(left, scale.names.index(model.decisions.otherwise), place)
    assert score is not None
    scored = [(at, level.at_least) for at, level in enumerate(scale.levels) if not level.by_rule]
    for at, bound in scored:
        holds = left if bound is None else left & (score >= bound)
        place = np.where(holds, at, place)
        left = left & ~holds
    return place


def lowered(place: Array, model: Model, scale: Scale, held: Held, last: ArrayColumn | None) -> Array:
    """After the vetoes that hold: the worst cap, the last level, then the most grades, the most levels."""
    none = np.zeros(len(place), np.int64)
    grades, levels, above = none, none, none + len(scale.levels)
    for veto in model.vetoes:
        holds = held[veto.id]
        if veto.level is not None:
            place = np.where(holds, np.maximum(place, scale.names.index(veto.level)), place)
        if veto.above_previous is not None:
            above = np.where(holds, np.minimum(above, veto.above_previous), above)
        grades = np.maximum(grades, np.where(holds, veto.lower_grades, 0))
        levels = np.maximum(levels, np.where(holds, veto.lower_levels, 0))
    if last is not None:
        place = _held_to_last(place, scale, above, last)
    if grades.any():
        place = _moved(place, grades, [[scale.lower_by_grades(at, by) for by in range(_most(grades))] for at in _places(scale)])
    if levels.any():
        place = _moved(place, levels, [[_below(scale, at, by) for by in range(_most(levels))] for at in _places(scale)])
    return place


def _places(scale: Scale) -> range:
    return range(len(scale.levels))


def _most(steps: Array) -> int:
    return int(steps.max()) + 1


def _moved(place: Array, steps: Array, table: list[list[int]]) -> Array:
    return np.array(table, np.int64)[place, steps]


def _below(scale: Scale, at: int, by: int) -> int:
    """So many levels below, of those that a score can give, never below the worst."""
    lower = [place for place in range(at + 1, len(scale.levels)) if not scale.levels[place].by_rule]
    return lower[min(by, len(lower)) - 1] if by and lower else at


def _held_to_last(place: Array, scale: Scale, above: Array, last: ArrayColumn) -> Array:
    """Not better than so many levels above that of the last own result, where there is one and this scale has it."""
    scored = [at for at in _places(scale) if not scale.levels[at].by_rule]
    best = np.zeros((len(scale.levels), len(scale.levels) + 1), np.int64)
    for before in _places(scale):
        better = [at for at in scored if at < before]
        for levels in range(len(better) + 1):
            best[before, levels] = better[len(better) - levels] if levels else before
    to = np.array([min((at for at in scored if at >= place_of), default=scored[-1]) for place_of in _places(scale)], np.int64)
    names = {name: at for at, name in enumerate(scale.names)}
    before_it = np.array([names.get(word, -1) for word in last.words or ()] + [-1])[last.values]
    known = before_it >= 0
    bound = best[np.where(known, before_it, 0), above]
    return np.where(known & (place < bound), np.maximum(place, to[bound]), place)
