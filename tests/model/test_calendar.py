"""Working days by the calendar that ships, which holds what was published for 2025 and 2026."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.model.calendar import Calendar, CalendarYear
from engine.reading.files import find_files
from engine.reading.library import read_library

SHIPPED = read_library(find_files([Path(__file__).parents[2] / "policies"])).library.calendar
OBJECTION = 5
"""Working days in which an objection is answered (邵市发改财信〔2025〕30号 三（四）9)."""


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("written", "works"),
    [
        ("2026-06-18", True),
        ("2026-06-19", False),  # 端午节, a Friday
        ("2026-06-20", False),
        ("2026-06-22", True),
        ("2026-02-14", True),  # a Saturday before 春节
        ("2026-02-17", False),
        ("2025-09-28", True),  # a Sunday before 国庆节
        ("2025-10-08", False),
        ("2024-12-31", None),
        ("2027-01-04", None),
    ],
)
def test_days(written: str, works: bool | None) -> None:
    assert SHIPPED.is_working_day(day(written)) is works


@pytest.mark.parametrize(
    ("received", "answered"),
    [
        ("2026-03-02", "2026-03-09"),  # over a weekend
        ("2026-03-07", "2026-03-13"),  # received on a Saturday
        ("2026-02-12", "2026-02-26"),  # over 春节, with the Saturday before it
        ("2026-09-29", "2026-10-12"),  # over 国庆节, with the Saturday after it
        ("2025-12-29", "2026-01-06"),  # over the end of a year
        ("2024-12-31", "2025-01-08"),  # the day of receipt does not count, nor need its year be known
        ("2026-12-24", "2026-12-31"),
        ("2026-12-25", None),
        ("2027-06-01", None),
    ],
)
def test_an_objection_is_answered_in_time(received: str, answered: str | None) -> None:
    last = SHIPPED.add_working_days(day(received), OBJECTION)
    assert last == (None if answered is None else day(answered))
    assert last is None or SHIPPED.is_working_day(last)


def test_one_after_the_other() -> None:
    """So many days are each the next working day after the one before."""
    first = day("2024-12-31")
    for n in range(1, 490):
        before = first if n == 1 else SHIPPED.add_working_days(first, n - 1)
        assert before is not None
        assert SHIPPED.add_working_days(first, n) == SHIPPED.add_working_days(before, 1)


def test_as_many_as_were_published() -> None:
    """A year of 2025 has 248 working days, as 全国年节及纪念日放假办法 leaves them (365 less 104 of weekends and 13 of feasts)."""
    for year, days in ((2025, 248), (2026, 248)):
        works = [SHIPPED.is_working_day(day(f"{year}-01-01") + at) for at in range(365)]
        assert works.count(True) == days


def test_nothing_is_guessed() -> None:
    """Without a calendar no day is known, up to the ends of what can be written."""
    for ordinal in (-1, 0, 1, day("2026-06-18"), date.max.toordinal(), date.max.toordinal() + 1):
        assert Calendar().is_working_day(ordinal) is None
        assert Calendar().add_working_days(ordinal, 1) is None


def test_the_last_day_of_all() -> None:
    last = Calendar({9999: CalendarYear((day("9999-01-01"),))})
    assert last.is_working_day(day("9999-12-31")) is True
    assert last.add_working_days(day("9999-12-30"), 1) == day("9999-12-31")
    assert last.add_working_days(day("9999-12-31"), 1) is None


@pytest.mark.parametrize("n", [0, -1])
def test_no_days(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        SHIPPED.add_working_days(day("2026-06-18"), n)
