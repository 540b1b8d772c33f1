"""The table of results as text files: CSV for people, JSON lines for programs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path as File

import ibis
import sqlglot
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table

from engine.rendering.spreadsheet_cells import safe_column

UTF_8, UTF_8_MARKED = "utf-8", "utf-8-sig"


def write_csv(files: Sequence[File], target: File, encoding: str) -> None:
    """DuckDB writes UTF-8; the mark of one stands before the first heading."""
    connection = ibis.duckdb.connect()
    table = _table(files, connection)
    columns = {name: _written(table[name]) for name in table.columns}
    if encoding == UTF_8_MARKED:
        columns = {"\ufeff" * (not index) + name: column for index, (name, column) in enumerate(columns.items())}
    first = target if encoding in (UTF_8, UTF_8_MARKED) else target.with_name("utf-8.csv")
    connection.to_csv(table.select(**columns), first, header=True)
    connection.disconnect()
    if first != target:
        with first.open(encoding="utf-8", newline="") as source, target.open("w", encoding=encoding, newline="") as sink:
            shutil.copyfileobj(source, sink)


def write_json_lines(files: Sequence[File], target: File) -> None:
    """Scores are texts, so that no reader rounds them."""
    connection = ibis.duckdb.connect()
    table = _table(files, connection)
    lines = connection.compile(table.mutate(score=table.score.cast("string")))
    connection.raw_sql(f"COPY ({lines}) TO {sqlglot.exp.Literal.string(str(target)).sql()} (FORMAT JSON, ARRAY false)")
    connection.disconnect()


def files_of(table: File) -> str:
    """A file as DuckDB is to be asked for it; Spark writes a folder of them."""
    return f"{table}/*.parquet" if table.is_dir() else str(table)


def _table(files: Sequence[File], connection: Connection) -> Table:
    return connection.read_parquet([files_of(file) for file in files])


def _written(column: Column) -> Column:
    """As text files have it: lists with spaces between, numbers shortest, no formulas."""
    kind = column.type()
    if kind.is_array():
        return safe_column(column.join(" "))
    if kind.is_string():
        return safe_column(column)
    return column.cast("string").re_replace(r"\.0$", "") if kind.is_floating() else column
