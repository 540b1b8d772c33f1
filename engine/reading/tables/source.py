"""Tables from where they are kept: a folder of Parquet or CSV files, a DuckDB or SQLite file, a workbook."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as File
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from engine.model.problem import InputError, Problem
from engine.reading.inputs import CSV, DATABASES, PARQUET, WORKBOOK
from engine.reading.tables.contract import NEEDED, Raw, Reject
from engine.reading.tables.csv_files import read_csv_files

Table = Any
Connection = Any

TABLES = ("subjects", "records", "members")
BATCH = 50_000


def open_tables(path: File, connection: Connection, workspace: File) -> Raw:
    """The raw tables of an input on a DuckDB connection; what must be converted first is kept in the workspace folder."""
    if not path.exists():
        raise InputError([Problem("file_missing", values={"file": str(path)})])
    try:
        if path.is_dir():
            return _of_folder(path, connection)
        with path.open("rb") as opened:
            head = opened.read(16)
        if head.startswith(b"SQLite format 3"):
            return _of_sqlite(path, connection, workspace)
        if head[8:12] == b"DUCK":
            return _of_duckdb(path, connection)
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except (duckdb.Error, sqlite3.Error, EOFError, OSError) as error:
        raise InputError([Problem("table_broken", values={"file": str(path), "why": first_line(error)})]) from error
    if path.name.lower().endswith((*PARQUET, *CSV)):
        raise InputError([Problem("table_missing", values={"file": str(path), "table": "records"})])
    if path.suffix.lower() in DATABASES:
        raise InputError([Problem("table_broken", values={"file": str(path), "why": "neither DuckDB nor SQLite"})])
    raise InputError([Problem("input_kind", values={"file": str(path), "known": [*DATABASES, WORKBOOK]})])


def first_line(error: Exception) -> str:
    """What an error of a database says in its first line, without its class."""
    text = str(error).strip().split("\n")[0]
    return re.sub(r"^[A-Z][\w ]* Error: ", "", text)


def open_results(path: File, connection: Connection) -> tuple[Table, int]:
    """An earlier table of results, and the day that it is as of, an ordinal."""
    if not path.exists():
        raise InputError([Problem("file_missing", values={"file": str(path)})])
    if path.suffix.lower() == ".duckdb":
        connection.attach(str(path), name="last", read_only=True)
        rows = connection.table("results", database="last.main")
    elif path.is_dir() or path.suffix.lower() in PARQUET:
        files = sorted(map(str, path.glob("*.parquet"))) if path.is_dir() else [str(path)]
        rows = connection.read_parquet(files, union_by_name=True)
    else:
        raise InputError([Problem("since_kind", values={"file": str(path)})])
    if not {"subject", "policy", "model", "digest", "as_of", "valid_until", "outcome"} <= set(rows.columns):
        raise InputError([Problem("since_kind", values={"file": str(path)})])
    day = rows.as_of.max().to_pyarrow().as_py()
    return rows, day.toordinal() if day else 0


def of_texts(tables: Mapping[str, list[dict[str, Any]]], file: str, connection: Connection) -> Raw:
    """Tables whose cells are all texts (a workbook's), each row with its `_file` and its number `_row`."""
    found = {name: _texts(NEEDED[name], rows, file, connection) for name, rows in tables.items() if rows or name != "members"}
    return _assembled(File(file), found.get)


def _texts(needed: tuple[str, ...], rows: list[dict[str, Any]], file: str, connection: Connection) -> Table:
    columns = dict.fromkeys([*needed, *(key for row in rows for key in row)])
    kinds = {key: pa.int64() if key == "_row" else pa.string() for key in [*columns, "_file", "_row"]}
    table = {key: pa.array([row.get(key) for row in rows], kind) for key, kind in kinds.items()}
    return connection.create_table(ibis.util.gen_name("texts"), pa.table(table))


def _assembled(path: File, find: Callable[[str], Table | None]) -> Raw:
    subjects, records, members = (find(name) for name in TABLES)
    missing = [name for name, table in (("subjects", subjects), ("records", records)) if table is None]
    if missing:
        raise InputError([Problem("table_missing", (name,), {"file": str(path), "table": name}) for name in missing])
    return Raw(subjects, records, members)


def _of_folder(path: File, connection: Connection) -> Raw:
    """Each table is NAME.parquet or NAME.csv, or such files in a folder NAME."""
    broken: list[Reject] = []
    from_here = len(os.path.abspath(path))

    def find(name: str) -> Table | None:
        files = _files(path, name)
        if chosen := [str(one) for one in files if one.name.lower().endswith(PARQUET)]:
            table = _parquet(chosen, connection)
        elif chosen := [str(one) for one in files if one.name.lower().endswith(CSV)]:
            table, lines = read_csv_files(name, chosen, connection)
            broken.extend(replace(line, file=f"{path}{line.file[from_here:]}") for line in lines)
        else:
            return None
        return table.mutate(_file=ibis.literal(str(path)) + table._file.substr(from_here))

    return replace(_assembled(path, find), broken=tuple(broken))


def _files(path: File, name: str) -> list[File]:
    """The files of a table, without those that programs hide."""
    inside = sorted((path / name).rglob("*"))
    return [
        one
        for one in [*inside, *sorted(path.glob(f"{name}.*"))]
        if one.is_file() and not any(part.startswith((".", "_")) for part in one.relative_to(path).parts)
    ]


def _parquet(files: list[str], connection: Connection) -> Table:
    table = connection.read_parquet(
        files, filename="_file", file_row_number=True, union_by_name=True, binary_as_string=True, hive_partitioning=False
    )
    return table.mutate(_row=table.file_row_number + 1).drop("file_row_number")


def _of_duckdb(path: File, connection: Connection) -> Raw:
    connection.attach(str(path), name="input", read_only=True)
    listed = connection.table("tables", database=("system", "information_schema"))
    listed = listed.filter(listed.table_catalog == "input", listed.table_schema == "main").to_pyarrow().to_pylist()
    kinds = {one["table_name"]: one["table_type"] for one in listed}

    def find(name: str) -> Table | None:
        if name not in kinds:
            return None
        table = connection.table(name, database="input.main")
        number = ibis.row_number() if kinds[name] == "VIEW" else table.rowid()
        return table.mutate(_file=ibis.literal(f"{path}:{name}"), _row=number + 1)

    return _assembled(path, find)


def _of_sqlite(path: File, connection: Connection, workspace: File) -> Raw:
    """SQLite's tables copied to Parquet, with its own integers, reals and texts."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    there = {name for (name,) in database.execute("select name from sqlite_master where type in ('table', 'view')")}

    def find(name: str) -> Table | None:
        if name not in there:
            return None
        target = workspace / f"{name}.parquet"
        _copy(database.execute(f"select * from {name}"), target)  # noqa: S608 (one of three fixed names)
        table = _parquet([str(target)], connection)
        return table.mutate(_file=ibis.literal(f"{path}:{name}"))

    try:
        return _assembled(path, find)
    finally:
        database.close()


def _copy(cursor: sqlite3.Cursor, target: File) -> None:
    """SQLite types cells, not columns, so all are carried as texts."""
    names = [column[0] for column in cursor.description]
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(target, schema) as writer:
        for rows in _batches(cursor):
            columns = [[None if cell is None else _written(cell) for cell in column] for column in zip(*rows, strict=True)]
            writer.write_table(pa.table(dict(zip(names, columns, strict=True)), schema=schema))


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
