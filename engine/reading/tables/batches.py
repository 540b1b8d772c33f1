"""Typed tables as arrays: whole subjects, and their records apart by category, each with its own fields alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from engine.model.batch import ArrayColumn, Batch, ColumnsRead, RecordArrays
from engine.model.catalogue import Catalogue, FieldType
from engine.model.table import Tables, attribute_column, field_column

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are taken apart at once."""


def read_batch(tables: Tables, catalogue: Catalogue, read: ColumnsRead) -> Batch:
    """All subjects of tables on DuckDB, with what is read of them and of their records."""
    attributes = [attribute_column(name) for name in sorted(read.attributes)]
    subjects = tables.subjects.select("subject", "kind", "models", "member_count", *attributes).order_by("subject").to_pyarrow()
    ids = subjects["subject"].combine_chunks()
    places = pa.table({"subject": ids, "owner": np.arange(len(ids))})
    owners = ibis.memtable(places)
    records = _records(tables.records, catalogue, read).inner_join(owners, "subject").drop("subject")
    members = None
    if tables.members is not None:
        pairs = tables.members.inner_join(owners, "subject").select("owner", subject="member")
        pairs = pairs.inner_join(owners.rename({"place": "owner"}), "subject").select("owner", "place").to_pyarrow()
        members = (pairs["owner"].to_numpy(), pairs["place"].to_numpy())
    return batch_of(subjects, records.to_pyarrow_batches(chunk_size=ROWS), members, catalogue, read)


def _records(records: Table, catalogue: Catalogue, read: ColumnsRead) -> Table:
    """Those that may count, with the columns that are read."""
    fields = {
        field_column(name, catalogue.categories[category].fields[name].type)
        for category, names in read.fields.items()
        for name in names
    }
    counts = records.last_day_repaired >= read.as_of
    if read.firsts:
        counts = counts | records.category.isin(sorted(read.firsts))
    chosen = records.filter(records.category.isin(sorted(read.fields)), counts)
    return chosen.select("subject", "category", *_COMMON[1:], *sorted(fields))


def batch_of(
    subjects: pa.Table,
    records: Iterable[pa.RecordBatch],
    members: tuple[Array, Array] | None,
    catalogue: Catalogue,
    read: ColumnsRead,
) -> Batch:
    """Subjects in the order of their ids; records have the ordinal of theirs as `owner`."""
    types = {name: catalogue.attributes[name].field.type for name in read.attributes}
    attributes = {name: column_of(subjects[attribute_column(name)], kind) for name, kind in types.items()}
    fields = {
        category: {name: catalogue.categories[category].fields[name].type for name in sorted(names)}
        for category, names in read.fields.items()
    }
    return Batch(
        _in_one(subjects["subject"]),
        column_of(subjects["kind"], "text"),
        column_of(subjects["models"], "text"),
        column_of(subjects["member_count"], "integer").values,
        attributes,
        _by_category(records, fields),
        members,
    )


def column_of(column: pa.ChunkedArray | pa.Array, kind: str) -> ArrayColumn:
    """A column of a type of the catalogue."""
    if kind == "text":
        return _texts(column)
    whole = _in_one(column)
    there = None if not whole.null_count else whole.is_valid().to_numpy(zero_copy_only=False)
    plain = whole if there is None else whole.fill_null(False if kind == "boolean" else 0)
    values = plain.to_numpy(zero_copy_only=False)
    return ArrayColumn(values if kind == "boolean" else values.astype(np.int64, copy=False), there)


def _texts(column: pa.ChunkedArray | pa.Array) -> ArrayColumn:
    coded = _in_one(column).dictionary_encode()
    return ArrayColumn(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), None, tuple(coded.dictionary.to_pylist()))


def _in_one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _by_category(batches: Iterable[pa.RecordBatch], fields: Mapping[str, Types]) -> dict[str, RecordArrays]:
    pieces: dict[str, list[pa.RecordBatch]] = {}
    for batch in batches:
        for name, piece in _pieces(batch, fields):
            pieces.setdefault(name, []).append(piece)
    return {name: _arrays(pieces.pop(name), fields[name]) for name in list(pieces)}


Types = Mapping[str, FieldType]
"""Fields with their types."""

_COMMON = ("owner", "id", "date", "last_day", "last_day_repaired", "source")


def _pieces(batch: pa.RecordBatch, fields: Mapping[str, Types]) -> Iterable[tuple[str, pa.RecordBatch]]:
    """The rows of each category, with its own fields."""
    coded = column_of(batch.column("category"), "text")
    order = np.argsort(coded.values.astype(np.int16 if len(coded.words or ()) < 2**15 else np.int32), kind="stable")
    end = 0
    for name, count in zip(
        coded.words or (), np.bincount(coded.values, minlength=len(coded.words or ())).tolist(), strict=True
    ):
        start, end = end, end + count
        own = dict.fromkeys(field_column(field, kind) for field, kind in fields[name].items())
        yield name, batch.select([*_COMMON, *own]).take(pa.array(order[start:end]))


def _arrays(pieces: Sequence[pa.RecordBatch], fields: Types) -> RecordArrays:
    table = pa.Table.from_batches(pieces)
    owner = table["owner"].to_numpy()
    if len(owner) > 1 and (owner[1:] < owner[:-1]).any():
        order = np.argsort(owner, kind="stable")
        table, owner = table.take(pa.array(order)), owner[order]
    ids = table["id"]

    def ids_of(rows: Array) -> list[str]:
        return ids.take(pa.array(rows)).to_pylist()

    def day(name: str) -> Any:
        return column_of(table[name], "date").values

    columns = {name: column_of(table[field_column(name, kind)], kind) for name, kind in fields.items()}
    return RecordArrays(
        owner, day("date"), day("last_day"), day("last_day_repaired"), columns, column_of(table["source"], "text"), ids_of
    )
