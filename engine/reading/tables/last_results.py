"""What an earlier run left, read to go on from: its results, each model's reasoning, and the state of its subjects."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path as File
from typing import Any, Literal

from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct
from sqlglot import exp

from engine.backends.parquet_tables import read_parquet_files
from engine.model.problem import InputError, Problem
from engine.reading.inputs import PARQUET
from engine.reading.tables.source import broken_file_problem
from engine.reading.tables.staging import stage_files

NEEDED = frozenset(("subject", "policy", "model", "digest", "as_of", "valid_until", "outcome"))


class LastResults(Struct, frozen=True):
    """The rows of results, the day that they are as of (an ordinal), the reasoning by POLICY.MODEL, and the state.

    `wide` where facts and points stand beside the results, as they did until reasoning became a table of its own. `database`
    is a DuckDB file of all such tables and nothing that it has not written down, under a name that is safe to use.
    """

    rows: Table
    as_of: int
    reasoning: Mapping[str, Table] = {}
    state: Table | None = None
    wide: bool = False
    database: File | None = None


def open_last_results(path: File, connection: Connection, workspace: File) -> LastResults:
    """InputError where no results are there to go on from."""
    if not os.path.exists(path):
        raise InputError([Problem("file_missing", values={"file": str(path)})])
    with broken_file_problem(path):
        last = _opened(path, connection, workspace)
    if last is None:
        raise InputError([Problem("since_kind", values={"file": str(path)})])
    return last


def _opened(path: File, connection: Connection, workspace: File) -> LastResults | None:
    if path.suffix.lower() == ".duckdb" and os.path.isfile(path) and connection.name == "duckdb":
        return _of_database(path, connection, workspace)
    if os.path.isdir(path):
        return _of_folder(path, connection, workspace)
    if path.suffix.lower() in PARQUET:
        return _last(_read([path], connection, workspace))
    return None


def _last(
    rows: Table, reasoning: Mapping[str, Table] | None = None, state: Table | None = None, database: File | None = None
) -> LastResults | None:
    if not set(rows.columns) >= NEEDED:
        return None
    if "input_hash" in rows.columns and state is None:
        state = rows.select("subject", "input_hash").distinct()
    day = rows.as_of.max().to_pyarrow().as_py()
    wide = any(name.startswith(("fact_", "points_")) for name in rows.columns)
    return LastResults(rows, day.toordinal() if day else 0, reasoning or {}, state, wide, database)


def _of_folder(folder: File, connection: Connection, workspace: File) -> LastResults | None:
    """Folders of files; until the reasoning had one of its own, there were files of each model's whole results."""
    results = sorted((folder / "results").glob("*.parquet")) or sorted(folder.glob("*.parquet"))
    if not results:
        return None
    reasoning = {
        model.name: _read(sorted(model.glob("*.parquet")), connection, workspace)
        for model in sorted((folder / "reasoning").glob("*"))
        if any(model.glob("*.parquet"))
    }
    state = sorted((folder / "state").glob("*.parquet"))
    rows = _read(results, connection, workspace)
    return _last(rows, reasoning, _read(state, connection, workspace) if state else None)


def _read(files: list[File], connection: Connection, workspace: File) -> Table:
    return read_parquet_files([stage_files(file, workspace, ".parquet") for file in files], connection)


def _of_database(path: File, connection: Any, workspace: File) -> LastResults | None:
    """Its tables are read where they stand; what is no table is a program of whoever made the file, and not read."""
    link = stage_files(path, workspace, ".duckdb")
    log = path.with_name(f"{path.name}.wal")
    if log.exists():  # what was written last is there alone
        shutil.copyfile(log, link.with_name(f"{link.name}.wal"))
    connection.raw_sql(f"ATTACH {exp.Literal.string(str(link)).sql()} AS last_results (READ_ONLY)")
    tables = _names(connection, "table")
    if ("main", "results") not in tables:
        if ("main", "results") in _names(connection, "view"):
            raise InputError([Problem("view_refused", ("results",), {"file": str(path), "table": "results"})])
        return None
    models = [name for schema, name in tables if schema == "reasoning"]
    reasoning = {name: connection.table(name, database="last_results.reasoning") for name in models}
    state = connection.table("state", database="last_results.main") if ("main", "state") in tables else None
    rows = connection.table("results", database="last_results.main")
    whole = state is not None and not log.exists()
    return _last(rows, reasoning, state, link if whole else None)


def _names(connection: Any, kind: Literal["table", "view"]) -> list[tuple[str, str]]:
    """Schema and name of each table, or view, of the database."""
    of = connection.con.table_function(f"duckdb_{kind}s").filter("database_name = 'last_results'")
    return sorted(of.project(f"schema_name, {kind}_name").fetchall())
