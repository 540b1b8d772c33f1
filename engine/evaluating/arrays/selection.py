"""Selection over arrays: which of a category's records a fact counts, and the day on which that next changes by itself.

In this order: status, date, window, `newest`, `where`; what counts once by `once_per` is grouped last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, assert_never

import numpy as np
from msgspec.structs import replace

from engine.evaluating.arrays.columns import has_value
from engine.evaluating.arrays.conditions import among, matches
from engine.evaluating.arrays.days import by_day, by_pair
from engine.evaluating.arrays.groups import least, starts
from engine.evaluating.arrays.model_pass import ModelPass, Selected
from engine.model.batch import RecordArrays
from engine.model.catalogue import PREVIOUS
from engine.model.period import NEVER, OwnPeriod, TimeSpan
from engine.model.policy import FromRecords

if TYPE_CHECKING:
    from engine.model.batch import Array

NOTHING = Selected(np.zeros(0, np.intp))

Place = Literal["before its id", "behind its id", "behind all"]
"""Where a result of this run stands among the records of its day: beside a delivered one with its id, or behind all of them."""


def select(run: ModelPass, source: FromRecords) -> Selected:
    """The records that a source counts; the run learns of the next change. Sources that differ in what they make of the
    records share it.
    """
    common = replace(source, kind="count", field=None, weighted_by=None, once_per=None, tally=None)
    if run.memory is None:
        if common not in run.selected:
            run.selected[common] = _select(run, common)
        return run.selected[common]
    before = run.change
    if common not in run.selected:
        run.change = np.full(run.size, NEVER, np.int64)
        selected = _select(run, common)
        run.selected[common] = Selected(selected.rows, selected.lacks, run.change)
    selected = run.selected[common]
    run.change = before if selected.change is None else np.minimum(before, selected.change)
    return selected


def _select(run: ModelPass, source: FromRecords) -> Selected:
    records = run.records.get(source.category)
    own = _OwnDays(run, source.own_period) if source.own_period else None
    if own is not None:
        run.change = np.minimum(run.change, own.begins)
    if records is None or not len(records.owner):
        return NOTHING if own is None else Selected(NOTHING.rows, own.lacks)
    first, last = _days(run, source, records, own)
    ends = _ends(source, records)
    there = (ends >= run.as_of) & (records.date >= first)
    if own is not None:
        there &= ~own.lacks[records.owner]
    if source.category == PREVIOUS:
        for name, part in (("policy", run.policy.id), ("model", run.model.id)):
            there &= _is(records, name, part)
    matching = None if source.where is None else matches(source.where, records)
    if matching is not None and source.newest is None:
        there &= matching
    inside = np.flatnonzero(there & (records.date <= last))
    coming = np.flatnonzero(there & (records.date > last))
    if source.newest is not None:
        inside = _newest(run, records, inside, source.newest)
    _note(run, records, inside, _leaves(run, source, records, inside, own))
    _note(run, records, coming, _begins(run, source, records, coming, own))
    if matching is not None and source.newest is not None:
        inside = inside[matching[inside]]
    return Selected(inside, None if own is None else own.lacks)


def _is(records: RecordArrays, name: str, word: str) -> Array:
    return among(records.fields[name], lambda other: other == word)


def _ends(source: FromRecords, records: RecordArrays) -> Array:
    return records.last_day_repaired if source.include_repaired else records.last_day


def _shift(source: FromRecords) -> int:
    """An own earlier result counts from the day after."""
    return 1 if source.category == PREVIOUS else 0


def _days(run: ModelPass, source: FromRecords, records: RecordArrays, own: _OwnDays | None) -> tuple[int | Array, int | Array]:
    """First and last day of records that count on the as-of date."""
    first: int | Array = 1
    last: int | Array = run.as_of - _shift(source)
    match source.window:
        case None:
            pass
        case OwnPeriod():
            assert own is not None
            first, last = own.first[records.owner], np.minimum(own.last[records.owner], last)
        case window:
            floor = window.floor(run.as_of)
            first, last = floor + 1, min(run.as_of - _shift(source), window.last(floor, run.as_of))
    return first, last if source.before is None else np.minimum(last, source.before.floor(run.as_of))


class _OwnDays:
    """Each subject's own period: the days that are looked at, who has none, and when those first will."""

    def __init__(self, run: ModelPass, period: OwnPeriod) -> None:
        since = run.attribute(period.attribute)
        there = has_value(since)
        self.since = np.where(there, since.values, 1)
        as_of = run.as_of

        def day(which: int) -> Callable[[int], int]:
            return lambda since: (period.days(since, as_of) or (0, 0))[which]

        self.first, self.last = by_day(self.since, day(0)), by_day(self.since, day(1))
        self.lacks = ~there | (self.last == 0)
        begins = by_day(self.since, period.begins)
        self.begins = np.where(there & self.lacks, begins, NEVER)


def _spans(window: TimeSpan | None, records: RecordArrays, rows: Array, own: _OwnDays | None, which: int) -> Array:
    """First (0) or last (1) day on which records, not before those that are looked at, are inside."""
    days = records.date[rows]
    match window:
        case None:
            return days if which == 0 else np.full(len(days), NEVER - 1)
        case OwnPeriod() as period:
            assert own is not None
            return by_pair(
                own.since[records.owner[rows]], days, lambda since, day: (period.span(since, day) or (NEVER, NEVER))[which]
            )
        case _:
            return by_day(days, lambda day: window.span(day)[which])


def _leaves(run: ModelPass, source: FromRecords, records: RecordArrays, rows: Array, own: _OwnDays | None) -> Array:
    """The first day on which records that count do so no more."""
    return np.minimum(_ends(source, records)[rows], _spans(source.window, records, rows, own, 1)) + 1


def _begins(run: ModelPass, source: FromRecords, records: RecordArrays, rows: Array, own: _OwnDays | None) -> Array:
    """The first day on which records will count; NEVER where none comes."""
    days = records.date[rows]
    begins = np.maximum(_spans(source.window, records, rows, own, 0), days + _shift(source))
    if source.before is not None:
        before = source.before
        begins = np.maximum(begins, by_day(days, lambda day: before.span(day)[1] + 1))
    last = np.minimum(_spans(source.window, records, rows, own, 1), _ends(source, records)[rows])
    return np.where(begins <= last, begins, NEVER)


def _note(run: ModelPass, records: RecordArrays, rows: Array, days: Array) -> None:
    """The run learns of the soonest day; this run's own results neither begin nor cease to count."""
    if records.this_run is not None:
        delivered = ~records.this_run[rows]
        rows, days = rows[delivered], days[delivered]
    least(records.owner[rows], days, run.change)


def _newest(run: ModelPass, records: RecordArrays, rows: Array, count: int) -> Array:
    """So many of the newest of each subject, of one day those with the greatest ids; the run learns where others are tomorrow.

    Results of this run will be of tomorrow then, and newer than all that is of today.
    """
    today = _last(records, in_time(records, rows, "behind its id"), count)
    if records.this_run is not None:
        tomorrow = _last(records, in_time(records, rows, "behind all"), count)
        differ = np.setxor1d(today, tomorrow)
        run.change[records.owner[differ]] = np.minimum(run.change[records.owner[differ]], run.as_of + 1)
    return today


def _last(records: RecordArrays, ordered: Array, count: int) -> Array:
    """The last rows of each subject, in their own order again."""
    owner = records.owner[ordered]
    first = starts(owner)
    behind = np.append(first[1:], len(owner)) if len(first) else first
    left = np.repeat(behind, np.diff(np.append(first, len(owner)))) - np.arange(len(owner)) if len(owner) else owner
    return np.sort(ordered[left <= count])


def in_time(records: RecordArrays, rows: Array, this_run: Place) -> Array:
    """Rows subject by subject in the order of their days, those of one day by their ids; `this_run` says where its results stand."""
    owner, date = records.owner[rows], records.date[rows]
    order = np.lexsort((date, owner))
    same = (owner[order][1:] == owner[order][:-1]) & (date[order][1:] == date[order][:-1])
    if not same.any():
        return rows[order]
    tied = order[np.append(same, False) | np.append(False, same)]
    names = records.ids(rows[tied])
    ranks = {name: rank for rank, name in enumerate(sorted(set(names)))}
    rank = np.zeros(len(rows), np.int64)
    rank[tied] = [ranks[name] for name in names]
    own = np.zeros(len(rows), bool) if records.this_run is None else records.this_run[rows]
    match this_run:
        case "before its id":
            return rows[np.lexsort((~own, rank, date, owner))]
        case "behind its id":
            return rows[np.lexsort((own, rank, date, owner))]
        case "behind all":
            return rows[np.lexsort((rank, own, date, owner))]
        case never:
            assert_never(never)
