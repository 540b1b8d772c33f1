"""What the catalogue says of a whole column of Arrow's: its type, which cells are there, whether all of these are allowed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from engine.model.catalogue import NUMERIC, Field
from engine.model.number import LIMIT, ONE
from engine.reading.tables.casts import UNSEEN

if TYPE_CHECKING:
    from engine.model.batch import Array

EPOCH = date(1970, 1, 1).toordinal()
LAST = date.max.toordinal() - EPOCH


def holds(type_: pa.DataType, kind: str) -> bool:
    match kind:
        case "number":
            return bool(pa.types.is_float64(type_) or pa.types.is_integer(type_))
        case "boolean":
            return bool(pa.types.is_boolean(type_))
        case "date":
            return bool(pa.types.is_date32(type_))
        case _:
            return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_dictionary(type_))


def kind_of(field: Field) -> str:
    return "number" if field.type in NUMERIC else field.type


def is_there(column: Any) -> Array:
    """Which cells are not empty; a number that is none is an empty cell of a data frame."""
    has = column.is_valid()
    if pa.types.is_floating(column.type):
        has = pc.and_(has, pc.invert(pc.is_nan(column)).fill_null(False))
    return has.to_numpy(zero_copy_only=False)


def days_of(column: Any) -> Array:
    """Days since 1970; of no day, one before the calendar."""
    return column.cast(pa.int32()).fill_null(-EPOCH).to_numpy(zero_copy_only=False)


def allows(field: Field, column: Any, there: Array) -> bool:
    """Whether a field allows all values of a column, where they are there."""
    if field.type == "text":
        words = column.drop_null().unique().cast(pa.string())
        if field.one_of:
            return set(words.to_pylist()) <= set(field.one_of)
        return not pc.any(pc.match_substring_regex(words, UNSEEN)).as_py()
    if field.type == "boolean":
        return True
    values = column if there.all() else column.filter(pa.array(there))
    if field.type == "date":
        days = days_of(values)
        return bool(((days > -EPOCH) & (days <= LAST)).all())
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
