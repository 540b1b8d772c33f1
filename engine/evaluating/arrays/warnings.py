"""Warnings over arrays: of awarded points outside of their band, and of a last level that the scale does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from engine.evaluating.arrays.conditions import ColumnOf, among, condition
from engine.evaluating.arrays.level import Held
from engine.model.batch import ArrayColumn
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Award, Indicator, Item, alternatives, awards

if TYPE_CHECKING:
    from engine.model.batch import Array


def warnings(
    model: Model, column_of: ColumnOf, scale: Scale, held: Held, last: ArrayColumn | None, size: int
) -> Iterator[tuple[str, Array]]:
    """The id of what a warning is of with its code, and whom it is for, in the order of the policy."""
    for _, element in model.scored():
        if any(awards(element.form)):
            yield f"{element.id} award_outside", _outside(element, column_of, scale, size)
    for veto in model.vetoes:
        if veto.above_previous is not None and last is not None:
            yield f"{veto.id} previous_level_unknown", held[veto.id] & among(last, lambda name: name not in scale.names)


def _outside(element: Indicator | Item, column_of: ColumnOf, scale: Scale, size: int) -> Array:
    """Whether the band that gives the points lets them be awarded, and what was awarded lies outside."""
    outside, left = np.zeros(size, bool), np.ones(size, bool)
    for way in alternatives(element.form):
        holds = left if way.when is None else left & condition(way.when, column_of, scale)
        if isinstance(way.points, Award):
            awarded = column_of(way.points.fact).values
            outside |= holds & ((awarded < way.points.at_least) | (awarded > way.points.at_most))
        left = left & ~holds
    if isinstance(element, Indicator) and element.only_when is not None:
        outside &= condition(element.only_when, column_of, scale)
    if isinstance(element, Indicator) and element.none_when is not None:
        outside &= ~condition(element.none_when, column_of, scale)
    return outside
