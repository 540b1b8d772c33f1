"""Tables in parts of whole subjects, each with those whose results its own read, so that memory holds any one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as File
from shutil import rmtree

import ibis
import numpy as np
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table

from engine.backends.materialized import materialized
from engine.model.batch import ColumnsRead
from engine.model.catalogue import Catalogue
from engine.model.table import Tables
from engine.reading.tables.arrow_columns import GUEST
from engine.reading.tables.batches import ROWS, records_read, subjects_read
from engine.reading.tables.members import guests

AT_ONCE = 10_000_000
"""So many records are held in memory without parts, where nothing bounds it."""

PART_RECORDS = 2_000_000
"""So many records and subjects a part has at most where memory is not bounded further: more would not be faster."""

PART = "part"
"""The column with the number of a row's part."""


def parts(
    tables: Tables, catalogue: Catalogue, read: ColumnsRead, most: int, connection: Connection, folder: File
) -> Iterator[Tables]:
    """Tables on DuckDB in the order of their subjects, with what is read; so many subjects and records a part, besides guests.

    They are written into the folder first, in one pass over each table, and away again as soon as the next one is asked for.
    """
    records = records_read(tables.records, catalogue, read)
    bounds = _bounds(tables.subjects, records, most)
    chosen = Tables(subjects_read(tables.subjects, read), records, tables.members)
    if not bounds:
        yield chosen
        return
    rows = _with_parts(chosen, bounds)
    for name, table in rows.items():
        connection.to_parquet(table, folder / name, partition_by=PART)
    for number in range(len(bounds) + 1):
        files = {name: sorted((folder / name / f"{PART}={number}").glob("*.parquet")) for name in rows}
        yield Tables(
            **{
                name: connection.read_parquet([str(file) for file in some], hive_partitioning=False)
                if some
                else rows[name].drop(PART).limit(0)
                for name, some in files.items()
            }
        )
        for name in rows:
            rmtree(folder / name / f"{PART}={number}", ignore_errors=True)


def _bounds(subjects: Table, records: Table, most: int) -> list[str]:
    """The first subject of each part but the first."""
    counts = records.group_by("subject").aggregate(size=records.count())
    sizes = subjects.select("subject").left_join(counts, "subject")
    sizes = sizes.select("subject", size=sizes.size.fill_null(0) + 1).order_by("subject")
    bounds: list[str] = []
    before, part = 0, 0
    for batch in sizes.to_pyarrow_batches(chunk_size=ROWS):
        size = batch.column("size").to_numpy(zero_copy_only=False)
        numbers = (before + np.cumsum(size) - size) // most
        first = np.flatnonzero(np.diff(numbers, prepend=part))
        bounds += batch.column("subject").take(first).to_pylist()
        before, part = before + int(size.sum()), int(numbers[-1]) if len(numbers) else part
    return bounds


def _with_parts(tables: Tables, bounds: Sequence[str]) -> dict[str, Table]:
    """The rows of each table with the numbers of all parts that they are in, those of subjects with GUEST."""

    def part(subject: Column) -> Column:
        return _part_of(subject, bounds)

    subjects, records, members = tables.subjects, tables.records, tables.members
    residents = {
        "subjects": subjects.mutate(**{PART: part(subjects.subject), GUEST: ibis.literal(False)}),
        "records": records.mutate(**{PART: part(records.subject)}),
    }
    if members is None:
        return residents
    members = members.semi_join(subjects, "subject")
    residents["members"] = members.mutate(**{PART: part(members.subject)})
    pairs = guests(members.select(home=part(members.subject), subject="member"), members)
    pairs = pairs.filter(pairs.home != part(pairs.subject)).semi_join(subjects, "subject")
    elsewhere = materialized(pairs.rename({PART: "home"}))
    added = {
        "subjects": subjects.mutate(**{GUEST: ibis.literal(True)}).inner_join(elsewhere, "subject"),
        "records": records.inner_join(elsewhere, "subject"),
        "members": members.inner_join(elsewhere, "subject"),
    }
    return {name: ibis.union(table, added[name].select(*table.columns)) for name, table in residents.items()}


def _part_of(subject: Column, bounds: Sequence[str]) -> Column:
    """The number of a subject's part, found by halves."""

    def between(low: int, high: int) -> Column:
        if low == high:
            return ibis.literal(low, type="int32")
        middle = (low + high) // 2
        return ibis.ifelse(subject < bounds[middle], between(low, middle), between(middle + 1, high))

    return between(0, len(bounds))
