"""The shape of raw tables: which columns they may and must have, and what nested columns and other types come to.

A struct, map or JSON of fields is spread into columns; what ought to be text and is not becomes text, with what it was beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from msgspec import Struct

from engine.model.names import nearest
from engine.model.problem import PolicyError, Problem
from engine.reading.document import Tree, read_json
from engine.reading.shape import json_type
from engine.reading.tables.typed import cell

Table = Any
Column = Any

DAYS = ("date", "until", "repaired_on")
RAW, NESTED = "_raw_", "_nested_sound"
"""What begins the name of a column as it was, and the column that says whether what is nested is known."""


@ibis.udf.scalar.builtin(name="json_valid", signature=(("string",), "boolean"))  # type: ignore[untyped-decorator]
def _is_json(document: str) -> bool:
    """DuckDB's function."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="json_type", signature=(("string",), "string"))  # type: ignore[untyped-decorator]
def _json_type(document: str) -> str:
    """DuckDB's function."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="json_keys", signature=(("string",), "array<string>"))  # type: ignore[untyped-decorator]
def _json_keys(document: str) -> list[str]:
    """DuckDB's function."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="json_extract_string", signature=(("string", "string"), "string"))  # type: ignore[untyped-decorator]
def _of_json(document: str, path: str) -> str:
    """DuckDB's function: a value of a JSON document as text."""
    raise NotImplementedError


class Shape(Struct, frozen=True):
    """A raw table, and the columns that it may and must have; `spread` is one that can hold all the fields."""

    name: str
    table: Table
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    fields: set[str] = set()
    spread: str = ""

    def problems(self) -> list[Problem]:
        """Columns that are missing or that nothing knows."""
        name, there = self.name, list(self.table.columns)
        if self.spread in there and self.table[self.spread].type().is_struct():
            there += [key if key not in there else f"{self.spread}.{key}" for key in self.table[self.spread].names]
        known = {*self.columns, *self.fields}
        ours = {"_file", "_row", NESTED, self.spread, *(f"{RAW}{key}" for key in (*self.columns, self.spread))}
        found = [
            Problem("column_missing", (name, key), {"table": name, "column": key}) for key in self.needed if key not in there
        ]
        for column in there:
            if column not in known and column not in ours:
                values = {"table": name, "column": column}
                found.append(Problem("column_unknown", (name, column), values, near=nearest(column, sorted(known))))
        return found

    def made(self) -> Table:
        """The table with its fields spread out, and texts where texts must be."""
        spread = self.spread in self.table.columns
        return _as_texts(_spread(self.table, self.spread, self.fields) if spread else self.table, self.columns)


def _as_texts(table: Table, columns: tuple[str, ...]) -> Table:
    """Columns of texts that are no texts, as such, and beside them what they hold, which is refused where it is given."""

    def is_right(name: str) -> bool:
        kind = table[name].type()
        return kind.is_string() or (name == "model" and kind.is_array() and kind.value_type.is_string())

    wrong = [name for name in columns if name in table.columns and name not in DAYS and not is_right(name)]
    raw = {f"{RAW}{name}": table[name] for name in wrong}
    return table.mutate(**raw, **{name: table[name].cast("string") for name in wrong})


def _spread(table: Table, name: str, fields: set[str]) -> Table:
    """A struct's members as columns; a text with a JSON object gives its values as texts."""
    column = table[name]
    if column.type().is_struct():
        return table.mutate(**{key: column[key] for key in column.names}).drop(name)
    names = sorted(fields - set(table.columns))
    if column.type().is_map():
        values = {key: column.get(key) for key in names}
        sound = column.isnull() | (column.keys().filter(lambda key: key.notin(names)).length() == 0)
    else:
        written = column.cast("string").nullif("")
        readable = ibis.ifelse(_is_json(written), written, ibis.null("string"))
        keys = _json_keys(readable)
        values = {key: _of_json(readable, f'$."{key}"') for key in names}
        sound = (_json_type(readable) == "OBJECT") & (keys.filter(lambda key: key.notin(names)).length() == 0)
        sound = written.isnull() | (sound & (keys.unique().length() == keys.length())).fill_null(False)
    return table.mutate(**values, **{f"{RAW}{name}": column, NESTED: sound}).drop(name)


def nested(row: Mapping[str, Any], name: str, types: Mapping[str, str]) -> dict[str, Tree]:
    """What a JSON or a map holds, all of it; PolicyError where it is no such thing."""
    raw = row.get(f"{RAW}{name}")
    if not is_given(raw):
        return {}
    tree = read_json(raw.encode(), name) if isinstance(raw, str) else dict(raw or ())
    if not isinstance(tree, dict):
        raise PolicyError([Problem("wrong_type", (), {"expected": ["object"], "found": json_type(tree)})])
    return {key: cell(one, types.get(key, "text")) for key, one in tree.items() if is_given(one)}


def given_in(column: Column) -> Column:
    """Whether a cell is not empty."""
    kind = column.type()
    if kind.is_string():
        return (column != "").fill_null(False)
    if kind.is_floating():
        return column.notnull() & ~column.isnan().fill_null(False)  # NaN is an empty cell of a data frame
    return column.notnull()


def is_given(raw: object) -> bool:
    return raw is not None and raw != "" and raw == raw  # NaN is an empty cell of a data frame


def as_it_was(row: Mapping[str, Any], name: str) -> Any:
    """A cell as it was before it became text."""
    return row.get(f"{RAW}{name}", row.get(name))
