"""What happens to the records and dates behind a fact on a day."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.fact_pass import FactPass
from engine.evaluating.selection import compile_selection
from engine.model.course import Cause, Event
from engine.model.period import NEVER, OwnPeriod
from engine.model.policy import Fact, FromAttribute, FromRecords, Model, Policy
from engine.model.subject import Record, Subject


def events_of(policy: Policy, model: Model, fact: Fact, subject: Subject, day: int) -> Iterator[Cause]:
    """What makes a fact of a subject another one on the `day` than the day before, its own records and dates alone."""
    match fact.source:
        case FromRecords() as source:
            yield from record_events(policy, model, source, subject, day)
        case FromAttribute(kind, name):
            if name in subject.attributes and kind != "attribute":
                yield Cause("attribute", name, "days" if kind == "days_until" else "anniversary")
        case _:  # it rests on other facts, which are looked at themselves, or on nothing that days change
            pass


def record_events(policy: Policy, model: Model, source: FromRecords, subject: Subject, day: int) -> Iterator[Cause]:
    """Records that a source counts on the `day` and not the day before, or the other way round; those that its days pass by."""
    before, after = (counted_records(policy, model, source, subject, when) for when in (day - 1, day))
    gone = [record for record in before if record not in after]
    come = [record for record in after if record not in before]
    for record in gone:
        yield Cause("record", record.id, _leaves(source, subject, record, day))
    for record in come:
        yield Cause("record", record.id, "begins")
    if gone or come:
        return
    match source:
        case FromRecords(kind="days_since") if after:
            yield Cause("record", max(after, key=lambda record: (record.date, record.id)).id, "days")
        case FromRecords(window=OwnPeriod(attribute=attribute)) if attribute in subject.attributes:
            yield Cause("attribute", attribute, "anniversary")
        case _:  # the first of a category that was not collected before, whether or not it is one that counts
            first = [record for record in subject.records if record.category == source.category and record.date == day]
            yield from (Cause("record", record.id, "begins") for record in first)


def counted_records(policy: Policy, model: Model, source: FromRecords, subject: Subject, day: int) -> list[Record]:
    """The subject's own records that a source counts on a day."""
    records = [record for record in subject.records if record.category == source.category]
    run = FactPass(subject, {}, {}, {}, set(), NEVER, None)
    return compile_selection(policy, model, source)(day)(run, records) or []


def _leaves(source: FromRecords, subject: Subject, record: Record, day: int) -> Event:
    """How a record that counted the day before does so no more."""
    if record.repaired_on == day and not source.include_repaired:
        return "repaired"
    if record.until == day - 1:
        return "ended"
    return "window" if _last_inside(source, subject, record) < day else "displaced"


def _last_inside(source: FromRecords, subject: Subject, record: Record) -> int:
    """The last day on which a window holds a record."""
    match source.window:
        case None:
            return NEVER
        case OwnPeriod() as period:
            span = period.span(int(subject.attributes[period.attribute]), record.date)
            return span[1] if span else 0
        case window:
            return window.span(record.date)[1]
