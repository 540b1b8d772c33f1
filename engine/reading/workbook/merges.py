"""Merged cells: the value that a person sees over several rows of a column stands in each; what is not clear is refused."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from engine.model.catalogue import NUMERIC
from engine.reading.workbook.ranges import Range
from engine.reading.workbook.texts import Column
from engine.reading.workbook.xml import BrokenXml

Rows = list[dict[str, str | int]]


class Merged(Struct, frozen=True):
    """A merged range that cannot be read, and the code of the problem."""

    code: str
    range: Range


def fill(rows: Rows, merged: Iterable[Range], top: int, columns: Mapping[int, Column]) -> Iterator[Merged]:
    """Fills what is merged over rows of one column; gives the ranges that are not clear. `top` is the row of the header.

    A row without cells of its own is one that the merged cells of the row above take up, and no row.
    """
    numbers = [int(row["_row"]) for row in rows]
    ends = dict.fromkeys(columns, 0)
    for area in sorted(merged, key=lambda area: area.top):
        within = {at: column for at, column in columns.items() if area.left <= at <= area.right}
        if not within or area.bottom < top:
            continue
        if any(ends[at] >= area.top for at in within):
            raise BrokenXml("workbook_merged_over", str(area))
        ends |= dict.fromkeys(within, area.bottom)
        covered = rows[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        if area.top <= top:
            if covered or len(within) > 1 or area.top < top:
                yield Merged("header_merged", area)
        elif any(column.key in row for row in covered for column in within.values()):
            if len(within) > 1 or not _fill(covered, area, *within.values()):
                yield Merged("cell_merged", area)


def rows_within(numbers: list[int], merged: Iterable[Range], columns: Iterable[int]) -> list[int]:
    """Those of the rows, in order, that a merged range over several rows of such columns covers."""
    at = list(columns)
    covered: set[int] = set()
    for area in merged if numbers else ():
        if area.bottom > area.top and any(area.left <= column <= area.right for column in at):
            covered.update(numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)])
    return sorted(covered)


def _fill(rows: Rows, merged: Range, column: Column) -> bool:
    """Whether it is clear what stands in each row: in the first one of them all, and no number, which might be a sum."""
    key = column.key
    first = rows[0]
    value = first.get(key)
    if first["_row"] != merged.top or value is None or any(row.get(key, value) != value for row in rows):
        return False
    if len(rows) > 1 and column.field.type in NUMERIC:
        return False
    for row in rows:
        row[key] = value
    return True
