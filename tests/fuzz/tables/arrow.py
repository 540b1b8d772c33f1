"""Rows to Arrow tables whose columns have one of the types in which programs keep such values, and to Parquet files."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.fuzz.tables.population import Row
from tests.fuzz.tables.text_files import NEEDED, cell

WHOLE = (
    ("uint8", 0, 2**8),
    ("int8", -(2**7), 2**7),
    ("int16", -(2**15), 2**15),
    ("int32", -(2**31), 2**31),
    ("uint64", 0, 2**63),
    ("int64", -(2**63), 2**63),
)
TEXTS = (pa.string(), pa.string(), pa.string(), pa.large_string(), pa.string_view(), None)
STAMPS = ("s", "ms", "us", "ns")
NESTED = {
    "subjects": ("attributes", ("id", "kind", "model", "name")),
    "records": ("fields", ("subject", "id", "category", "date", "until", "status", "repaired_on", "source")),
}


def arrow(dice: Random, name: str, rows: list[Row], types: dict[str, str]) -> pa.Table:
    """A table, its fields now and then in a column of JSON or a struct."""
    columns = list(rows[0]) if rows else list(NEEDED[name])
    nested = dice.random() < 0.15 and name in NESTED and len(rows) > 0
    arrays: dict[str, pa.Array] = {}
    inside: dict[str, list[Any]] = {}
    for key in columns:
        values = [row[key] for row in rows]
        if nested and key not in NESTED[name][1]:
            inside[key] = values
        else:
            arrays[key] = column(dice, values, types.get(key, "text"), name == "subjects" and key == "model")
    if inside:
        arrays[NESTED[name][0]] = _nested(dice, inside, types)
    return pa.table(arrays)


def _nested(dice: Random, inside: dict[str, list[Any]], types: dict[str, str]) -> pa.Array:
    if dice.random() < 0.5:
        rows = [
            {key: value for key, value in zip(inside, row, strict=True) if value is not None}
            for row in zip(*inside.values(), strict=True)
        ]
        return pa.array([json.dumps(row, ensure_ascii=False) if row else None for row in rows], pa.string())
    parts = {key: column(dice, values, types.get(key, "text")) for key, values in inside.items()}
    parts = {key: part.dictionary_decode() if pa.types.is_dictionary(part.type) else part for key, part in parts.items()}
    return pa.StructArray.from_arrays(list(parts.values()), names=list(parts))


def column(dice: Random, values: list[Any], kind: str, models: bool = False) -> pa.Array:
    """The values in one of the types that hold all of them exactly."""
    present = [value for value in values if value is not None]
    if models:
        if dice.random() < 0.4:
            return pa.array(
                [value if value is None or isinstance(value, list) else [value] for value in values], pa.list_(pa.string())
            )
    elif kind == "number" and all(isinstance(value, (int, float)) for value in present):
        return _numbers(dice, values, present)
    elif kind == "boolean" and all(isinstance(value, bool) for value in present):
        chosen = dice.choice((pa.bool_(), pa.bool_(), pa.int8(), pa.int64()))
        return (
            pa.array(values, pa.bool_())
            if chosen == pa.bool_()
            else pa.array([None if v is None else int(v) for v in values], chosen)
        )
    elif kind == "date" and all(map(_is_day, present)) and dice.random() < 0.7:
        return _days(dice, values)
    return _texts(dice, [None if value is None else cell(dice, value, kind) for value in values])


def _texts(dice: Random, values: list[str | None]) -> pa.Array:
    chosen = dice.choice(TEXTS)
    return pa.array(values, pa.string()).dictionary_encode() if chosen is None else pa.array(values, chosen)


def _numbers(dice: Random, values: list[Any], present: list[Any]) -> pa.Array:
    exact = [Decimal(repr(value)) for value in present]
    options: list[pa.DataType] = [pa.string(), pa.decimal128(38, 8), pa.decimal128(30, 5), pa.float64(), pa.float64()]
    if all(value == int(value) for value in present):
        options += [pa.type_for_alias(name) for name, low, high in WHOLE if all(low <= value < high for value in present)]
    chosen = dice.choice(options)
    if chosen == pa.string():
        return pa.array([None if value is None else format(Decimal(repr(value)), "f") for value in values])
    if pa.types.is_decimal(chosen):
        if any(number != round(number, chosen.scale) for number in exact):
            chosen = pa.decimal128(38, 8)
        return pa.array([None if value is None else Decimal(repr(value)) for value in values], chosen)
    if pa.types.is_integer(chosen):
        return pa.array([None if value is None else int(value) for value in values], chosen)
    return pa.array([None if value is None else float(value) for value in values], chosen)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _days(dice: Random, values: list[Any]) -> pa.Array:
    days = [None if value is None else date.fromisoformat(value) for value in values]
    near = all(day is None or 1700 < day.year < 2200 for day in days)
    match dice.randrange(4):
        case 0:
            return pa.array(days, pa.date64())
        case 1:
            unit = dice.choice(STAMPS if near else STAMPS[:3])
            return pa.array(
                [None if day is None else datetime(day.year, day.month, day.day) for day in days], pa.timestamp(unit)
            )
        case _:
            return pa.array(days, pa.date32())


def parquet(dice: Random, folder: Path, tables: dict[str, list[Row]], types: dict[str, dict[str, str]]) -> Path:
    """Each table as NAME.parquet, or in several files of a folder NAME."""
    folder.mkdir()
    for name, rows in tables.items():
        if name == "members" and not rows:
            continue
        table = arrow(dice, name, rows, types[name])
        if len(rows) > 3 and dice.random() < 0.2 and not _has_views(table):
            (folder / name).mkdir()
            half = len(rows) // 2
            _write(dice, table.slice(0, half), folder / name / "0.parquet")
            _write(dice, table.slice(half), folder / name / "1.parquet")
        else:
            _write(dice, table, folder / f"{name}.parquet")
    return folder


def _has_views(table: pa.Table) -> bool:
    """Whether it has texts as views, anywhere, which Arrow does not write in parts."""
    return "string_view" in str(table.schema)


def _write(dice: Random, table: pa.Table, file: Path) -> None:
    pq.write_table(
        table, file, compression=dice.choice(("snappy", "zstd", "gzip", "none")), use_dictionary=dice.random() < 0.5,
        row_group_size=1000 if _has_views(table) else dice.choice((2, 1000)), data_page_version=dice.choice(("1.0", "2.0")),
        version=dice.choice(("1.0", "2.4", "2.6")), store_schema=dice.random() < 0.7,
    )  # fmt: skip
