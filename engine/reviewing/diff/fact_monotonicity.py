"""Whether a fact of the new version is at least, or at most, what it was for every subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from engine.model.condition import AllOf
from engine.model.period import MONTHS, OwnPeriod, Period, TimeSpan, Window, is_shorter
from engine.model.policy import Fact, FromRecords
from engine.reviewing.diff import condition_relation, name_domains
from engine.reviewing.diff.policy_pair import PolicyPair
from engine.reviewing.diff.tallies import value_moves

GROWS: Final = "grows"
FALLS: Final = "falls"
SAME: Final = "same"
MIXED: Final = "mixed"

Growth = Literal["grows", "falls", "same", "mixed"]

_AS: Mapping[condition_relation.Relation, Growth] = {
    condition_relation.EQUAL: SAME,
    condition_relation.WEAKER: GROWS,
    condition_relation.STRONGER: FALLS,
    condition_relation.OTHER: MIXED,
}


_OPPOSITE: Mapping[Growth, Growth] = {GROWS: FALLS, FALLS: GROWS, SAME: SAME, MIXED: MIXED}


def growth(old: Fact, new: Fact, between: PolicyPair, part: str) -> Growth:
    """What a change of one part (kind, window, before, newest, where, once_per, include_repaired, tally, if_missing) does to a
    fact's value.
    """
    if part == "if_missing":
        return _of_numbers(old.if_missing, new.if_missing)
    before, after = old.source, new.source
    assert isinstance(before, FromRecords)
    assert isinstance(after, FromRecords)
    match part:
        case "window":
            more = _among_newest(after, _of_windows(before.window, after.window))
        case "before":
            more = _among_newest(after, _of_before(before.before, after.before))
        case "newest":
            more = _of_newest(before.newest, after.newest)
        case "once_per":
            more = _of_presence(after.once_per, before.once_per)
        case "include_repaired":
            more = SAME if before.include_repaired == after.include_repaired else GROWS if after.include_repaired else FALLS
            more = _among_newest(after, more)
        case "where":
            more = _of_where(before, after, between)
        case "tally":
            return _of_values(before, after, between)
        case _:
            more = SAME if getattr(before, part) == getattr(after, part) else MIXED
    if more == SAME or counts_up(after, between):
        return more
    return _OPPOSITE[more] if counts_down(after) else MIXED


def counts_up(source: FromRecords, between: PolicyPair) -> bool:
    """Whether more records never make less; whether such a fact is missing does not hang on which records count."""
    if source.kind in ("count", "exists"):
        return True
    if source.tally is not None:
        return min(source.tally.values) >= 0
    if source.kind != "sum":
        return False
    field = between.new.categories[source.category].fields[str(source.field)]
    return field.at_least is not None and field.at_least >= 0


def counts_down(source: FromRecords) -> bool:
    """Whether more records never make more, for none has a value above 0."""
    return source.tally is not None and source.once_per is None and max(source.tally.values) <= 0


def _of_values(old: FromRecords, new: FromRecords, between: PolicyPair) -> Growth:
    """What it does to the sum that the values of records are others."""
    moves = value_moves(old, new, between.new.categories[new.category])
    return MIXED if len(moves) > 1 else GROWS if 1 in moves else FALLS if moves else SAME


def _of_where(old: FromRecords, new: FromRecords, between: PolicyPair) -> Growth:
    was, now = old.where or AllOf(()), new.where or AllOf(())
    fields = between.new.categories[new.category].fields
    known = name_domains.of_fields(between.new.categories[new.category])
    return _AS[condition_relation.relation(was, now, None, known, lambda name: name not in fields or fields[name].optional)]


def _among_newest(source: FromRecords, more: Growth) -> Growth:
    """Where others become the newest, those that were count no more; how many they are grows all the same."""
    if source.newest is None or more == SAME:
        return more
    return more if source.where is None and source.once_per is None and source.kind in ("count", "exists") else MIXED


def _of_before(old: Window | None, new: Window | None) -> Growth:
    """The longer before the as-of date records have to be, the fewer there are."""
    if old == new:
        return SAME
    if old is None or new is None:
        return _of_presence(new, old)
    return GROWS if is_shorter(new, old) else FALLS if is_shorter(old, new) else MIXED


def _of_newest(old: int | None, new: int | None) -> Growth:
    """The newest are among more of the newest, and all are more than any number of them."""
    if old is None or new is None:
        return _of_presence(new, old)
    return SAME if old == new else GROWS if new > old else FALLS


def _of_presence(new: object, old: object) -> Growth:
    """What leaves records out, or counts several once, makes less; another one, either."""
    if old == new:
        return SAME
    return FALLS if old is None else GROWS if new is None else MIXED


def _of_windows(old: TimeSpan | None, new: TimeSpan | None) -> Growth:
    if old == new:
        return SAME
    if isinstance(old, OwnPeriod) or isinstance(new, OwnPeriod):
        return MIXED  # who has no period has no number either
    return GROWS if holds(new, old) else FALLS if holds(old, new) else MIXED


def holds(first: TimeSpan | None, other: TimeSpan | None) -> bool:
    """Whether on every day a window has all days of another: it goes back at least as far, to the same end."""
    match first, other:
        case None, _:
            return True
        case Window(count, unit), Window(least, same) if unit == same:
            return count >= least
        case Window(), Window():
            return _days(first)[0] >= _days(other)[1]
        case Window(count, "months"), Period(unit, back):  # the last day of a period is that many months after the one before
            return count >= MONTHS[unit] * (back + 1)
        case Window(), Period(unit, back):
            return _days(first)[0] >= _days(Window(MONTHS[unit] * (back + 1), "months"))[1]
        case Period(unit, 0), Period(within, 0):
            return MONTHS[unit] >= MONTHS[within]
        case _:
            return False


def _days(window: Window) -> tuple[int, int]:
    """How many days it has at least and at most; months of 28 to 31 days come to 365 or 366 a year."""
    if window.unit == "days":
        return window.count, window.count
    return window.count * 365 // 12 - 3, -(-window.count * 366 // 12) + 3


def _of_numbers(old: object, new: object) -> Growth:
    if old == new:
        return SAME
    if isinstance(old, int) and isinstance(new, int):
        return GROWS if new > old else FALLS
    return MIXED
