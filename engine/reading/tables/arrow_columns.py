"""Typed columns of Arrow as arrays; it needs no database, so that it can be done where Spark's rows are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from engine.model.batch import ArrayColumn, ColumnsRead, RecordArrays
from engine.model.catalogue import Catalogue, FieldType
from engine.model.table import field_column

if TYPE_CHECKING:
    from engine.model.batch import Array

Types = Mapping[str, FieldType]
"""Fields with their types."""

COMMON = ("owner", "id", "date", "last_day", "last_day_repaired", "source")

GUEST = "guest"
"""The column that says of subjects whether they are here only because others read their results."""


def types_of(catalogue: Catalogue, read: ColumnsRead) -> dict[str, Types]:
    """The fields that are read of each category."""
    return {
        category: {name: catalogue.categories[category].fields[name].type for name in sorted(names)}
        for category, names in read.fields.items()
    }


def column_of(column: pa.ChunkedArray | pa.Array, kind: str) -> ArrayColumn:
    """A column of a type of the catalogue."""
    if kind == "text":
        return _texts(column)
    whole = in_one(column)
    if kind == "boolean":
        return ArrayColumn(whole.fill_null(False).to_numpy(zero_copy_only=False), there_in(whole))
    return ArrayColumn(filled(whole).astype(np.int64, copy=False), there_in(whole))


def _texts(column: pa.ChunkedArray | pa.Array) -> ArrayColumn:
    coded = in_one(column).dictionary_encode()
    return ArrayColumn(coded.indices.fill_null(-1).to_numpy(zero_copy_only=False), None, tuple(coded.dictionary.to_pylist()))


def in_one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def by_category(batches: Iterable[pa.RecordBatch], fields: Mapping[str, Types]) -> dict[str, RecordArrays]:
    """Typed rows of records, with the ordinal of each one's subject as `owner`, apart by category; `fields` are those read of each."""
    pieces: dict[str, list[pa.RecordBatch]] = {}
    for batch in batches:
        for name, piece in _pieces(batch, fields):
            pieces.setdefault(name, []).append(piece)
    return {name: _arrays(pieces.pop(name), fields[name]) for name in list(pieces)}


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
        yield name, batch.select([*COMMON, *own]).take(pa.array(order[start:end]))


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


def there_in(column: pa.Array) -> Array | None:
    return None if not column.null_count else column.is_valid().to_numpy(zero_copy_only=False)


def filled(column: pa.Array) -> Array:
    return (column.fill_null(0) if column.null_count else column).to_numpy(zero_copy_only=False)
