"""Rows to DuckDB and SQLite files."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from tests.fuzz.tables.arrow import arrow
from tests.fuzz.tables.population import Row
from tests.fuzz.tables.text_files import NEEDED, cell

DECLARED = {
    "text": ("text", "text", ""),
    "number": ("real", "numeric", "", "text"),
    "boolean": ("integer", "", "text", "boolean"),
    "date": ("text", "", "date_"),
}


def duckdb_file(dice: Random, folder: Path, tables: dict[str, list[Row]], types: dict[str, dict[str, str]]) -> Path:
    folder.mkdir()
    file = folder / dice.choice(("data.duckdb", "data.ddb", "data.db", "名单 2025.duckdb", "DATA.DUCKDB"))
    with duckdb.connect(str(file), config={"threads": "1"}) as database:
        for name, rows in tables.items():
            if name == "members" and not rows:
                continue
            table = arrow(dice, name, rows, types[name])
            database.register("given", table)
            database.execute(f"create table {name} as select * from given")
            database.unregister("given")
    return file


def sqlite_file(dice: Random, folder: Path, tables: dict[str, list[Row]], types: dict[str, dict[str, str]]) -> Path:
    """Cells with their own types in columns that declare one, another or none."""
    folder.mkdir()
    file = folder / dice.choice(("data.sqlite", "data.db", "data.sqlite3", "d'a%20#1.sqlite", "名单.sqlite"))
    database = sqlite3.connect(file)
    for name, rows in tables.items():
        if name == "members" and not rows:
            continue
        columns = list(rows[0]) if rows else list(NEEDED[name])
        kinds = {key: types[name].get(key, "text") for key in columns}
        declared = ", ".join(f'"{key}" {_declared(dice, kinds[key], [row[key] for row in rows])}' for key in columns)
        database.execute(f'create table "{name}" ({declared})')
        values = [[_cell(dice, row[key], kinds[key]) for key in columns] for row in rows]
        database.executemany(f'insert into "{name}" values ({", ".join("?" * len(columns))})', values)
    database.commit()
    database.close()
    return file


def _declared(dice: Random, kind: str, values: list[Any]) -> str:
    """A type that SQLite does not change the values by."""
    if kind == "number" and any(isinstance(value, str) for value in values):
        return "text"
    return dice.choice(DECLARED[kind])


def _cell(dice: Random, value: Any, kind: str) -> Any:
    if isinstance(value, bool) and dice.random() < 0.7:
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and dice.random() < 0.7:
        return value
    return None if value is None else cell(dice, value, kind)
