"""Which records of a category bear on a fact, by what it asks of each of them alone."""

from __future__ import annotations

from engine.evaluating.conditions import Matches, compile_where
from engine.evaluating.tally import place_finder
from engine.model.policy import FromRecords


def takes(source: FromRecords) -> Matches:
    """Whether a source takes a record, whatever its value is then."""
    return compile_where(source.where) if source.where is not None else lambda record: True


def counts(source: FromRecords) -> Matches:
    """Whether a record that is there changes the fact: a tally may give it nothing."""
    taken, tally = takes(source), source.tally
    if tally is None:
        return taken
    values, place_of = tally.values, place_finder(tally)
    return lambda record: taken(record) and values[place_of(record)] != 0


def growth(source: FromRecords) -> int:
    """1 where each record adds to the fact or nothing, -1 where it takes away or nothing, 0 where either may be."""
    values = source.tally.values if source.tally else (1,)
    signs = {1 if value > 0 else -1 for value in values if value}
    return signs.pop() if len(signs) == 1 else 0
