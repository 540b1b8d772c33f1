"""Working days: Monday to Friday but for what is published each year; a year that is not named is unknown, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from engine.model.period import NEVER

SATURDAY = 5
"""As `date.weekday` counts; Sunday follows it."""


class CalendarYear(Struct, frozen=True):
    """The days off and the weekend days that are worked, as ordinals in their order, and the notice that says so."""

    holidays: tuple[int, ...]
    workdays: tuple[int, ...] = ()
    source: str | None = None


class Calendar(Struct, frozen=True):
    """The years that are known, by number."""

    years: Mapping[int, CalendarYear] = {}

    def is_working_day(self, day: int) -> bool | None:
        """Whether offices work on a day (an ordinal); None where its year is not known."""
        year = self.years.get(date.fromordinal(day).year) if 0 < day < NEVER else None
        if year is None:
            return None
        return day not in year.holidays and (day in year.workdays or not is_weekend(day))

    def add_working_days(self, day: int, n: int) -> int | None:
        """The n-th working day after a day, which itself does not count (民法典第二百零一条), as a deadline of n days ends.

        `n` is at least 1. None where a day in between, or the last, lies in a year that is not known.

        >>> week = Calendar({2026: CalendarYear((date(2026, 6, 19).toordinal(),))})
        >>> date.fromordinal(week.add_working_days(date(2026, 6, 17).toordinal(), 2)).isoformat()
        '2026-06-22'
        """
        if n < 1:
            raise ValueError(n)
        while n:
            day += 1
            works = self.is_working_day(day)
            if works is None:
                return None
            n -= works
        return day


def is_weekend(day: int) -> bool:
    """Whether a day is a Saturday or Sunday."""
    return date.fromordinal(day).weekday() >= SATURDAY
