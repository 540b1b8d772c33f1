"""calendar.yaml: the days off and the weekend days that are worked, year by year, each in its own year and in one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.model.calendar import Calendar, CalendarYear, is_weekend
from engine.model.period import iso_text
from engine.model.problem import Path
from engine.reading.document import Tree
from engine.reading.load_context import LoadContext, as_list, as_map, text_or_none


def read_calendar(page: LoadContext) -> Calendar:
    """The calendar of a page; problems go to the page."""
    years: dict[int, CalendarYear] = {}
    for name, tree, path in page.elements(as_map(page.source.tree).get("years"), ("years",)):
        holidays = dict(_days(page, name, tree.get("holidays"), (*path, "holidays")))
        workdays = dict(_days(page, name, tree.get("workdays"), (*path, "workdays")))
        for day, at in workdays.items():
            if day in holidays:
                page.problem("calendar_both", at, day=iso_text(day))
            elif not is_weekend(day):
                page.problem("calendar_weekday", at, day=iso_text(day))
        years[int(name)] = CalendarYear(tuple(sorted(holidays)), tuple(sorted(workdays)), text_or_none(tree.get("source")))
    return Calendar(years)


def _days(page: LoadContext, year: str, tree: Tree, path: Path) -> Iterator[tuple[int, Path]]:
    """The days of a list, as ordinals, with their places."""
    for index, written in enumerate(as_list(tree)):
        at = (*path, index)
        day = page.day(written, at)
        if day is None:
            continue
        if date.fromordinal(day).year != int(year):
            page.problem("calendar_year", at, day=iso_text(day), year=year)
        yield day, at
