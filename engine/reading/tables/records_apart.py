"""Raw records taken apart by category in one pass: what is read of them, and which categories may have a wrong one.

It calls nothing sound that the row by row tests refuse. Columns that are not typed as a database types them (texts for
numbers or days, as in CSV) it does not tell of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from engine.model.batch import ColumnsRead
from engine.model.catalogue import NUMERIC, PREVIOUS, SOURCE_FIELD, Category, Field
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER
from engine.model.subject import STATUSES
from engine.reading.tables.casts import UNSEEN, text
from engine.reading.tables.columns import DAYS, NESTED, RAW, TYPE
from engine.reading.tables.keys import WRONG
from engine.reading.tables.raw_tables import RECORD, WithheldSubject

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are looked at at once."""

OWNER = "_owner"
"""The column with the place of each record's subject; no field is called so."""

_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal() - _EPOCH


class RecordsApart(Struct):
    """`unsound` are the categories that may have a wrong record, None among them for records without a category.

    `pieces` are the rows of the categories that are read, with the columns that are, and as OWNER the place of their subject in `ids`;
    `is_typed` says whether all these columns have the types of their fields.
    """

    ids: pa.Array
    unsound: set[str | None]
    pieces: dict[str, list[pa.RecordBatch]]
    is_typed: bool = True


def take_apart(held: WithheldSubject, read: ColumnsRead | None) -> RecordsApart | None:
    """One pass over the records of DuckDB tables; None where nothing can be told.

    Where `read` is None, nothing is kept of them, and memory need not hold them.
    """
    rows = held.records
    if rows.get_backend().name != "duckdb" or not _is_plain(rows.schema().to_pyarrow()):
        return None
    fields = _field_names(held)
    columns = [name for name in rows.columns if name in fields or name in RECORD or name.startswith(WRONG)]
    subjects = held.subjects.select(subject=text(held.subjects.id)).filter(lambda row: row.subject.notnull())
    if read is None:
        apart, whose = RecordsApart(pa.array([], pa.string()), set(), {}), rows.select(*columns)
    else:
        ids = subjects.distinct().order_by("subject").to_pyarrow()["subject"].combine_chunks()
        owners = ibis.memtable(pa.table({"_id": ids, OWNER: np.arange(len(ids))}))
        apart = RecordsApart(ids, set(), {})
        whose = rows.select(*columns).left_join(owners, text(rows.subject) == owners["_id"]).drop("_id")
    for batch in whose.to_pyarrow_batches(chunk_size=ROWS):
        _take(batch, apart, held, read)
    return apart


def _take(batch: pa.RecordBatch, apart: RecordsApart, held: WithheldSubject, read: ColumnsRead | None) -> None:
    """Adds what a batch has of each category."""
    columns = {name: batch.column(name) for name in batch.schema.names}
    coded = columns["category"].dictionary_encode()
    names: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes, minlength=len(names) + 1)
    if counts[len(names)]:
        apart.unsound.add(None)
    sound = _sound_rows(columns)
    own = _field_names(held) & columns.keys()
    filled = {name: np.bincount(codes[_is_there(columns[name])], minlength=len(names) + 1) for name in own}
    order = np.argsort(codes.astype(np.int16 if len(names) < 2**15 else np.int32), kind="stable")
    ends = np.cumsum(counts)
    for code, name in enumerate(names):
        rows = order[ends[code] - counts[code] : ends[code]]
        category = held.catalogue.categories.get(name)
        if category is None:
            apart.unsound.add(name)
            continue
        others = (other for other, count in filled.items() if count[code] and other not in category.fields)
        piece = batch.select([*_common(columns), *(field for field in category.fields if field in columns)]).take(
            pa.array(rows)
        )
        if not sound[rows].all() or any(others) or not _is_sound(category, piece, held):
            apart.unsound.add(name)
        if read is not None and name in read.fields:
            _keep(piece, apart, category, read)


def _field_names(held: WithheldSubject) -> set[str]:
    return {name for category in held.catalogue.categories.values() for name in category.fields}


def _common(columns: Mapping[str, Any]) -> list[str]:
    return [name for name in (OWNER, *RECORD[1:]) if name in columns and name != "category"]


def _keep(piece: pa.RecordBatch, apart: RecordsApart, category: Category, read: ColumnsRead) -> None:
    """Of a category what is read of it: the rows of somebody that may count."""
    names = [name for name in sorted(read.fields[category.id]) if name in piece.schema.names]
    if not all(_holds(piece.column(name).type, _kind(category.fields[name])) for name in names):
        apart.is_typed = False
    rows = piece.column(OWNER).is_valid().to_numpy(zero_copy_only=False)
    if category.id not in read.firsts:
        rows &= last_days(piece)[1] >= read.as_of
    chosen = piece.select([*_common(dict.fromkeys(piece.schema.names)), *names])
    apart.pieces.setdefault(category.id, []).append(chosen if rows.all() else chosen.filter(pa.array(rows)))


def last_days(piece: Any) -> tuple[Array, Array]:
    """The last day on which each record can count, and the same for facts that include repaired ones; ordinals, 0 for a revoked one."""
    size = piece.num_rows
    until = repaired = np.full(size, NEVER - 1, np.int64)
    if "until" in piece.schema.names:
        until = _ordinals(piece.column("until"), NEVER - 1)
    if "repaired_on" in piece.schema.names:
        repaired = _ordinals(piece.column("repaired_on"), NEVER) - 1
    revoked = np.zeros(size, bool)
    if "status" in piece.schema.names:
        revoked = pc.equal(piece.column("status"), "revoked").fill_null(False).to_numpy(zero_copy_only=False)
    return np.where(revoked, 0, np.minimum(until, repaired)), np.where(revoked, 0, until)


def _ordinals(column: Any, missing: int) -> Array:
    days = column.cast(pa.int32()).fill_null(missing - _EPOCH).to_numpy(zero_copy_only=False)
    return days.astype(np.int64) + _EPOCH


def _is_plain(schema: pa.Schema) -> bool:
    """Whether what every record has is of its type, and no column says what the cells of another one were."""
    if any(name.startswith((RAW, TYPE, NESTED)) for name in schema.names):
        return False
    return all(_holds(column.type, "date" if column.name in DAYS else "text") for column in schema if column.name in RECORD)


def _holds(type_: pa.DataType, kind: str) -> bool:
    match kind:
        case "number":
            return bool(pa.types.is_float64(type_) or pa.types.is_integer(type_))
        case "boolean":
            return bool(pa.types.is_boolean(type_))
        case "date":
            return bool(pa.types.is_date32(type_))
        case _:
            return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_))


def _kind(field: Field) -> str:
    return "number" if field.type in NUMERIC else field.type


def _is_sound(category: Category, piece: pa.RecordBatch, held: WithheldSubject) -> bool:
    """Whether the records of a category have the fields that it asks for, and in them what it allows."""
    for name, field in category.fields.items():
        if name not in piece.schema.names:
            if not field.optional:
                return False
            continue
        column = piece.column(name)
        there = _is_there(column)
        if not field.optional and not there.all():
            return False
        if there.any() and not (_holds(column.type, _kind(field)) and _allows(field, column, there)):
            return False
    if category.derived and category.id != PREVIOUS and "policy" in piece.schema.names:
        return set(piece.column("policy").unique().to_pylist()).isdisjoint(held.policies)
    return True


def _is_there(column: Any) -> Array:
    """Which cells are not empty; a number that is none is an empty cell of a data frame."""
    has = column.is_valid()
    if pa.types.is_floating(column.type):
        has = pc.and_(has, pc.invert(pc.is_nan(column)).fill_null(False))
    return has.to_numpy(zero_copy_only=False)


def _sound_rows(columns: Mapping[str, Any]) -> Array:
    """Whether what every record has is there and right: who, id, day, status, source, last days."""
    size = len(columns["subject"])
    sound = np.ones(size, bool)
    for name in ("subject", "id"):
        sound &= _is_there(columns[name])
    day = _days(columns["date"])
    sound &= (day > -_EPOCH) & (day <= _LAST)
    repaired = np.zeros(size, bool)
    for name in ("until", "repaired_on"):
        if name in columns:
            has, other = _is_there(columns[name]), _days(columns[name])
            sound &= ~has | ((other >= day) & (other <= _LAST))
            repaired = has if name == "repaired_on" else repaired
    status = np.zeros(size, bool)
    if "status" in columns:
        words = columns["status"].fill_null("valid")
        sound &= pc.is_in(words, pa.array(STATUSES)).to_numpy(zero_copy_only=False)
        status = pc.equal(words, "repaired").to_numpy(zero_copy_only=False)
    if "source" in columns and not _allows(SOURCE_FIELD, columns["source"], np.ones(size, bool)):
        sound[:] = False
    for name, column in columns.items():
        if name.startswith(WRONG):
            sound &= ~column.to_numpy(zero_copy_only=False)
    return sound & (status == repaired)


def _days(column: Any) -> Array:
    """Days since 1970; of no day, one before the calendar."""
    return column.cast(pa.int32()).fill_null(-_EPOCH).to_numpy(zero_copy_only=False)


def _allows(field: Field, column: Any, there: Array) -> bool:
    """Whether a field allows all values of a column, where they are there."""
    if field.type == "text":
        words = column.dictionary_encode().dictionary
        if field.one_of:
            return set(words.to_pylist()) <= set(field.one_of)
        return not pc.any(pc.match_substring_regex(words, UNSEEN)).as_py()
    if field.type == "boolean":
        return True
    values = column if there.all() else column.filter(pa.array(there))
    if field.type == "date":
        days = _days(values)
        return bool(((days > -_EPOCH) & (days <= _LAST)).all())
    return _within(field, values)


def _within(field: Field, values: Any) -> bool:
    numbers = values.to_numpy(zero_copy_only=False)
    most = LIMIT // ONE
    if not ((numbers <= most) & (numbers >= -most)).all():
        return False
    if numbers.dtype.kind == "f":
        counts = np.rint(numbers * ONE).astype(np.int64)
        if not (counts / ONE == numbers).all():
            return False
    else:
        counts = numbers.astype(np.int64) * ONE
    if field.type == "integer" and (counts % ONE).any():
        return False
    low, high = field.at_least, field.at_most
    return not ((low is not None and (counts < low).any()) or (high is not None and (counts > high).any()))
