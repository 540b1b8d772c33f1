"""A DuckDB database of results: a table of them, a table a model of its reasoning, and a view a model that joins both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as File

import duckdb

from engine.rendering.result_texts import files_of


def write_database(results: Sequence[File], reasoning: Mapping[str, File], state: File | None, target: File) -> None:
    """Results in `results`, the reasoning of POLICY.MODEL in `reasoning."POLICY.MODEL"`, both in the view `"POLICY.MODEL"`.

    The state, where there is one, is in `state`.
    """
    with duckdb.connect(str(target)) as database:
        _create(database, "results", results)
        if reasoning:
            database.execute("CREATE SCHEMA reasoning")
        for name, folder in reasoning.items():
            _create(database, f"reasoning.{quoted(name)}", [folder])
            database.execute(_joined(name))
        if state is not None:
            _create(database, "state", [state])


def _create(database: duckdb.DuckDBPyConnection, table: str, files: Sequence[File]) -> None:
    sources = ", ".join(literal(files_of(file)) for file in files)
    database.execute(f"CREATE TABLE {table} AS FROM read_parquet([{sources}], hive_partitioning = false)")


def _joined(name: str) -> str:
    """The view of a model: each of its results, and where it was evaluated the facts and points that it came from."""
    policy, _, model = name.partition(".")
    join = f"FROM results AS r LEFT JOIN reasoning.{quoted(name)} AS w ON w.subject = r.subject"
    whose = f"WHERE r.policy = {literal(policy)} AND r.model = {literal(model)}"
    return f"CREATE VIEW {quoted(name)} AS SELECT r.*, w.* EXCLUDE (subject) {join} {whose}"


def quoted(name: str) -> str:
    """A name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"
