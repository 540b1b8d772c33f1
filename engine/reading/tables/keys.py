"""Columns of names as `reading/key.py` reads them: what is plain stays in the backend, the rest is read there, each text once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import ibis
from ibis.expr.types import Column, Table

from engine.model.subject import STATUSES
from engine.reading.key import EXPORTED, PLAIN, PLAIN_SUBJECT, KeyRefused, read_key, read_subject_key
from engine.reading.tables.parquet_scan import ParquetScan, some_text, words_of
from engine.reading.tables.plain_bytes import are_codes, are_words

Reader = Callable[[str], str | KeyRefused]

WRONG = "_wrong_"
"""What begins the name of a column that says whether a name is refused."""

SEPARATORS = re.compile("[\\s\u00a0\u3000,;、，；]+")
"""What stands between the models of a subject."""

_PLAIN_MODEL = r"^[0-9A-Za-z_-]+/[0-9A-Za-z_-]+$"


def read_models(written: str) -> str | KeyRefused:
    """The models that a text names, with a space between them."""
    names = [read_key(name) for name in SEPARATORS.split(written) if name]
    refused = [name for name in names if isinstance(name, KeyRefused)]
    return refused[0] if refused else " ".join(map(str, names))


KEYS: Mapping[str, Mapping[str, Reader]] = {
    "subjects": {"id": read_subject_key, "kind": read_key, "model": read_models},
    "records": {"subject": read_subject_key, "id": read_key, "category": read_key, "status": read_key},
    "members": {"subject": read_subject_key, "member": read_subject_key},
}
"""The columns of each table that hold names."""


def read_key_column(table: Table, name: str) -> Table:
    """A table with its names read; a refused one stays as it is, and a column beside it says so."""
    readers = {key: read for key, read in KEYS[name].items() if key in table.columns and _can_be_read(table[key])}
    if not readers:
        return table
    unusual = {key: _unusual(table[key], readers[key]).any() for key in readers}
    row = table.aggregate(**unusual).to_pyarrow().to_pylist()[0]
    for key, read in readers.items():
        if row[key]:
            table = _read_in(table, key, read)
    return table


def are_plain(scan: ParquetScan, name: str) -> bool:
    """Whether every name of a table is one that stays as it is, as files have it."""
    return all(_stays(scan, key, read) for key, read in KEYS[name].items() if key in scan.schema.names)


def _stays(scan: ParquetScan, key: str, read: Reader) -> bool:
    if key in scan.coded:
        return all(read(word) == word for word in words_of(scan, key))
    if read is read_key:
        return not some_text(scan, key, {EXPORTED: True, PLAIN: False}, are_words)
    if read is read_subject_key:
        return not some_text(scan, key, {PLAIN_SUBJECT: False}, are_codes)
    return not some_text(scan, key, {_PLAIN_MODEL: False}, lambda texts: False)


def is_named(table: Table, key: str) -> Column:
    """Whether the name in a column is none that is refused."""
    return ~table[f"{WRONG}{key}"] if f"{WRONG}{key}" in table.columns else ibis.literal(True)


def _can_be_read(column: Column) -> bool:
    kind = column.type()
    return bool(kind.is_string() or (kind.is_array() and kind.value_type.is_string()))


def _unusual(column: Column, read: Reader) -> Column:
    if column.type().is_array():
        return (column.filter(lambda name: ~name.re_search(_PLAIN_MODEL)).length() > 0).fill_null(False)
    return (~_is_plain(column, read)).fill_null(False)


def _is_plain(column: Column, read: Reader) -> Column:
    if read is read_subject_key:
        return column.re_search(PLAIN_SUBJECT)
    if read is read_models:
        return column.re_search(_PLAIN_MODEL)
    return column.isin(STATUSES) | (column.re_search(PLAIN) & ~column.re_search(EXPORTED))


def _read_in(table: Table, key: str, read: Reader) -> Table:
    column = table[key]
    if column.type().is_array():
        return _read_in_lists(table, key)
    written = table.filter(_unusual(column, read)).select(_written=column).distinct().to_pyarrow()["_written"].to_pylist()
    rows = list(_readings(written, read))
    names = ibis.memtable(rows, schema={"_written": "string", "_read": "string", "_refused": "boolean"})
    joined = table.left_join(names, column == names._written)
    columns = {key: ibis.coalesce(joined._read, joined[key]), f"{WRONG}{key}": joined._refused.fill_null(False)}
    return joined.mutate(**columns).drop("_written", "_read", "_refused")


def _readings(written: Iterable[str], read: Reader) -> Iterator[dict[str, object]]:
    for text in written:
        name = read(text)
        refused = isinstance(name, KeyRefused)
        yield {"_written": text, "_read": None if refused else name, "_refused": refused}


def _read_in_lists(table: Table, key: str) -> Table:
    """Models in lists: few are written unusually, so each is an alternative of its own."""
    names = table.select(_written=table[key].unnest())
    unusual = names.filter(~names._written.re_search(_PLAIN_MODEL)).distinct().to_pyarrow()["_written"].to_pylist()
    rows = list(_readings([text for text in unusual if text is not None], read_key))
    alike = [(str(row["_written"]), str(row["_read"])) for row in rows if row["_read"] not in (None, row["_written"])]
    refused = [str(row["_written"]) for row in rows if row["_refused"]]
    return table.mutate(
        **{
            key: table[key].map(lambda name: _replaced(name, alike)) if alike else table[key],
            f"{WRONG}{key}": _holds(table[key], refused),
        }
    )


def _replaced(name: Column, alike: Sequence[tuple[str, str]]) -> Column:
    return ibis.cases(*((name == written, read) for written, read in alike), else_=name)


def _holds(names: Column, refused: Collection[str]) -> Column:
    if not refused:
        return ibis.literal(False)
    return (names.filter(lambda name: name.isin(refused)).length() > 0).fill_null(False)
