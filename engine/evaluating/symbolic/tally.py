"""A value for each record, for the solver: what is left of the branches of a tally as more of a record's fields are known."""

from __future__ import annotations

from msgspec import Struct

from engine.evaluating.symbolic.conditions import known_names
from engine.model.condition import Condition, Plain
from engine.model.policy import Tally

Remaining = tuple[tuple[Condition | bool, int], ...]
"""Branches in their order, the last of which holds in any case."""


class TallyReading(Struct, frozen=True):
    """A tally, and the numbers of the selections whose records it gives a value."""

    tally: Tally
    selections: frozenset[int]


def whole_tally(tally: Tally) -> Remaining:
    """All branches of a tally, of a record of which nothing is known yet."""
    return _shortened([*((branch.where, branch.value) for branch in tally.branches), (True, tally.otherwise)])


def known_tally(remaining: Remaining, name: str, value: Plain | None) -> Remaining:
    """What is left of the branches where a field of the record holds a value, or is not there."""
    return _shortened([(known_names(where, name, value), number) for where, number in remaining])


def _shortened(branches: list[tuple[Condition | bool, int]]) -> Remaining:
    """Without branches that do not hold, those behind one that does, and the last ones that all give the same."""
    left: list[tuple[Condition | bool, int]] = []
    for where, number in branches:
        if where is not False:
            left.append((where, number))
        if where is True:
            break
    while len(left) > 1 and left[-2][1] == left[-1][1]:
        del left[-2]
    return tuple(left)
