"""A value for each record: that of the first branch whose condition holds for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.evaluating.conditions import compile_where
from engine.model.policy import Tally
from engine.model.subject import Record


def place_finder(tally: Tally) -> Callable[[Record], int]:
    """The position of the branch that gives a record its value; the one after the last is `otherwise`."""
    tests = [compile_where(branch.where) for branch in tally.branches]
    return lambda record: next((place for place, holds in enumerate(tests) if holds(record)), len(tests))


def compile_tally(tally: Tally) -> Callable[[Sequence[Record]], int]:
    """What the values of records come to; 0 where there are none."""
    values, place_of = tally.values, place_finder(tally)
    return lambda records: sum(values[place_of(record)] for record in records)
