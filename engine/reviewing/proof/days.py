"""The days on which two versions are compared: one for each way in which windows and ages can lie to each other.

What the solver says of a day depends on the day only by the order in which the windows begin and end, by how long they are
where the newest of several records counts, and by the days themselves where a fact counts days. Days that are alike in this
are alike in every answer, so that one of them stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from engine.evaluating.symbolic.records import NotModelled, most_in_a_span, window_days
from engine.model.catalogue import PREVIOUS
from engine.model.change import Within
from engine.model.period import OwnPeriod, TimeSpan, Window
from engine.model.policy import LAST_LEVEL, FromAttribute, FromRecords, Model, Policy
from engine.model.proof import LAST_DAY, Days

Of = tuple[Policy, Model]
Pattern = tuple[object, ...]

CYCLE = 4 * 365 + 1
"""Days after which years, quarters and months lie as before."""

MOST = 8
"""Of more unlike days some are asked about."""


def days_of(models: Sequence[Of], new: Policy, as_of: int, within: Within | None = None) -> Days:
    """The day that is asked for, or the nearest one `within` those that are to be looked at, and one for each unlike it; all
    are days on which the new version is in force.
    """
    first, end = within or (new.effective_from, new.effective_until)
    last = max(first, LAST_DAY) if end is None else end
    as_of = max(as_of, first) if end is None else min(max(as_of, first), end)
    try:
        dated = tuple(_dated(models))
    except NotModelled:
        return Days((as_of,))
    unlike = {_pattern(dated, day): day for day in reversed((as_of, *_named(first, last)))}
    some = tuple(dict.fromkeys((as_of, *sorted(unlike.values()))))
    if _absolute(models) or last > LAST_DAY:
        return Days(tuple(dict.fromkeys((as_of, *sorted(_named(first, last))))))
    for day in range(first, min(last, first + CYCLE) + 1) if dated else ():
        unlike.setdefault(_pattern(dated, day), day)
        if len(unlike) > MOST:
            return Days(some)
    return Days(tuple(dict.fromkeys((as_of, *sorted(unlike.values())))), first, last)


def _named(first: int, last: int) -> Iterator[int]:
    """Days on which things turn: the first in force, and in the years after it the last of December and June, the first of
    January, the 29th of February.
    """
    yield first
    year = date.fromordinal(first).year
    for month, day in ((12, 31), (6, 30), (1, 1)):
        for each in (year, year + 1):
            if first <= date(each, month, day).toordinal() <= last:
                yield date(each, month, day).toordinal()
                break
    leap = next(each for each in range(year, year + 9) if each % 4 == 0 and each % 100)
    for month, day in ((2, 29), (6, 30), (12, 31)):
        if first <= date(leap, month, day).toordinal() <= last:
            yield date(leap, month, day).toordinal()


class DatedPair(Struct, frozen=True):
    """What of a category depends on the day: the windows in which it is read, how, and how many cells lie in a span."""

    windows: tuple[tuple[TimeSpan | None, Window | None], ...]
    kinds: frozenset[str]
    earlier: int
    most: int


def _dated(models: Sequence[Of]) -> Iterator[DatedPair]:
    """Windows lie to each other in one way alone where there is only one, unless it matters how long it is."""
    read: dict[str, list[tuple[FromRecords, Of]]] = {}
    for policy, model in models:
        last_level = [LAST_LEVEL] if model.reads_last_level else []
        for source in [*(fact.source for fact in model.facts.values()), *last_level]:
            if isinstance(source, FromRecords):
                read.setdefault(source.category, []).append((source, (policy, model)))
    for name, sources in read.items():
        windows = tuple(dict.fromkeys((source.window, source.before) for source, _ in sources))
        kinds = frozenset(source.kind for source, _ in sources) & {"latest", "days_since"}
        if len(windows) > 1 or (kinds and windows != ((None, None),)):
            most = most_in_a_span([(source, *of) for source, of in sources]) if "latest" in kinds else 0
            yield DatedPair(windows, kinds, int(name == PREVIOUS), most)


def _absolute(models: Sequence[Of]) -> bool:
    """Whether of one date both the years and the days are asked for, so that each day is like no other."""
    kinds: dict[str, set[str]] = {}
    for _, model in models:
        for fact in model.facts.values():
            match fact.source:
                case FromAttribute(kind, name):
                    kinds.setdefault(name, set()).add(kind)
                case FromRecords(window=OwnPeriod(attribute=name)):
                    kinds.setdefault(name, set()).add("period")
                case _:
                    pass
    return any(len(asked_kinds) > 1 for asked_kinds in kinds.values())


def _pattern(dated: Sequence[DatedPair], as_of: int) -> Pattern:
    """What days have in common that are alike."""
    return tuple(_order(pair, as_of) for pair in dated)


def _order(pair: DatedPair, as_of: int) -> Pattern:
    bounds = [_bounds(window, before, as_of, pair.earlier) for window, before in pair.windows]
    edges = sorted({edge for pair in bounds for edge in pair})
    order = tuple((edges.index(floor), edges.index(last)) for floor, last in bounds)
    if "days_since" in pair.kinds:
        return order, tuple(as_of - edge for edge in edges if edge)
    if "latest" in pair.kinds:  # each cell of a span may have a newest day of its own, if there are so many
        return order, tuple(min(high - low, pair.most) for low, high in pairwise(edges) if low)
    return (order,)


def _bounds(window: TimeSpan | None, before: Window | None, as_of: int, earlier: int) -> tuple[int, int]:
    floor, last = window_days(window, before, as_of)
    return floor, min(last, as_of - earlier)
