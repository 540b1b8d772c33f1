"""What a Parquet file says of itself, looked at before it is read: types that the database would read as something else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path as File

import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.problem import InputError, Problem

MOST_DIGITS = 38
"""So many digits does DuckDB keep of a decimal; of one that may have more it makes another number."""


def check_parquet(file: File) -> pa.Schema:
    """The columns of a file; InputError where it is no Parquet, or has one of a type that is not read exactly."""
    try:
        with file.open("rb") as opened:
            schema: pa.Schema = pq.ParquetFile(opened).schema_arrow
    except (pa.ArrowException, OSError) as error:
        values = {"file": str(file), "why": str(error).strip().split("\n")[0]}
        raise InputError([Problem("table_broken", values=values)]) from None
    wide = [(field.name, field.type) for field in schema if any(map(_is_wide, _inside(field.type)))]
    if wide:
        values_of = [{"file": str(file), "column": name, "type": str(kind)} for name, kind in wide]
        raise InputError([Problem("column_type", (values["column"],), values) for values in values_of])
    return schema


def empty_columns(files: Collection[File]) -> frozenset[str]:
    """The columns that hold nothing in any of some files, as these say themselves; nested ones are not looked into."""
    filled: set[str] = set()
    names: set[str] = set()
    for file in files:
        with file.open("rb") as opened:
            whole = pq.ParquetFile(opened)
            names.update(field.name for field in whole.schema_arrow if not field.type.num_fields)
            for group in map(whole.metadata.row_group, range(whole.metadata.num_row_groups)):
                columns = [group.column(number) for number in range(group.num_columns)]
                filled.update(
                    column.path_in_schema.split(".")[0] for column in columns if not _is_empty(column, group.num_rows)
                )
    return frozenset(names - filled)


def _is_empty(column: pq.ColumnChunkMetaData, rows: int) -> bool:
    counts = column.statistics
    return counts is not None and counts.has_null_count and counts.null_count == rows


def check_alike(schemas: Mapping[File, pa.Schema]) -> None:
    """InputError where a column is of bytes in some files of a table and not in others, which cannot be read as one."""
    other = {field.name for schema in schemas.values() for field in schema if not _is_bytes(field.type)}
    problems = [
        Problem("column_type", (field.name,), {"file": str(file), "column": field.name, "type": str(field.type)})
        for file, schema in schemas.items()
        for field in schema
        if _is_bytes(field.type) and field.name in other
    ]
    if problems:
        raise InputError(problems)


def check_pages(file: File) -> None:
    """InputError where what stands in a file is damaged, which only shows when all of it is read."""
    try:
        with file.open("rb") as opened:
            for _ in pq.ParquetFile(opened).iter_batches():
                pass
    except (pa.ArrowException, OSError, ValueError) as error:
        values = {"file": str(file), "why": str(error).strip().split("\n")[0]}
        raise InputError([Problem("table_broken", values=values)]) from None


def _is_wide(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind) and kind.precision > MOST_DIGITS)


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _inside(kind: pa.DataType) -> Iterator[pa.DataType]:
    """A type and those that it is made of."""
    yield kind
    if pa.types.is_dictionary(kind):
        yield from _inside(kind.value_type)
    for number in range(kind.num_fields):
        yield from _inside(kind.field(number).type)
