"""Typed tables as arrays: whole subjects, and their records apart by category, each with its own fields alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, assert_never

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table
from msgspec import Struct

from engine.model.batch import ArrayColumn, Batch, ColumnsRead, RecordArrays
from engine.model.catalogue import Catalogue, FieldType
from engine.model.number import ONE
from engine.model.table import Tables, attribute_column, field_column
from engine.reading.tables.arrow_columns import (
    COMMON,
    GUEST,
    Types,
    by_category,
    column_of,
    filled,
    in_one,
    there_in,
    types_of,
)
from engine.reading.tables.records_apart import OWNER, RecordsApart, last_days

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are taken apart at once."""

_EPOCH = date(1970, 1, 1).toordinal()


def read_batch(tables: Tables, catalogue: Catalogue, read: ColumnsRead, apart: RecordsApart | None = None) -> Batch:
    """All subjects of tables on DuckDB, with what is read of them and of their records.

    Subjects with a true cell in the column GUEST, where there is one, are guests. `apart` are the rows of these and of
    others where they have been taken apart before.
    """
    subjects = _subjects(tables, catalogue, read, apart)
    ids = subjects.ids
    owners = ibis.memtable(pa.table({"subject": ids, "owner": np.arange(len(ids))}))
    fields = types_of(catalogue, read)
    if apart is not None and apart.is_typed:
        places = np.arange(len(ids)) if apart.ids.equals(ids) else _places(apart.ids, ids)
        records = {name: _of_pieces(apart.pieces[name], own, places) for name, own in fields.items() if name in apart.pieces}
    else:
        joined = records_read(tables.records, catalogue, read).inner_join(owners, "subject").drop("subject")
        records = by_category(joined.to_pyarrow_batches(chunk_size=ROWS), fields)
    return Batch(
        ids, subjects.kinds, subjects.models, subjects.member_count, subjects.attributes, records, _members(tables, owners),
        subjects.guests,
    )  # fmt: skip


class _Subjects(Struct, frozen=True):
    """What a batch has of subjects alone."""

    ids: pa.StringArray
    kinds: ArrayColumn
    models: ArrayColumn
    member_count: Array
    attributes: dict[str, ArrayColumn]
    guests: Array | None = None


def _subjects(tables: Tables, catalogue: Catalogue, read: ColumnsRead, apart: RecordsApart | None) -> _Subjects:
    types = {name: catalogue.attributes[name].field.type for name in sorted(read.attributes)}
    if apart is not None and apart.subjects is not None and apart.has_attributes:
        ids = in_one(tables.subjects.select("subject").order_by("subject").to_pyarrow()["subject"])
        every = apart.subjects.subjects
        rows = every.take(pc.index_in(ids, in_one(every["id"])))
        attributes = {name: raw_column(rows, name, kind) for name, kind in types.items()}
        return _Subjects(
            ids, raw_column(rows, "kind", "text"), raw_column(rows, "models", "text"), _members_of(tables, ids), attributes
        )
    table = subjects_read(tables.subjects, read).order_by("subject").to_pyarrow()
    return _Subjects(
        in_one(table["subject"]),
        column_of(table["kind"], "text"),
        column_of(table["models"], "text"),
        column_of(table["member_count"], "integer").values,
        {name: column_of(table[attribute_column(name)], kind) for name, kind in types.items()},
        column_of(table[GUEST], "boolean").values if GUEST in table.column_names else None,
    )


def _members_of(tables: Tables, ids: pa.StringArray) -> Array:
    """How many members each subject has."""
    counts = np.zeros(len(ids), np.int64)
    if tables.members is not None:
        rows = tables.members.group_by("subject").aggregate(count=tables.members.count()).to_pyarrow()
        places = _places(in_one(rows["subject"]), ids)
        counts[places[places >= 0]] = rows["count"].to_numpy()[places >= 0]
    return counts


def kinds_and_models(tables: Tables) -> tuple[ArrayColumn, ArrayColumn, Array]:
    """Every kind with the models that subjects of it name, and how many do."""
    rows = tables.subjects.group_by("kind", "models").aggregate(size=tables.subjects.count()).to_pyarrow()
    return column_of(rows["kind"], "text"), column_of(rows["models"], "text"), rows["size"].to_numpy()


def _members(tables: Tables, owners: Table) -> tuple[Array, Array] | None:
    """Pairs of ordinals."""
    if tables.members is None:
        return None
    pairs = tables.members.inner_join(owners, "subject").select("owner", subject="member")
    pairs = pairs.inner_join(owners.rename({"place": "owner"}), "subject").select("owner", "place").to_pyarrow()
    return pairs["owner"].to_numpy(), pairs["place"].to_numpy()


def subjects_read(subjects: Table, read: ColumnsRead) -> Table:
    """Subjects with the columns that are read, and GUEST where it is there."""
    attributes = [attribute_column(name) for name in sorted(read.attributes)]
    guest = [GUEST] if GUEST in subjects.columns else []
    return subjects.select("subject", "kind", "models", "member_count", *attributes, *guest)


def records_read(records: Table, catalogue: Catalogue, read: ColumnsRead) -> Table:
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
    return chosen.select("subject", "category", *COMMON[1:], *sorted(fields))


def _places(ids: pa.Array, among: pa.Array) -> Array:
    """Where ids stand among others, -1 of those that do not."""
    return pc.index_in(ids, among).fill_null(-1).to_numpy(zero_copy_only=False)


def _of_pieces(pieces: Sequence[pa.RecordBatch], fields: Types, places: Array) -> RecordArrays:
    """Raw records of a category, those of the subjects that are there; `places` are those of the owners now."""
    table = pa.Table.from_batches(pieces)
    owner = places[table[OWNER].to_numpy()]
    if (owner < 0).any():
        rows = np.flatnonzero(owner >= 0)
        table, owner = table.take(pa.array(rows)), owner[rows]
    if (owner[1:] < owner[:-1]).any():
        order = np.argsort(owner, kind="stable")
        table, owner = table.take(pa.array(order)), owner[order]
    table = table.combine_chunks()
    last_day, last_day_repaired = last_days(table)
    columns = {name: raw_column(table, name, kind) for name, kind in fields.items()}
    ids_of = table["id"]
    return RecordArrays(
        owner.astype(np.int64), raw_column(table, "date", "date").values, last_day, last_day_repaired, columns,
        raw_column(table, "source", "text"), lambda rows: ids_of.take(pa.array(rows)).to_pylist(),
    )  # fmt: skip


def raw_column(table: pa.Table, name: str, kind: FieldType) -> ArrayColumn:
    """A column as a database has it, as counts of 0.0001, ordinals and texts."""
    if name not in table.column_names:
        size = len(table)
        return (
            ArrayColumn(np.full(size, -1), None, ())
            if kind == "text"
            else ArrayColumn(np.zeros(size, np.int64 if kind != "boolean" else bool), np.zeros(size, bool))
        )
    column = in_one(table[name])
    if kind == "date":
        column = column.cast(pa.int32())
    elif pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    raw = column_of(column, kind) if kind in ("text", "boolean") else ArrayColumn(filled(column), there_in(column))
    match kind:
        case "number" | "integer":
            counts = (
                np.rint(raw.values * ONE).astype(np.int64)
                if raw.values.dtype.kind == "f"
                else raw.values.astype(np.int64) * ONE
            )
            return ArrayColumn(counts, raw.there)
        case "date":
            return ArrayColumn(raw.values.astype(np.int64) + _EPOCH, raw.there)
        case "text" | "boolean":
            return raw
        case never:
            assert_never(never)
