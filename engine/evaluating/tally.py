"""A value for each record: that of the first branch whose condition holds for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.evaluating.conditions import compile_where
from engine.evaluating.selection import once_each
from engine.model.policy import Tally
from engine.model.subject import Record

Places = Callable[[Sequence[Record]], list[int | None]]
"""Of each of some records the branch by which it counts, None where another one counts in its place."""


def place_finder(tally: Tally) -> Callable[[Record], int]:
    """The position of the branch that gives a record its value; the one after the last is `otherwise`."""
    tests = [compile_where(branch.where) for branch in tally.branches]
    return lambda record: next((place for place, holds in enumerate(tests) if holds(record)), len(tests))


def compile_tally(tally: Tally, once_per: str | None) -> tuple[Places, Callable[[Sequence[Record]], int]]:
    """By which branches records count, and what their values come to; of those that count once the greatest counts."""
    values, place_of = tally.values, place_finder(tally)

    def places(records: Sequence[Record]) -> list[int | None]:
        if once_per is None:
            return [place_of(record) for record in records]
        groups = once_each(records, once_per)
        standing = {id(max(group, key=lambda record: (values[place_of(record)], record.date, record.id))) for group in groups}
        return [place_of(record) if id(record) in standing else None for record in records]

    return places, lambda records: sum(values[place] for place in places(records) if place is not None)
