"""Days in columns: ordinals to dates and back, and the spans of windows and calendar periods."""

from __future__ import annotations

from datetime import date

import ibis
from ibis.expr.types import Column

from engine.evaluating.columnar.arithmetic import literal
from engine.model.period import Period, Window

_EPOCH = date(1970, 1, 1).toordinal()
_CALENDAR = 12 * date.max.year
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_UNITS = {"year": "Y", "quarter": "Q", "month": "M"}


def to_date(ordinal: Column) -> Column:
    return ibis.date(1970, 1, 1) + (ordinal - _EPOCH).as_interval("D")


def to_ordinal(day: Column) -> Column:
    return day.cast("date").delta(ibis.date(1970, 1, 1), unit="day").cast("int64") + _EPOCH


def leaves(day: Column, later: Column) -> Column:
    """The first day, an ordinal, on which a record of a date is no longer inside a window of months that ends `later`."""
    return to_ordinal(later) + ibis.ifelse(later.day() < day.day(), 1, 0)


def after(window: Window, day: Column) -> Column:
    """A date so many months later, clamped to the month's end; what lies behind the calendar need be no farther behind it."""
    return day + ibis.interval(months=min(window.count, _CALENDAR))


def period_start(period: Period, ordinal: Column, shift: int) -> Column:
    """First day of the period `shift` periods after the one that holds a day."""
    start = to_date(ordinal).truncate(_UNITS[period.unit])
    return to_ordinal(start + ibis.interval(months=_MONTHS[period.unit] * shift))


def full_years(day: Column, as_of: int) -> Column:
    """Full years from a date to the as-of date."""
    on = date.fromordinal(as_of)
    month = day.month()
    # 29 February has its anniversary on 28 February in a common year
    reached = (month < on.month) | ((month == on.month) & (_in_year(day.day(), month, on.year) <= on.day))
    return literal(on.year) - day.year() - ibis.ifelse(reached, 0, 1)


def anniversary(day: Column, years: Column) -> Column:
    """The ordinal of a date so many years later, by the calendar's clamping of months."""
    return to_ordinal(day + years.as_interval("Y"))


def _in_year(day: Column, month: Column, year: int) -> Column:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day if leap else ibis.ifelse((month == 2) & (day == 29), 28, day)
