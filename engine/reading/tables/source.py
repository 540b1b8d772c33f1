"""Tables from where they are kept: a folder of Parquet or CSV files, a DuckDB or SQLite file, a workbook."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path as File
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec.structs import replace

from engine.model.problem import InputError, Problem
from engine.reading.inputs import CSV, DATABASES, PARQUET, WORKBOOK
from engine.reading.tables.csv_files import CsvFile, read_csv_files
from engine.reading.tables.databases import copy_duckdb, copy_sqlite
from engine.reading.tables.folder import choose_files
from engine.reading.tables.parquet_files import check_alike, check_pages, check_parquet, empty_columns
from engine.reading.tables.parquet_scan import ParquetScan, scan_of
from engine.reading.tables.raw_tables import NEEDED, RawTables, RejectedRow
from engine.reading.tables.staging import stage_files, table_name

TABLES = ("subjects", "records", "members")


def open_tables(path: File, connection: Connection, workspace: File) -> RawTables:
    """The raw tables of an input on a DuckDB connection; what must be converted first is kept in the workspace folder."""
    if not os.path.exists(path):
        raise InputError([Problem("file_missing", values={"file": str(path)})])
    with broken_file_problem(path):
        if os.path.isdir(path):
            return _of_folder(path, connection, workspace)
        with path.open("rb") as opened:
            head = opened.read(16)
        if head.startswith(b"SQLite format 3"):
            return joined_files(path, copy_sqlite(path, TABLES, workspace), connection)
        if head[8:12] == b"DUCK":
            return joined_files(path, copy_duckdb(path, TABLES, workspace), connection)
    if path.name.lower().endswith((*PARQUET, *CSV)):
        raise InputError([Problem("table_missing", values={"file": str(path), "table": "records"})])
    if path.suffix.lower() in DATABASES:
        raise InputError([Problem("table_broken", values={"file": str(path), "why": "table_no_database"})])
    raise InputError([Problem("input_kind", values={"file": str(path), "known": [*DATABASES, WORKBOOK]})])


@contextmanager
def broken_file_problem(path: File) -> Iterator[None]:
    """What a database or a codec says of a file that it cannot read."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except (duckdb.Error, sqlite3.Error, pa.ArrowException, EOFError, OSError) as error:
        raise InputError([Problem("table_broken", values={"file": str(path), "why": first_line(error)})]) from error


def check_pages_of(path: File, workspace: File) -> None:
    """InputError where a Parquet file of a folder is damaged, which shows only when all of it is read, and not to every reader."""
    for name in TABLES if os.path.isdir(path) else ():
        chosen = choose_files(path, name)
        if chosen and chosen.is_parquet:
            _check_pages(chosen.files, workspace)


def _check_pages(files: Iterable[File], workspace: File) -> None:
    for file in files:
        check_pages(file)
        with broken_file_problem(file):
            for _ in (
                ibis.duckdb.connect()
                .read_parquet(str(stage_files(file, workspace, ".parquet")))
                .to_pyarrow_batches(chunk_size=100_000)
            ):
                pass


def first_line(error: Exception) -> str:
    """What an error of a database says in its first line, without its class."""
    text = str(error).strip().split("\n")[0]
    return re.sub(r"^[A-Z][\w ]* Error: ", "", text)


def text_table(tables: Mapping[str, list[dict[str, Any]]], file: str, connection: Connection) -> RawTables:
    """Tables whose cells are all texts (a workbook's), each row with its `_file` and its number `_row`."""
    raw_tables = {
        name: _texts(NEEDED[name], rows, file, connection) for name, rows in tables.items() if rows or name != "members"
    }
    return _assembled(File(file), raw_tables.get)


def _texts(needed: tuple[str, ...], rows: list[dict[str, Any]], file: str, connection: Connection) -> Table:
    columns = dict.fromkeys([*needed, *(key for row in rows for key in row)])
    kinds = {key: pa.int64() if key == "_row" else pa.string() for key in [*columns, "_file", "_row"]}
    table = {key: pa.array([row.get(key) for row in rows], kind) for key, kind in kinds.items()}
    return connection.create_table(ibis.util.gen_name("texts"), pa.table(table))


def joined_files(path: File, files: Mapping[str, File], connection: Connection) -> RawTables:
    """Tables that were copied into the workspace, each a Parquet file with `_row`."""
    tables = {name: connection.read_parquet(str(file)) for name, file in files.items()}
    return _assembled(
        path, lambda name: tables[name].mutate(_file=ibis.literal(f"{table_name(path)}:{name}")) if name in tables else None
    )


def _assembled(path: File, find: Callable[[str], Table | None]) -> RawTables:
    subjects, records, members = (find(name) for name in TABLES)
    if subjects is None or records is None:
        missing = [name for name, table in (("subjects", subjects), ("records", records)) if table is None]
        raise InputError([Problem("table_missing", (name,), {"file": str(path), "table": name}) for name in missing])
    return RawTables(subjects, records, members)


def _of_folder(path: File, connection: Connection, workspace: File) -> RawTables:
    """Each table is NAME.parquet or NAME.csv, or such files in a folder NAME."""
    broken: list[RejectedRow] = []
    names: dict[str, str] = {}
    scans: dict[str, ParquetScan] = {}
    empty: dict[str, Collection[str]] = {}

    def find(name: str) -> Table | None:
        chosen = choose_files(path, name)
        if chosen is None:
            return None
        if chosen.is_parquet:
            schemas = {file: check_parquet(file) for file in chosen.files}
            check_alike(schemas)
            if scan := scan_of(schemas):
                scans[name] = scan
            links = {os.path.abspath(stage_files(file, workspace, ".parquet")): table_name(file) for file in chosen.files}
            names.update(links)
            empty[name] = empty_columns(chosen.files)
            try:
                return _parquet(list(links), connection)
            except duckdb.Error:
                _check_pages(chosen.files, workspace)
                raise
        table, lines = read_csv_files([CsvFile(name, file, table_name(file)) for file in chosen.files], connection, workspace)
        broken.extend(lines)
        return table

    return replace(_assembled(path, find), broken=tuple(broken), called=names, scans=scans, empty=empty)


def _parquet(files: list[str], connection: Connection) -> Table:
    table = connection.read_parquet(files, filename="_file", file_row_number=True, union_by_name=True, hive_partitioning=False)
    return table.mutate(_row=table.file_row_number + 1).drop("file_row_number")
