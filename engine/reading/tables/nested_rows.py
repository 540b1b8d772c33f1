"""Subjects as rows with everything of theirs nested in them, which is how Spark hands them over, as arrays; no database is needed.

A row has the columns of `subjects`, and as lists `records` (structs), `members` (identifiers) and `guests`: such rows, without
guests, of all whose results those of the row's subject may read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.model.batch import Batch, ColumnsRead, RecordArrays
from engine.model.catalogue import Catalogue
from engine.model.table import attribute_column
from engine.reading.tables.arrow_columns import by_category, column_of, types_of

if TYPE_CHECKING:
    from engine.model.batch import Array

RECORDS, MEMBERS, GUESTS = "records", "members", "guests"


def batch_of(rows: Sequence[pa.RecordBatch], catalogue: Catalogue, read: ColumnsRead) -> Batch:
    """Everybody in the rows, who is there several times once; guests are those who have no row of their own."""
    table = pa.Table.from_batches(rows).combine_chunks()
    everybody = _distinct(_with_guests(table) if GUESTS in table.column_names else table)
    guests = None
    if GUESTS in table.column_names:
        here = pc.is_in(_whole(everybody["subject"]), _whole(table["subject"]))
        guests = ~here.to_numpy(zero_copy_only=False)
    ids = _whole(everybody["subject"])
    return Batch(
        ids,
        column_of(everybody["kind"], "text"),
        column_of(everybody["models"], "text"),
        column_of(everybody["member_count"], "integer").values,
        {name: column_of(everybody[attribute_column(name)], catalogue.attributes[name].field.type) for name in read.attributes},
        _records(everybody[RECORDS], catalogue, read),
        _members(ids, everybody[MEMBERS]) if MEMBERS in everybody.column_names else None,
        guests,
    )


def _with_guests(table: pa.Table) -> pa.Table:
    own = table.drop([GUESTS])
    guests = pa.Table.from_struct_array(_elements(table[GUESTS]))
    return pa.concat_tables([own, guests.select(own.column_names).cast(own.schema)]).combine_chunks()


def _distinct(table: pa.Table) -> pa.Table:
    """Each subject once, in the order of their identifiers."""
    table = table.take(pc.sort_indices(table["subject"])).combine_chunks()
    ids = _whole(table["subject"])
    first = pc.not_equal(ids.slice(1), ids.slice(0, max(len(ids) - 1, 0)))
    return table.filter(pa.array([True, *first.to_pylist()][: len(ids)], pa.bool_())).combine_chunks()


def _records(lists: pa.ChunkedArray, catalogue: Catalogue, read: ColumnsRead) -> dict[str, RecordArrays]:
    records = pa.RecordBatch.from_struct_array(_elements(lists))
    columns = dict(zip(records.schema.names, records.columns, strict=True)) | {"owner": pa.array(_owners(lists))}
    return by_category([pa.record_batch(columns)], types_of(catalogue, read))


def _members(ids: pa.Array, lists: pa.ChunkedArray) -> tuple[Array, Array]:
    """Pairs of ordinals, of those who are here."""
    place = pc.index_in(_elements(lists), ids).fill_null(-1).to_numpy()
    there = place >= 0
    return _owners(lists)[there], place[there]


def _owners(lists: pa.ChunkedArray) -> Array:
    """The row of each element of lists."""
    sizes = _whole(lists).value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    return np.repeat(np.arange(len(sizes)), sizes)


def _elements(lists: pa.ChunkedArray) -> pa.Array:
    """What is in lists, one after the other."""
    return _whole(lists).flatten()


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, as combine_chunks of its table leaves it, or empty."""
    return column.chunks[0] if column.num_chunks == 1 else column.combine_chunks()
