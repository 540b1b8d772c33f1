"""Which categories have only sound records, as far as one pass over arrays can tell; the rows of the others are judged one by one.

It calls nothing sound that the row by row tests refuse. Columns that are not typed as a database types them (texts for
numbers or days, as in CSV) it does not tell of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.model.catalogue import NUMERIC, PREVIOUS, SOURCE_FIELD, Category, Field
from engine.model.number import LIMIT, ONE
from engine.model.subject import STATUSES
from engine.reading.tables.casts import UNSEEN
from engine.reading.tables.columns import DAYS, NESTED, RAW, TYPE
from engine.reading.tables.keys import WRONG
from engine.reading.tables.raw_tables import RECORD, WithheldSubject

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are looked at at once."""

_EPOCH = date(1970, 1, 1).toordinal()
_LAST = date.max.toordinal() - _EPOCH


def unsound_categories(held: WithheldSubject) -> set[str | None] | None:
    """The categories of records that may be wrong, None among them for records without one; None where nothing can be told."""
    rows = held.records
    if rows.get_backend().name != "duckdb" or not _is_plain(rows.schema().to_pyarrow()):
        return None
    fields = {name for category in held.catalogue.categories.values() for name in category.fields}
    columns = [name for name in rows.columns if name in fields or name in RECORD or name.startswith(WRONG)]
    unsound: set[str | None] = set()
    for batch in rows.select(*columns).to_pyarrow_batches(chunk_size=ROWS):
        unsound |= set(_unsound(batch, held))
    return unsound


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


def _unsound(batch: pa.RecordBatch, held: WithheldSubject) -> Iterable[str | None]:
    """The categories of which a batch has a record that may be wrong."""
    columns = {name: batch.column(name) for name in batch.schema.names}
    coded = columns["category"].dictionary_encode()
    names: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes, minlength=len(names) + 1)
    if counts[len(names)]:
        yield None
    wrong = ~_sound_rows(columns)
    there = {name: _is_there(column) for name, column in columns.items() if name not in RECORD and not name.startswith(WRONG)}
    filled = {name: np.bincount(codes[has], minlength=len(names) + 1) for name, has in there.items()}
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(counts)
    for code, name in enumerate(names):
        category = held.catalogue.categories.get(name)
        rows = order[ends[code] - counts[code] : ends[code]]
        if category is None or wrong[rows].any() or not _is_sound(category, columns, rows, filled, code, held):
            yield name


def _is_sound(
    category: Category, columns: Mapping[str, Any], rows: Array, filled: Mapping[str, Array], code: int, held: WithheldSubject
) -> bool:
    """Whether the records of a category have the fields that it asks for, no others, and in them what it allows."""
    for name, counts in filled.items():
        if name not in category.fields and counts[code]:
            return False
    for name, field in category.fields.items():
        if name not in columns:
            if not field.optional:
                return False
            continue
        if not field.optional and filled[name][code] < len(rows):
            return False
        if not filled[name][code]:
            continue
        kind = "number" if field.type in NUMERIC else field.type
        if not (_holds(columns[name].type, kind) and _allows(field, columns[name].take(pa.array(rows)))):
            return False
    if category.derived and category.id != PREVIOUS and "policy" in columns:
        delivered = set(columns["policy"].take(pa.array(rows)).unique().to_pylist())
        return delivered.isdisjoint(held.policies)
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
    if "source" in columns and not _allows(SOURCE_FIELD, columns["source"]):
        sound[:] = False
    for name, column in columns.items():
        if name.startswith(WRONG):
            sound &= ~column.to_numpy(zero_copy_only=False)
    return sound & (status == repaired)


def _days(column: Any) -> Array:
    """Days since 1970; of no day, one before the calendar."""
    return column.cast(pa.int32()).fill_null(-_EPOCH).to_numpy(zero_copy_only=False)


def _allows(field: Field, column: Any) -> bool:
    """Whether a field allows all values of a column; those that are not there it is not asked of."""
    if field.type == "text":
        words = column.dictionary_encode().dictionary
        if field.one_of:
            return set(words.to_pylist()) <= set(field.one_of)
        return not pc.any(pc.match_substring_regex(words, UNSEEN)).as_py()
    if field.type == "boolean":
        return True
    values = column.filter(pa.array(_is_there(column)))
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
