"""A number for all that is known of a subject, which tells whether anything changed since it was last evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from inspect import Parameter, Signature
from typing import Any

import ibis
from ibis.expr.datatypes import DataType
from ibis.expr.types import Column, Table

from engine.reading.tables.casts import day as typed_day
from engine.reading.tables.keys import WRONG


def fingerprints(subjects: Table, records: Table | None, members: Table | None, key: str, salt: str) -> Table:
    """Subject and `input_hash`, which depends on every cell of its rows and on how many there are, but not on their order.

    `key` names its column; `salt` is what the rows are read by.
    """
    hashes = _of_rows(subjects, key, "subject")
    for number, table in enumerate((records, members)):
        if table is None:
            continue
        parts = _of_rows(table, "subject", "whose")
        parts = parts.rename({f"{name}_{number}": name for name in SUMS})
        hashes = hashes.left_join(parts, hashes.subject == parts.whose).drop("whose")
    sums = [hashes[name] for name in hashes.columns if name != "subject"]
    return hashes.select(subject=hashes.subject, input_hash=hash_of([*sums, ibis.literal(salt)], hashes.get_backend().name))


SUMS = ("high", "low", "rows")


def _of_rows(table: Table, key: str, called: str) -> Table:
    """By subject the sums of its rows' hashes, in halves, which do not overflow; rows that come twice do not cancel out."""
    ours = (WRONG, "_file", "_row")  # a column that is there only where a name is refused would make everybody another
    cells = [table[name] for name in table.columns if not name.startswith(ours)]
    rows = table.select(whose=table[key], part=hash_of(cells, table.get_backend().name)).filter(lambda row: row.whose.notnull())
    halves = {"high": (rows.part >> 32).cast("int64"), "low": (rows.part & (2**32 - 1)).cast("int64")}
    rows = rows.mutate(**halves)
    sums = rows.group_by("whose").aggregate(high=rows.high.sum(), low=rows.low.sum(), rows=rows.count())
    return sums.rename({called: "whose"}) if called != "whose" else sums


def rows_since(table: Table, column: str, day: int) -> Table:
    """The rows that changed on a day, an ordinal, or later, by what a column says of them; and those of which it says nothing."""
    changed = table[column]
    kind = changed.type()
    if kind.is_string():
        changed = changed.re_extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})([ T].*)?$", 1)
    elif kind.is_timestamp():
        changed = changed.cast("date") - ibis.interval(days=1)  # it may be another day elsewhere
    elif not kind.is_date():
        return table
    return table.filter((typed_day(changed) >= day).fill_null(True))


HASHES = {"duckdb": ("hash", "uint64"), "pyspark": ("xxhash64", "int64")}
"""The function of each backend that takes any number of cells of any type, and what it gives."""


def hash_of(cells: Sequence[Column], backend: str) -> Column:
    """One number for some cells, by the function of a backend."""
    function, gives = HASHES[backend]
    if function == "xxhash64":  # which passes over what is not there
        cells = [*cells, *(cell.isnull() for cell in cells)]
    return _hash(function, gives, tuple(cell.type() for cell in cells))(*cells)


@cache
def _hash(function: str, gives: str, kinds: tuple[DataType, ...]) -> Callable[..., Column]:
    def stub(*cells: Any) -> Any:
        raise NotImplementedError

    stub.__signature__ = Signature([Parameter(f"c{i}", Parameter.POSITIONAL_ONLY) for i in range(len(kinds))])  # type: ignore[attr-defined]
    hashed: Callable[..., Column] = ibis.udf.scalar.builtin(stub, name=function, signature=(kinds, gives))
    return hashed
