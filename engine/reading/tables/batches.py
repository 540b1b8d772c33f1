"""Typed tables as arrays: whole subjects, and their records apart by category, each with its own fields alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa

from engine.model.batch import ArrayColumn, Batch, RecordArrays
from engine.model.catalogue import Catalogue, Category
from engine.model.table import Tables, attribute_column, field_column

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are taken apart at once."""


def read_batch(tables: Tables, catalogue: Catalogue) -> Batch:
    """All subjects of tables on DuckDB."""
    subjects = tables.subjects.order_by("subject").to_pyarrow()
    ids = subjects["subject"].combine_chunks()
    places = pa.table({"subject": ids, "owner": np.arange(len(ids))})
    owners = ibis.memtable(places)
    records = tables.records.inner_join(owners, "subject").drop("subject")
    members = None
    if tables.members is not None:
        pairs = tables.members.inner_join(owners, "subject").select("owner", subject="member")
        pairs = pairs.inner_join(owners.rename({"place": "owner"}), "subject").select("owner", "place").to_pyarrow()
        members = (pairs["owner"].to_numpy(), pairs["place"].to_numpy())
    return batch_of(subjects, records.to_pyarrow_batches(chunk_size=ROWS), members, catalogue)


def batch_of(
    subjects: pa.Table, records: Iterable[pa.RecordBatch], members: tuple[Array, Array] | None, catalogue: Catalogue
) -> Batch:
    """Subjects in the order of their ids; records have the ordinal of theirs as `owner`."""
    attributes = {
        name: column_of(subjects[attribute_column(name)], attribute.field.type)
        for name, attribute in catalogue.attributes.items()
        if attribute_column(name) in subjects.column_names
    }
    return Batch(
        _in_one(subjects["subject"]),
        column_of(subjects["kind"], "text"),
        column_of(subjects["models"], "text"),
        column_of(subjects["member_count"], "integer").values,
        attributes,
        _by_category(records, catalogue.categories),
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


def _by_category(batches: Iterable[pa.RecordBatch], categories: Mapping[str, Category]) -> dict[str, RecordArrays]:
    pieces: dict[str, list[pa.RecordBatch]] = {}
    for batch in batches:
        for name, piece in _pieces(batch, categories):
            pieces.setdefault(name, []).append(piece)
    return {name: _arrays(pieces.pop(name), categories[name]) for name in list(pieces)}


_COMMON = ("owner", "id", "date", "last_day", "last_day_repaired", "source")


def _pieces(batch: pa.RecordBatch, categories: Mapping[str, Category]) -> Iterable[tuple[str, pa.RecordBatch]]:
    """The rows of each category, with its own fields."""
    coded = column_of(batch.column("category"), "text")
    order = np.argsort(coded.values.astype(np.int16 if len(coded.words or ()) < 2**15 else np.int32), kind="stable")
    counts = np.bincount(coded.values[coded.values >= 0], minlength=len(coded.words or ()))
    end = int((coded.values < 0).sum())
    for name, count in zip(coded.words or (), counts.tolist(), strict=True):
        start, end = end, end + count
        if name in categories:
            own = [field_column(field, kind.type) for field, kind in categories[name].fields.items()]
            columns = [column for column in (*_COMMON, *own) if column in batch.schema.names]
            yield name, batch.select(columns).take(pa.array(order[start:end]))


def _arrays(pieces: Sequence[pa.RecordBatch], category: Category) -> RecordArrays:
    table = pa.Table.from_batches(pieces)
    owner = table["owner"].to_numpy()
    if len(owner) > 1 and (owner[1:] < owner[:-1]).any():
        order = np.argsort(owner, kind="stable")
        table, owner = table.take(pa.array(order)), owner[order]
    ids = table["id"]

    def ids_of(rows: Array) -> list[str]:
        return ids.take(pa.array(rows)).to_pylist()

    def field(name: str, kind: str) -> ArrayColumn:
        return column_of(table[field_column(name, kind)], kind)

    def day(name: str) -> Any:
        return column_of(table[name], "date").values

    fields = {name: field(name, field_of.type) for name, field_of in category.fields.items()}
    return RecordArrays(
        owner, day("date"), day("last_day"), day("last_day_repaired"), fields, column_of(table["source"], "text"), ids_of
    )
