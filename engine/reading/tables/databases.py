"""Databases that are handed in as files: their tables are copied out by a connection that can do nothing else.

A view, a virtual table or an extension is a program of whoever made the file, and may read whatever this machine holds.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path as File
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.problem import InputError, Problem
from engine.reading.tables.staging import stage_files

BATCH = 50_000

_CLOSED = {
    "enable_external_access": "false", "autoload_known_extensions": "false", "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false", "lock_configuration": "true",
}  # fmt: skip


def copy_duckdb(path: File, names: Sequence[str], workspace: File) -> dict[str, File]:
    """The tables of those names that there are, each as a Parquet file with `_row`; InputError for a view."""
    link = stage_files(path, workspace, ".duckdb")
    log = path.with_name(f"{path.name}.wal")
    if log.exists():  # what was written last is there alone
        shutil.copyfile(log, link.with_name(f"{link.name}.wal"))
    copies = {}
    with duckdb.connect(str(link), read_only=True, config=dict(_CLOSED)) as database:
        kinds = dict(
            database.execute(
                "select table_name, table_type from information_schema.tables"
                " where table_schema = 'main' and table_catalog = current_database()"
            ).fetchall()
        )
        for name in names:
            if kinds.get(name) == "BASE TABLE":
                copies[name] = workspace / f"{name}.parquet"
                rows = database.table(f"main.{name}").project("rowid + 1 as _row, *")
                _write(rows.fetch_arrow_reader(BATCH), copies[name])
            elif name in kinds:
                raise InputError([Problem("view_refused", (name,), {"file": str(path), "table": name})])
    return copies


def _write(batches: pa.RecordBatchReader, target: File) -> None:
    with pq.ParquetWriter(target, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def copy_sqlite(path: File, names: Sequence[str], workspace: File) -> dict[str, File]:
    """The same of a SQLite file, all cells as texts; beside a column `_type_COLUMN` where cells of it are none."""
    copies = {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        database.execute("pragma trusted_schema = off")
        database.execute("pragma query_only = on")
        listed = database.execute("select lower(name), type, sql from sqlite_master where type in ('table', 'view')")
        kinds = {name: (kind, str(sql or "")) for name, kind, sql in listed}
        for name in names:
            if name not in kinds:
                continue
            kind, statement = kinds[name]
            if kind == "view" or statement.lstrip().lower().startswith("create virtual"):
                raise InputError([Problem("view_refused", (name,), {"file": str(path), "table": name})])
            copies[name] = workspace / f"{name}.parquet"
            _copy(database.execute(f"select * from {name}"), copies[name])  # noqa: S608 (one of three fixed names)
    return copies


def _copy(cursor: sqlite3.Cursor, target: File) -> None:
    """SQLite types cells, not columns, so all are carried as texts, and what they were is told beside them."""
    names = [column[0] for column in cursor.description]
    kinds = [f"_type_{name}" for name in names]
    schema = pa.schema([("_row", pa.int64()), *((name, pa.string()) for name in (*names, *kinds))])
    row = 1
    with pq.ParquetWriter(target, schema) as writer:
        for rows in _batches(cursor):
            columns = list(zip(*rows, strict=True))
            cells = [pa.array(list(map(_written, column)), pa.string()) for column in columns]
            types = [pa.array(list(map(_type, column)), pa.string()) for column in columns]
            numbers = pa.array(range(row, row + len(rows)), pa.int64())
            writer.write_table(pa.Table.from_arrays([numbers, *cells, *types], schema=schema))
            row += len(rows)


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _written(cell: object) -> str | None:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return None if cell is None else cell.hex() if isinstance(cell, bytes) else str(cell)


def _type(cell: object) -> str | None:
    return None if cell is None or isinstance(cell, str) else "binary" if isinstance(cell, bytes) else "number"
