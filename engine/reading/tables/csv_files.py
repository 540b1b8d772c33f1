"""CSV files as a table: each cell a text, rows numbered as a person counts, lines that are no rows set apart."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path as File
from typing import IO, Any, NamedTuple, cast

import ibis
import pyarrow as pa
from msgspec.structs import replace

from engine.model.problem import InputError, Place, PolicyError, Problem
from engine.reading.document import decode
from engine.reading.tables.contract import Reject

Table = Any
Connection = Any

RAGGED = ("MISSING COLUMNS", "TOO MANY COLUMNS")
"""What DuckDB says of a line with another number of cells; whatever else is wrong, it is not known where the line ends."""


class Heading(NamedTuple):
    """The first line of a file."""

    separator: str
    columns: tuple[str, ...]


def read_csv_files(name: str, files: list[str], connection: Connection) -> tuple[Table, tuple[Reject, ...]]:
    """The table with `_file` and `_row`, and the lines that have too few or too many cells; InputError for what is no CSV.

    The files are read once into the connection's own storage, since a row has no number before.
    """
    alike: dict[Heading, list[str]] = {}
    for file in files:
        alike.setdefault(_heading(file), []).append(file)
    tables, broken = [], []
    for heading, those in alike.items():
        table, lines = _read(name, heading, those, connection)
        tables.append(table)
        broken += lines
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    whole = [
        table.select(**{key: table[key] if key in table.columns else ibis.null("string") for key in columns})
        for table in tables
    ]
    return (ibis.union(*whole) if len(whole) > 1 else whole[0]), tuple(broken)


def _read(name: str, heading: Heading, files: list[str], connection: Connection) -> tuple[Table, list[Reject]]:
    """Files with the same heading."""
    errors, scans = ibis.util.gen_name("errors"), ibis.util.gen_name("scans")
    read = connection.read_csv(
        files, columns=dict.fromkeys(heading.columns, "VARCHAR"), auto_detect=False, header=True, delim=heading.separator,
        quote='"', escape='"', filename="_file", store_rejects=True, rejects_table=errors, rejects_scan=scans,
    )  # fmt: skip
    table = connection.create_table(ibis.util.gen_name("csv"), read)
    found = {one["file_id"]: one["file_path"] for one in _temporary(scans, connection)}
    lines = sorted({(found[one["file_id"]], one["line"]): one for one in _temporary(errors, connection)}.items())
    given = {os.path.abspath(file): file for file in files}
    broken = [_broken(name, heading, file, given.get(file, file), line, one) for (file, line), one in lines]
    rows = table.mutate(_row=table.rowid())
    if len(files) > 1:
        first = rows.group_by("_file").aggregate(_first=rows._row.min())
        joined = rows.join(first, "_file")
        rows = joined.mutate(_row=joined._row - joined._first).drop("_first")
    rows = rows.mutate(_row=rows._row + 2)
    return (_past(rows, broken, connection) if broken else rows), broken


def _past(rows: Table, broken: list[Reject], connection: Connection) -> Table:
    """Rows that stand after lines that are none have a greater number."""
    before: dict[tuple[str, int], int] = {}
    count: dict[str, int] = {}
    for reject in broken:
        passed = count.get(reject.file, 0)
        count[reject.file] = before[reject.file, (reject.row or 0) - passed] = passed + 1
    made = {"_file": [file for file, _ in before], "_from": [row for _, row in before], "_more": list(before.values())}
    shifts = connection.create_table(ibis.util.gen_name("shifts"), pa.table(made))
    joined = rows.asof_join(shifts, on=rows._row >= shifts._from, predicates="_file")
    return joined.mutate(_row=joined._row + joined._more.fill_null(0)).select(*rows.columns)


def _temporary(name: str, connection: Connection) -> Iterator[dict[str, Any]]:
    """What DuckDB noted while it read."""
    yield from connection.table(name, database=("temp", "main")).to_pyarrow().to_pylist()


def _broken(name: str, heading: Heading, file: str, given: str, line: int, error: dict[str, Any]) -> Reject:
    """A line's refusal; InputError where more than its cells is wrong. `given` is the file as the user calls it."""
    if error["error_type"] == "INVALID ENCODING":
        _decoded(given)
    if error["error_type"] not in RAGGED:
        raise InputError([Problem("table_broken", values={"file": f"{given}:{line}", "why": error["error_message"]})])
    cells = next(csv.reader([error["csv_line"].strip("\r\n")], delimiter=heading.separator), [])
    row = dict(zip(heading.columns, cells, strict=False))
    who, which = (row.get("id"), None) if name == "subjects" else (row.get("subject"), row.get("id"))
    problem = Problem("line_cells", (), {"count": len(cells), "expected": len(heading.columns)})
    return Reject(name, file, line, who or None, which or None, (problem,))


def _heading(file: str) -> Heading:
    """The separator that is most in the first line, and the columns it names."""
    with _opened(file) as opened:
        line = opened.readline(1 << 20)
    if not line.strip():
        raise InputError([Problem("empty", place=Place(file, 1, 1))])
    text = _text(line, file, 1).rstrip("\r\n")
    separator = max(",;\t|", key=text.count)
    names = [one.strip() for one in next(csv.reader([text], delimiter=separator))]
    columns: list[str] = []
    for number, name in enumerate(names, 1):
        name = name or f"column{number}"
        columns.append(name if name not in columns else f"{name}_{number}")
    return Heading(separator, tuple(columns))


def _decoded(file: str) -> None:
    """InputError at the first line that is not UTF-8."""
    with _opened(file) as lines:
        for number, line in enumerate(lines, 1):
            _text(line, file, number)


def _text(line: bytes, file: str, number: int) -> str:
    try:
        return decode(line, file)
    except PolicyError as error:
        places = [(one, one.place) for one in error.problems]
        raise InputError([replace(one, place=place and replace(place, line=number)) for one, place in places]) from None


def _opened(file: str) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file, "rb")) if file.lower().endswith(".gz") else File(file).open("rb")
