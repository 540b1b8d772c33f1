"""When the record of a subject can be repaired first (信用修复), by the terms that the catalogue states."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Category, PublicityTerm
from engine.model.period import NEVER, Window, plus_months
from engine.model.subject import Record


def earliest_repair(category: Category, record: Record, day: int) -> int:
    """The first day, not before `day`, on which the shortest publicity of a record is over; NEVER where none is stated.

    Publicity is counted from the record's date, as it is not known when it was made public; it cannot have been before.
    """
    if record.status not in ("valid", "disputed"):
        return NEVER
    return min(_days(category, record, day), default=NEVER)


def _days(category: Category, record: Record, day: int) -> Iterator[int]:
    """By term the first day of it on which the record can be repaired; a term holds until the day before the one above it."""
    ends = NEVER
    for term in category.publicity_terms:
        if term.shortest is not None or term.shortest_by:
            first = max(day, term.since, _over(record, _shortest(term, record)))
            if first < ends:
                yield first
        ends = term.since


def _shortest(term: PublicityTerm, record: Record) -> Window | None:
    return term.shortest if term.by is None else term.shortest_by.get(str(record.fields.get(term.by)))


def _over(record: Record, shortest: Window | None) -> int:
    """The first day after so long."""
    if shortest is None:
        return record.date
    if shortest.unit == "days":
        return min(record.date + shortest.count, NEVER)
    return plus_months(record.date, shortest.count)
