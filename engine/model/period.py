"""Windows (`within: 24 months`), calendar periods (`during: last year`) and a subject's own, over days counted as ordinals."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import Literal, get_args

from msgspec import Struct

NEVER = date.max.toordinal() + 1
"""A day that does not come: where nothing ends, it is the day after the last."""

WindowUnit = Literal["days", "months"]
PeriodUnit = Literal["year", "quarter", "month"]

MONTHS: dict[PeriodUnit, int] = {"year": 12, "quarter": 3, "month": 1}
"""How many a calendar period has."""


class Window(Struct, frozen=True, tag=True):
    """`within: N days | months`: a record of day d is inside on day t where t minus N < d <= t. Years are 12 months."""

    count: int
    unit: WindowUnit

    def floor(self, as_of: int) -> int:
        """The last day that is outside on the day `as_of`; 0 where the calendar does not go that far."""
        return max(as_of - self.count, 0) if self.unit == "days" else minus_months(as_of, self.count)

    def span(self, day: int) -> tuple[int, int]:
        """First and last day on which a record of `day` is inside."""
        if self.unit == "days":
            return day, min(day + self.count, NEVER) - 1
        return day, _leaves(day, self.count) - 1

    def last(self, floor: int, as_of: int) -> int:
        """The last day that is inside on the day `as_of`."""
        return as_of


class Period(Struct, frozen=True, tag=True):
    """`during: last quarter`: a record is inside while the day it is looked at lies in this or the next such period."""

    unit: PeriodUnit
    back: int  # 0: this, 1: last

    def floor(self, as_of: int) -> int:
        """The last day before the period that is looked at on the day `as_of`."""
        return self._start(as_of, -self.back) - 1

    def span(self, day: int) -> tuple[int, int]:
        """First and last day on which a record of `day` is inside."""
        start = self._start(day, self.back)
        return max(day, start), self._start(day, self.back + 1) - 1

    def last(self, floor: int, as_of: int) -> int:
        """The last day of the period that begins after `floor`, or `as_of` where that is earlier."""
        return min(self._start(floor + 1, 1) - 1, as_of)

    def _start(self, day: int, shift: int) -> int:
        """First day of the period `shift` periods from the one that holds `day`."""
        months = MONTHS[self.unit]
        on = date.fromordinal(day)
        index = (on.year * 12 + on.month - 1) // months * months + shift * months
        return _first_of(index)


class OwnPeriod(Struct, frozen=True, tag=True):
    """`during: {years: N, from: ATTRIBUTE}`: the subject's own periods, of so many months each from a day that it has.

    The period number k of a subject since day s is s + k x months … s + (k + 1) x months - 1 day. Years are 12 months.
    """

    months: int
    attribute: str
    back: int  # 0: the one that holds the as-of date, 1: the one before it

    def begins(self, since: int) -> int:
        """The first day on which there is such a period."""
        return plus_months(since, self.months * self.back)

    def days(self, since: int, as_of: int) -> tuple[int, int] | None:
        """First and last day of the period that is looked at on the day `as_of`; None where there is none."""
        number = self._number(since, as_of) - self.back
        return (self._start(since, number), self._start(since, number + 1) - 1) if number >= 0 else None

    def span(self, since: int, day: int) -> tuple[int, int] | None:
        """First and last day on which a record of `day` is inside; None where it never is."""
        number = self._number(since, day)
        if number < 0:
            return None
        start, end = (self._start(since, number + self.back + more) for more in (0, 1))
        return max(day, start), end - 1

    def _number(self, since: int, day: int) -> int:
        return full_months(since, day) // self.months

    def _start(self, since: int, number: int) -> int:
        return plus_months(since, self.months * number)


TimeSpan = Window | Period | OwnPeriod
"""Which days' records a fact takes."""

_PERIODS = {
    f"{which} {unit}": Period(unit, back) for unit in get_args(PeriodUnit) for back, which in enumerate(("this", "last"))
}
PERIODS = tuple(_PERIODS)
"""As they are written: `this year`, `last year`, `this quarter`, …"""


def _first_of(index: int) -> int:
    """First day of the month `index` (12 x year + month - 1); 1 before the calendar, NEVER after it."""
    if index < 12:
        return 1
    if index >= 120000:
        return NEVER
    return date(index // 12, index % 12 + 1, 1).toordinal()


def _days(year: int, month: int) -> int:
    """How many a month has; the library that knows it too asks the system for the names of months first."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def minus_months(day: int, months: int) -> int:
    """`day` less so many months, clamped to the month's end (31 August minus 6 is 28 February); 0 before the calendar."""
    on = date.fromordinal(day)
    index = on.year * 12 + on.month - 1 - months
    if index < 12:
        return 0
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(on.day, _days(year, month))).toordinal()


def plus_months(day: int, months: int) -> int:
    """`day` and so many months, clamped to the month's end; NEVER after the calendar."""
    on = date.fromordinal(day)
    index = on.year * 12 + on.month - 1 + months
    if index >= 120000:
        return NEVER
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(on.day, _days(year, month))).toordinal()


def full_months(since: int, day: int) -> int:
    """The greatest whole n with `since` + n months <= `day`; below 0 before `since`."""
    first, on = date.fromordinal(since), date.fromordinal(day)
    months = (on.year - first.year) * 12 + on.month - first.month
    return months if min(first.day, _days(on.year, on.month)) <= on.day else months - 1


def is_shorter(window: Window, other: Window) -> bool:
    """Whether a window is surely shorter than another one, whatever the day on which they end."""
    if window.unit == other.unit:
        return window.count < other.count
    return all(window.floor(day) > other.floor(day) for day in _ends_of_months())


@cache
def _ends_of_months() -> tuple[int, ...]:
    """First and last days of the months of 400 years, between which any number of months has its least and most days."""
    first = [date(6000 + month // 12, month % 12 + 1, 1).toordinal() for month in range(4801)]
    return tuple(day for start in first for day in (start - 1, start))


@lru_cache(maxsize=65536)  # a population shares a few thousand days
def _leaves(day: int, months: int) -> int:
    """The first day from which `day` lies at least so many months back, by minus_months."""
    on = date.fromordinal(day)
    index = on.year * 12 + on.month - 1 + months
    if index >= 120000:
        return NEVER
    year, month = index // 12, index % 12 + 1
    if on.day > _days(year, month):
        return _first_of(index + 1)
    return date(year, month, on.day).toordinal()


def anniversary(day: int, years: int) -> int:
    """`day` so many years later; 28 February in a common year for 29 February; NEVER after the calendar."""
    on = date.fromordinal(day)
    year = on.year + years
    if year > date.max.year:
        return NEVER
    if on.month == 2 and on.day == 29 and _days(year, 2) == 28:
        return date(year, 2, 28).toordinal()
    return on.replace(year=year).toordinal()


def full_years(since: int, as_of: int) -> int:
    """The greatest whole n with `since` + n years <= `as_of`; -1 on the day before `since`."""
    years = date.fromordinal(as_of).year - date.fromordinal(since).year
    return years if anniversary(since, years) <= as_of else years - 1


def read_window(text: str) -> Window | None:
    """`24 months`, `90 days`, `1 year`; None where it is none of these or longer than the calendar."""
    match = re.fullmatch(r"([1-9]\d{0,6}) (day|month|year)s?", text)
    if not match:
        return None
    count = int(match[1])
    if match[2] == "day":
        return Window(count, "days")
    return Window(count * (12 if match[2] == "year" else 1), "months")


def read_period(text: str) -> Period | None:
    """`this year`, `last quarter`, …; None where it is none of these."""
    return _PERIODS.get(text)


def read_day(text: object) -> int | None:
    """The ordinal of a date that exists, written YYYY-MM-DD; None otherwise."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def iso_text(day: int) -> str:
    """YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()
