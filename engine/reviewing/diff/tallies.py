"""What differs between two tallies, part by part, and whether the values of records rise or fall by it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.evaluating.conditions import compile_where
from engine.evaluating.tally import place_finder
from engine.model.catalogue import Category
from engine.model.change import ChangedPart
from engine.model.example_records import example_records
from engine.model.policy import FromRecords, Tally, record_conditions
from engine.model.problem import Path

TallyDifference = tuple[ChangedPart, Path, object, object, Tally]
"""What it is, where below `first_of`, both values, and the old tally with this part of the new one."""


def tally_differences(old: Tally, new: Tally) -> Iterator[TallyDifference]:
    """The values and the conditions that are others, one by one where the branches stand as they stood; else all as one."""
    if old == new:
        return
    if not _same_places(old, new):
        yield "tally", (), old, new, new
        return
    for place, (before, after) in enumerate(zip(old.branches, new.branches, strict=True)):
        yield from _branch_part(old, place, "where", before.where, after.where)
        yield from _branch_part(old, place, "value", before.value, after.value)
    if old.otherwise != new.otherwise:
        last = len(old.branches)
        changed = replace(old, otherwise=new.otherwise)
        yield "tally_value", (last, "otherwise"), old.otherwise, new.otherwise, changed


def _same_places(old: Tally, new: Tally) -> bool:
    """Whether the branches ask the same, but for one: where more ask something else, a branch alone says nothing."""
    if len(old.branches) != len(new.branches):
        return False
    return sum(before.where != after.where for before, after in zip(old.branches, new.branches, strict=True)) <= 1


def _branch_part(old: Tally, place: int, name: str, was: object, now: object) -> Iterator[TallyDifference]:
    if was != now:
        part: ChangedPart = "tally_where" if name == "where" else "tally_value"
        changed = replace(old.branches[place], **{name: now})
        branches = (*old.branches[:place], changed, *old.branches[place + 1 :])
        yield part, (place, name), was, now, replace(old, branches=branches)


def value_moves(old: FromRecords, new: FromRecords, category: Category) -> set[int]:
    """The ways in which values of records move that the new source selects: 1 rises, -1 falls; both where it is not known.

    Tried with a record for each way in which the tests of both tallies may hold.
    """
    before, after = old.tally, new.tally
    assert before is not None
    assert after is not None
    conditions = [*record_conditions(old), *record_conditions(new)]
    examples = example_records(category, conditions)
    if examples is None:
        return {1, -1}
    selected = compile_where(new.where) if new.where else None
    first, second = place_finder(before), place_finder(after)
    moves: set[int] = set()
    for record in examples.records:
        if selected is None or selected(record):
            was, now = before.values[first(record)], after.values[second(record)]
            moves |= {1} if now > was else {-1} if now < was else set()
    return moves
