"""Windows and calendar periods: what is inside on a day, and from when to when."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.period import (
    NEVER,
    PERIODS,
    Period,
    Window,
    _days,
    anniversary,
    full_years,
    minus_months,
    read_day,
    read_period,
    read_window,
)

days = st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(date.toordinal)
windows = st.builds(Window, st.integers(1, 60), st.sampled_from(["days", "months"]))
periods = st.sampled_from(PERIODS).map(read_period)


def day(text: str) -> int:
    ordinal = read_day(text)
    assert ordinal is not None
    return ordinal


def inside(period: Window | Period, record: int, as_of: int) -> bool:
    floor = period.floor(as_of)
    return floor < record <= period.last(floor, as_of)


@given(windows, days, st.integers(-50, 2000))
def test_a_window_holds_a_record_from_first_to_last_day(window: Window, record: int, later: int) -> None:
    first, last = window.span(record)
    assert inside(window, record, record + later) == (first <= record + later <= last)


@given(periods, days, st.integers(0, 1000))
def test_a_calendar_period_does_so_too(period: Period, record: int, later: int) -> None:
    first, last = period.span(record)
    assert inside(period, record, record + later) == (first <= record + later <= last)


@pytest.mark.parametrize(
    ("as_of", "months", "expected"),
    [
        ("2025-08-31", 6, "2025-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2025-03-31", 1, "2025-02-28"),
        ("2025-01-15", 1, "2024-12-15"),
    ],
)
def test_months_clamp_to_the_end(as_of: str, months: int, expected: str) -> None:
    assert minus_months(day(as_of), months) == day(expected)


def test_leap_day_has_its_anniversary_on_28_february() -> None:
    assert anniversary(day("2020-02-29"), 1) == day("2021-02-28")
    assert full_years(day("2020-02-29"), day("2021-02-27")) == 0
    assert full_years(day("2020-02-29"), day("2021-02-28")) == 1


def test_the_day_before_is_minus_one() -> None:
    assert full_years(day("2025-06-02"), day("2025-06-01")) == -1


def test_the_calendar_ends() -> None:
    assert Window(24, "months").span(day("9999-01-01"))[1] == NEVER - 1
    assert Window(24, "months").floor(day("0001-05-01")) == 0
    assert anniversary(day("9999-05-01"), 1) == NEVER


@pytest.mark.parametrize("text", ["0 days", "3 weeks", "1.5 years", "24months", "-1 days", "24  months", "", "99999999 days"])
def test_no_window(text: str) -> None:
    assert read_window(text) is None


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-13-01", "2025-1-1", "20250101", "２０２５-01-01", "2025-01-01\n", None, 20250101]
)
def test_no_date(text: object) -> None:
    assert read_day(text) is None


def test_days_of_months() -> None:
    months = [(year, month) for year in range(1, 10000) for month in range(1, 13)]
    assert all(_days(year, month) == calendar.monthrange(year, month)[1] for year, month in months)
