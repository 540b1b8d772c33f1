"""Subjects' own periods in columns: of each subject the days that are looked at, and of each record when it will count."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import literal
from engine.evaluating.columnar.days import to_date, to_ordinal
from engine.model.period import NEVER, OwnPeriod
from engine.model.policy import FromRecords, Model
from engine.model.table import attribute_column


def own_periods(model: Model) -> list[OwnPeriod]:
    """Those that the facts of a model look at, each once."""
    sources = [fact.source for fact in model.facts.values() if isinstance(fact.source, FromRecords)]
    return list(dict.fromkeys(source.own_period for source in sources if source.own_period is not None))


def own_column(period: OwnPeriod, what: str) -> str:
    """The column in which `first`, `last`, `until` (days, null without a period) or `begins` of a period stands."""
    return f"own_{what}_{period.months}_{period.back}_{period.attribute}"


def with_own_periods(subjects: Table, periods: Iterable[OwnPeriod], as_of: int) -> Table:
    """Subjects with first and last day of each period on the as-of date, and the last day on which it is looked at.

    `begins` is the first day on which they have one at all.
    """
    columns: dict[str, Column] = {}
    for period in periods:  # all at once, for each step makes the plan deeper
        since = to_date(subjects[attribute_column(period.attribute)])
        months = _full_months_to(since, as_of)
        there = months >= period.months * period.back
        turned = months - months % period.months
        start = turned - period.months * period.back
        days = {
            "first": _plus_months(since, start),
            "last": _plus_months(since, start + period.months) - 1,
            "until": _plus_months(since, turned + period.months) - 1,
        }
        columns |= {own_column(period, what): ibis.ifelse(there, day, ibis.null("int64")) for what, day in days.items()}
        columns[own_column(period, "begins")] = _plus_months(since, literal(period.months * period.back))
    return subjects.mutate(**columns) if columns else subjects


def with_periods_of_subjects(records: Table, subjects: Table, periods: Iterable[OwnPeriod]) -> Table:
    """Records with the days of their subject's periods, and with the date from which these are counted."""
    columns: dict[str, Column] = {}
    for period in periods:
        columns |= {name: subjects[name] for name in (own_column(period, "first"), own_column(period, "last"))}
        columns[_since(period)] = subjects[attribute_column(period.attribute)]
    if not columns:
        return records
    return records.left_join(subjects.select("subject", **columns), "subject").drop("subject_right")


def later_span(records: Table, period: OwnPeriod) -> tuple[Column, Column]:
    """First and last day on which a record is inside, that is dated in or after the period that is looked at."""
    since = to_date(records[_since(period)])
    months = _full_months(since, to_date(records.date))
    start = months - months % period.months + period.months * period.back
    return _plus_months(since, start), _plus_months(since, start + period.months) - 1


def _since(period: OwnPeriod) -> str:
    return f"own_since_{period.attribute}"


def _plus_months(since: Column, months: Column) -> Column:
    """The ordinal of a date so many months later, clamped to the month's end; NEVER after the calendar."""
    return ibis.least(to_ordinal(since + months.as_interval("M")), literal(NEVER))


def _full_months_to(since: Column, as_of: int) -> Column:
    """Full months from a date to the as-of date."""
    on = date.fromordinal(as_of)
    longest = calendar.monthrange(on.year, on.month)[1]
    reached = ibis.least(since.day(), literal(longest)) <= on.day
    return literal(on.year * 12 + on.month) - (since.year() * 12 + since.month()) - ibis.ifelse(reached, 0, 1)


def _full_months(since: Column, day: Column) -> Column:
    """Full months from one date to another."""
    longest = (day.truncate("M") + ibis.interval(months=1) - ibis.interval(days=1)).day()
    reached = ibis.least(since.day(), longest) <= day.day()
    months = (day.year() * 12 + day.month()) - (since.year() * 12 + since.month())
    return months.cast("int64") - ibis.ifelse(reached, 0, 1)
