"""The shape of raw tables: which columns they may and must have, and what nested columns and other types come to.

A struct, map or JSON of fields is spread into columns; what ought to be text and is not becomes text, with what it was beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Column, Table
from msgspec import Struct

from engine.model.catalogue import Field
from engine.model.names import nearest_names
from engine.model.problem import InputError, PolicyError, Problem
from engine.reading.document import Tree, read_json
from engine.reading.schema_validation import json_type
from engine.reading.subject import is_blank
from engine.reading.tables.casts import cell
from engine.reading.tables.json_columns import SOUND, Types, open_json_column
from engine.reading.tables.keys import KEYS, are_plain, read_key_column
from engine.reading.tables.parquet_scan import ParquetScan, Unreadable, some_text
from engine.reading.tables.plain_bytes import are_words

DAYS = ("date", "until", "repaired_on")
RAW, TYPE, NESTED = "_raw_", "_type_", "_nested_sound"
"""What begins the name of a column as it was, and of one that says which cells of a column are no texts (`number` or
`binary`, where a database types cells and not columns); and the column that says whether what is nested is known."""

_BLANK = r"[\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
"""What `str.strip` takes away, as a pattern of RE2 and Java."""
_BLANK_ENDED = f"^$|^{_BLANK}|{_BLANK}$"


class Shape(Struct, frozen=True):
    """A raw table, and the columns that it may and must have; `spread` is one that can hold all the fields.

    `types` are those of each category's fields, of "" where there are no categories; `scan` reads the same table.
    """

    name: str
    table: Table
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    fields: set[str] = set()
    spread: str = ""
    types: Types = {}
    scan: ParquetScan | None = None

    def problems(self) -> list[Problem]:
        """Columns that are missing or that nothing knows."""
        name, there = self.name, list(self.table.columns)
        if self.spread in there and self.table[self.spread].type().is_struct():
            there += [key if key not in there else f"{self.spread}.{key}" for key in self.table[self.spread].names]
        known = {*self.columns, *self.fields}
        ours = {"_file", "_row", self.spread}
        problems = [
            Problem("column_missing", (name, key), {"table": name, "column": key}) for key in self.needed if key not in there
        ]
        for column in there:
            if column not in known and column not in ours and not column.startswith(TYPE):
                values = {"table": name, "column": column}
                problems.append(Problem("column_unknown", (name, column), values, near=nearest_names(column, sorted(known))))
        return problems

    def prepared(self) -> Table:
        """The table with its fields spread out, texts where texts must be, no blanks around them, and its names read.

        It is the table itself where nothing of it had to be changed.
        """
        table = self.table
        if self.spread in table.columns:
            table = _spread(table, self.spread, self.fields, self.types)
        table = _as_texts(table, self.columns)
        if self.scan is not None and table is self.table:
            with suppress(Unreadable):
                if _is_tidy(self.scan, self.name):
                    return table
        return read_key_column(_trimmed(table), self.name)


def _is_tidy(scan: ParquetScan, name: str) -> bool:
    """Whether no text has blanks around it or is blank, and no name has to be read."""
    texts = [field.name for field in scan.schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    unread = sorted(set(texts) - KEYS[name].keys())
    return are_plain(scan, name) and not any(some_text(scan, text, {_BLANK_ENDED: True}, are_words) for text in unread)


def _as_texts(table: Table, columns: tuple[str, ...]) -> Table:
    """Columns of texts that are no texts, as such, and beside them what they hold, which is refused where it is given."""

    def is_right(name: str) -> bool:
        kind = table[name].type()
        return kind.is_string() or (name == "model" and kind.is_array() and kind.value_type.is_string())

    table = _without_others(table, columns)
    wrong = [name for name in columns if name in table.columns and name not in DAYS and not is_right(name)]
    if not wrong:
        return table
    raw = {f"{RAW}{name}": table[name] for name in wrong}
    return table.mutate(**raw, **{name: table[name].cast("string") for name in wrong})


def _without_others(table: Table, texts: tuple[str, ...]) -> Table:
    """Columns of bytes and of what is nested as texts, and beside them what they are, which is refused where it is given."""
    kinds = {name: table[name].type() for name in table.columns if not name.startswith("_") and name not in texts}
    bytes_ = {name for name in table.columns if not name.startswith("_") and table[name].type().is_binary()}
    kinds_named = {name: "array" if kind.is_array() else "object" for name, kind in kinds.items() if kind.is_nested()}
    kinds_named |= dict.fromkeys(bytes_, "binary")
    if not kinds_named:
        return table
    beside = {
        f"{TYPE}{name}": ibis.ifelse(table[name].notnull(), kind, ibis.null("string")) for name, kind in kinds_named.items()
    }
    return table.mutate(**beside, **{name: table[name].cast("string") for name in kinds_named})


def _trimmed(table: Table) -> Table:
    """Texts without blanks around them; what is blank is not there. Most columns have neither, which is asked first."""
    names = [name for name in table.columns if table[name].type().is_string() and not name.startswith("_")]
    if not names:
        return table
    has_blanks = table.aggregate(**{name: _is_blank_ended(table[name]).any() for name in names}).to_pyarrow().to_pylist()[0]
    trimmed = {name: table[name].re_replace(f"^{_BLANK}+|{_BLANK}+$", "").nullif("") for name in names if has_blanks[name]}
    return table.mutate(**trimmed) if trimmed else table


def _is_blank_ended(text: Column) -> Column:
    return text.re_search(_BLANK_ENDED).fill_null(False)


def _spread(table: Table, name: str, fields: set[str], types: Types) -> Table:
    """A struct's members as columns; a text with a JSON object gives its values as texts."""
    column = table[name]
    if column.type().is_struct():
        return table.mutate(**{key: column[key] for key in column.names}).drop(name)
    names = sorted(fields - set(table.columns))
    if column.type().is_map():
        values = {key: column.get(key) for key in names}
        sound = column.isnull() | (column.keys().filter(lambda key: key.notin(names)).length() == 0)
        return table.mutate(**values, **{f"{RAW}{name}": column, NESTED: sound}).drop(name)
    if table.get_backend().name != "duckdb":
        raise InputError([Problem("nested_text", (name,), {"table": table.get_name(), "column": name})])
    inside = {key: f"_{number}" for number, key in enumerate(names)}
    category = table["category"].cast("string") if "category" in table.columns else ibis.literal("")
    table = table.mutate(_opened=open_json_column(column.cast("string"), category, types, inside))
    values = {key: table["_opened"][place] for key, place in inside.items()}
    return table.mutate(**values, **{f"{RAW}{name}": table[name], NESTED: table["_opened"][SOUND]}).drop(name, "_opened")


def nested(row: Mapping[str, Any], name: str, types: Mapping[str, str]) -> dict[str, Tree]:
    """What a JSON or a map holds, all of it; PolicyError where it is no such thing."""
    raw = row.get(f"{RAW}{name}")
    if not is_given(raw):
        return {}
    if not isinstance(raw, str):
        return {key: cell(value, types.get(key, "text")) for key, value in dict(raw or ()).items() if is_given(value)}
    tree = read_json(raw.encode(errors="surrogatepass"), name)
    if not isinstance(tree, dict):
        raise PolicyError([Problem("wrong_type", (), {"expected": ["object"], "found": json_type(tree)})])
    return {key: value for key, value in tree.items() if is_given(value)}


def given_in(column: Column) -> Column:
    """Whether a cell is not empty; texts that are blank are null before."""
    if column.type().is_floating():
        return column.notnull() & ~column.isnan().fill_null(False)  # NaN is an empty cell of a data frame
    return column.notnull()


def is_given(raw: object) -> bool:
    return raw is not None and not is_blank(raw) and raw == raw  # NaN is an empty cell of a data frame


def is_typed(rows: Table, name: str, field: Field) -> Column:
    """Whether a cell is a text where a text belongs, and a number at most where anything else does."""
    if f"{TYPE}{name}" not in rows.columns:
        return ibis.literal(True)
    kind = rows[f"{TYPE}{name}"]
    return kind.isnull() if field.type == "text" else (kind == "number").fill_null(True)


def as_it_was(row: Mapping[str, Any], name: str) -> Any:
    """A cell as it was before it became text."""
    return row.get(f"{RAW}{name}", row.get(name))
