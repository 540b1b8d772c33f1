"""Selection: which of a category's records a fact counts, and the day on which that next changes by itself.

In this order: status, date, window, `newest`, `where`; what counts once by `once_per` is grouped last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from engine.evaluating.conditions import Matches, all_of, compile_where
from engine.evaluating.fact_pass import FactPass
from engine.model.catalogue import PREVIOUS
from engine.model.condition import Comparison
from engine.model.period import NEVER, OwnPeriod, TimeSpan
from engine.model.policy import FromRecords, Model, Policy
from engine.model.subject import Record, Subject

Select = Callable[[FactPass, list[Record]], list[Record] | None]
"""The records that count, None where the subject has no period to look at; the run learns of the next change."""

Choose = Callable[[int], Select]
"""The selection as of a day."""


def compile_selection(policy: Policy, model: Model, source: FromRecords) -> Choose:
    """The selection of a source; of earlier results only the model's own are seen, from the day after."""
    own = [compile_where(Comparison(name, "is", part.id)) for name, part in (("policy", policy), ("model", model))]
    seen = own if source.category == PREVIOUS else []
    where = [compile_where(source.where)] if source.where else []
    if source.own_period is None and source.before is None and source.newest is None:
        tests = all_of([*seen, *where]) if seen or where else None
        return lambda as_of: _by_window(source, tests, as_of)
    return lambda as_of: _in_order(source, all_of(seen) if seen else None, where[0] if where else None, as_of)


def once_each(records: Iterable[Record], once_per: str | None) -> list[list[Record]]:
    """Records in groups, each of which counts once: those with the same text in a field; alone without one."""
    groups: list[list[Record]] = []
    places: dict[object, list[Record]] = {}
    for record in records:
        value = None if once_per is None else record.fields.get(once_per)
        if value is None:
            groups.append([record])
        elif value in places:
            places[value].append(record)
        else:
            places[value] = [record]
            groups.append(places[value])
    return groups


def _by_window(source: FromRecords, where: Matches | None, as_of: int) -> Select:
    """By status, date, a window that is the same for all subjects, and `where`, in one go, for most facts are so."""
    window, repaired = source.window, source.include_repaired
    assert not isinstance(window, OwnPeriod)
    shift = _shift(source)
    floor = window.floor(as_of) if window else 0
    last = min(window.last(floor, as_of) if window else as_of, as_of - shift)

    def select(run: FactPass, records: list[Record]) -> list[Record]:
        counted: list[Record] = []
        change = run.change
        earliest = NEVER
        for record in records:
            ends = record.last_day_repaired if repaired else record.last_day
            date = record.date
            if ends < as_of or date <= floor or (where is not None and not where(record)):
                continue
            if record.this_run:
                if date <= last:
                    counted.append(record)
                continue
            if date > last:
                begins = first_day(date, ends)
                if begins < change:
                    change = begins
                continue
            counted.append(record)
            if date < earliest:
                earliest = date
            if ends + 1 < change:
                change = ends + 1
        if earliest < NEVER and window is not None:
            # Windows slide, so the earliest leaves first; those of one calendar period leave together.
            leaves = window.span(earliest)[1] + 1
            if leaves < change:
                change = leaves
        run.change = change
        return counted

    def first_day(date: int, ends: int) -> int:
        """The first day on which a record will count; NEVER where none comes."""
        begins, window_ends = window.span(date) if window else (date, NEVER)
        begins = max(begins, date + shift)
        return begins if begins <= min(ends, window_ends) else NEVER

    return select


def _in_order(source: FromRecords, seen: Matches | None, where: Matches | None, as_of: int) -> Select:
    """Step by step. Where `newest` counts before `where`, records that do not match matter to the next change too."""
    newest = source.newest

    def select(run: FactPass, records: list[Record]) -> list[Record] | None:
        days = _days(source, run.subject, as_of)
        if days is None:
            run.change = min(run.change, _first_period(source, run.subject))
            return None
        first, last = days
        there = [
            record
            for record in records
            if _ends(source, record) >= as_of
            and record.date >= first
            and (seen is None or seen(record))
            and (newest is not None or where is None or where(record))
        ]
        inside = [record for record in there if record.date <= last]
        to_come = [record for record in there if record.date > last]
        if newest is not None:
            inside, changes = _newest(inside, newest)
            run.change = min(run.change, as_of + 1 if changes else NEVER)
        leave = (_leaves(source, run.subject, record) for record in inside if not record.this_run)
        begin = (_begins(source, run.subject, record) for record in to_come if not record.this_run)
        run.change = min((run.change, *leave, *begin))
        return inside if newest is None or where is None else [record for record in inside if where(record)]

    return select


def _newest(records: Sequence[Record], count: int) -> tuple[list[Record], bool]:
    """So many of the newest, in their order, of one day those with the greatest ids; and whether others are so tomorrow.

    Results of this run will be of tomorrow then, and newer than all that is of today.
    """

    def places(key: Callable[[Record], tuple[object, ...]]) -> list[int]:
        return sorted(sorted(range(len(records)), key=lambda place: key(records[place]), reverse=True)[:count])

    today = places(lambda record: (record.date, record.id, record.this_run))
    tomorrow = places(lambda record: (record.date, record.this_run, record.id))
    return [records[place] for place in today], today != tomorrow


def _shift(source: FromRecords) -> int:
    """An own earlier result counts from the day after."""
    return 1 if source.category == PREVIOUS else 0


def _ends(source: FromRecords, record: Record) -> int:
    return record.last_day_repaired if source.include_repaired else record.last_day


def _days(source: FromRecords, subject: Subject, as_of: int) -> tuple[int, int] | None:
    """First and last day of records that count on the as-of date; None where the subject has no such period."""
    first, last = 1, as_of - _shift(source)
    match source.window:
        case None:
            pass
        case OwnPeriod() as period:
            since = subject.attributes.get(period.attribute)
            days = None if since is None else period.days(int(since), as_of)
            if days is None:
                return None
            first, last = days[0], min(last, days[1])
        case window:
            floor = window.floor(as_of)
            first, last = floor + 1, min(last, window.last(floor, as_of))
    return first, last if source.before is None else min(last, source.before.floor(as_of))


def _first_period(source: FromRecords, subject: Subject) -> int:
    """The day from which a subject has a period that it has not yet; NEVER where it has no date to count from."""
    period = source.own_period
    since = subject.attributes.get(period.attribute) if period else None
    return NEVER if period is None or since is None else period.begins(int(since))


def _span(window: TimeSpan | None, subject: Subject, day: int) -> tuple[int, int]:
    """First and last day on which a record of a day, not before those that are looked at, is inside."""
    match window:
        case None:
            return day, NEVER - 1
        case OwnPeriod():
            return window.span(int(subject.attributes[window.attribute]), day) or (NEVER, NEVER)
        case _:
            return window.span(day)


def _leaves(source: FromRecords, subject: Subject, record: Record) -> int:
    """The first day on which a record that counts does so no more."""
    return min(_ends(source, record), _span(source.window, subject, record.date)[1]) + 1


def _begins(source: FromRecords, subject: Subject, record: Record) -> int:
    """The first day on which a record will count; NEVER where none comes."""
    begins, ends = _span(source.window, subject, record.date)
    begins = max(begins, record.date + _shift(source))
    if source.before is not None:
        begins = max(begins, source.before.span(record.date)[1] + 1)
    return begins if begins <= min(ends, _ends(source, record)) else NEVER
