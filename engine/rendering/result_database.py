"""A DuckDB database of results: a table of them, a table a model of its reasoning, and a view a model that joins both."""

# ruff: noqa: S608 - every name and text that is put into a query is quoted

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as File

import duckdb
from msgspec import Struct

from engine.rendering.result_texts import files_of


def write_database(results: Sequence[File], reasoning: Mapping[str, File], state: File | None, target: File) -> None:
    """Results in `results`, the reasoning of POLICY.MODEL in `reasoning."POLICY.MODEL"`, both in the view `"POLICY.MODEL"`.

    The state, where there is one, is in `state`; with a forecast, whose results change is in the view `coming`.
    """
    with duckdb.connect(str(target)) as database:
        _create(database, "results", results)
        if reasoning:
            database.execute("CREATE SCHEMA reasoning")
        for name, folder in reasoning.items():
            _create_model(database, name, folder)
        if "next_change" in {name for name, *_ in database.execute("DESCRIBE results").fetchall()}:
            database.execute("CREATE VIEW coming AS FROM results WHERE next_change IS NOT NULL ORDER BY next_change, subject")
        if state is not None:
            _create(database, "state", [state])


class Renewal(Struct, frozen=True):
    """What became other since a database of results was written.

    `stale` is a file of the subjects whose rows go, with those that refused rows have; `results`, `reasoning` and `state` are
    files of the rows that come. `as_of` is the new day, where it is another, in ISO; `counted` the facts of each model's
    reasoning that went on since, by so many days each.
    """

    stale: File
    results: Sequence[File]
    reasoning: Mapping[str, File]
    state: File
    as_of: str | None = None
    counted: Mapping[str, Mapping[str, int]] = {}


def renew_database(renewal: Renewal, database: File) -> None:
    """A database of results made that of another day, in one transaction; what others have put into it stays."""
    with duckdb.connect(str(database)) as opened:
        opened.execute("BEGIN")
        opened.execute(f"CREATE TEMP TABLE stale AS FROM {_read([renewal.stale])}")
        opened.execute(f"DELETE FROM results WHERE digest IS NULL OR {_STALE}")
        opened.execute(f"DELETE FROM state WHERE {_STALE}")
        if renewal.as_of is not None:
            opened.execute(f"UPDATE results SET as_of = DATE {literal(renewal.as_of)}")
        opened.execute(f"INSERT INTO results BY NAME FROM {_read(renewal.results)}")
        opened.execute(f"INSERT INTO state BY NAME FROM {_read([renewal.state])}")
        known = opened.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'reasoning'").fetchall()
        for (name,) in known:
            _renew_reasoning(opened, name, renewal.counted.get(name, {}))
        for name, folder in renewal.reasoning.items():
            if (name,) in known:
                opened.execute(f"INSERT INTO reasoning.{quoted(name)} BY NAME FROM {_read([folder])}")
            else:
                _create_model(opened, name, folder)
        opened.execute("DROP TABLE stale")
        opened.execute("COMMIT")
        opened.execute("CHECKPOINT")


_STALE = "subject IN (SELECT subject FROM stale)"


def _renew_reasoning(database: duckdb.DuckDBPyConnection, name: str, counted: Mapping[str, int]) -> None:
    database.execute(f"DELETE FROM reasoning.{quoted(name)} WHERE {_STALE}")
    if counted:
        sums = ", ".join(f"{quoted(fact)} = {quoted(fact)} + {days}" for fact, days in counted.items())
        database.execute(f"UPDATE reasoning.{quoted(name)} SET {sums}")


def _create_model(database: duckdb.DuckDBPyConnection, name: str, folder: File) -> None:
    _create(database, f"reasoning.{quoted(name)}", [folder])
    database.execute(_joined(name))


def _read(files: Sequence[File]) -> str:
    sources = ", ".join(literal(files_of(file)) for file in files)
    return f"read_parquet([{sources}], hive_partitioning = false)"


def _create(database: duckdb.DuckDBPyConnection, table: str, files: Sequence[File]) -> None:
    database.execute(f"CREATE TABLE {table} AS FROM {_read(files)}")


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
