"""CSV files as a table: each cell a text, rows numbered as a spreadsheet does, lines that are no rows set apart.

Where no quote stands in a file, a line is a row, and pyarrow reads them fast; where one does, or a line is ragged,
Python's reader takes them one by one, and strictly: a quote that does not close would swallow whoever comes after it.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path as File
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from msgspec.structs import replace

from engine.model.problem import InputError, Place, PolicyError, Problem
from engine.reading.document import MAX_BYTES, decode
from engine.reading.tables.raw_tables import RejectedRow

if TYPE_CHECKING:
    from ibis.backends import BaseBackend as Connection
    from ibis.expr.types import Table

Write = Callable[[dict[str, Any]], None]

BATCH = 20_000
BLOCK = 1 << 22


class Heading(NamedTuple):
    """The first line of a file."""

    separator: str
    columns: tuple[str, ...]


class CsvFile(NamedTuple):
    """A file of a table: what the table and, for people, the file are called."""

    table: str
    file: File
    called: str


def read_csv_files(files: list[CsvFile], connection: Connection, workspace: File) -> tuple[Table, tuple[RejectedRow, ...]]:
    """The table with `_file` and `_row`, and the lines that have too few or too many cells; InputError for what is no CSV."""
    targets, broken = [], []
    for number, file in enumerate(files):
        targets.append(str(workspace / f"{file.table}-{number}.parquet"))
        broken += _copy(file, targets[-1])
    return connection.read_parquet(targets, union_by_name=True), tuple(broken)


def _copy(csv_file: CsvFile, target: str) -> list[RejectedRow]:
    """The rows of a file into a Parquet file of texts; the lines that are none."""
    with _damage_told(csv_file.called):
        heading = _heading(csv_file)
        try:
            if not _has_quotes(csv_file.file):
                with _writing(csv_file, heading, target) as write:
                    _read_plain(csv_file, heading, write)
                return []
        except pa.ArrowInvalid:
            pass  # whatever it is, the other reader tells where
        with _writing(csv_file, heading, target) as write:
            return list(_read_strictly(csv_file, heading, write))


@contextmanager
def _damage_told(called: str) -> Iterator[None]:
    """What is wrong with a file as a whole: a packed one that is cut or spoilt, one that cannot be read."""
    try:
        yield
    except (EOFError, zlib.error, OSError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "gzip_damaged"
        raise InputError([Problem("table_broken", values={"file": called, "why": why})]) from None


@contextmanager
def _writing(csv_file: CsvFile, heading: Heading, target: str) -> Iterator[Write]:
    fields = [*((column, pa.string()) for column in heading.columns), ("_file", pa.string()), ("_row", pa.int64())]
    schema = pa.schema(fields)
    with pq.ParquetWriter(target, schema) as writer:

        def write(columns: dict[str, Any]) -> None:
            count = len(columns["_row"])
            writer.write_table(pa.table({**columns, "_file": pa.repeat(pa.scalar(csv_file.called), count)}, schema=schema))

        yield write


def _has_quotes(file: File) -> bool:
    with _opened(file) as content:
        return any(b'"' in block for block in iter(lambda: content.read(BLOCK), b""))


def _read_plain(csv_file: CsvFile, heading: Heading, write: Write) -> None:
    """Lines without quotes; ArrowInvalid where one has too few or too many cells."""
    with _opened(csv_file.file) as content:
        if not content.read(1):
            return
    with _opened(csv_file.file) as content:
        batches = pacsv.open_csv(
            content,
            pacsv.ReadOptions(use_threads=False, block_size=BLOCK, skip_rows=1, column_names=list(heading.columns)),
            pacsv.ParseOptions(delimiter=heading.separator, quote_char=False, ignore_empty_lines=False),
            pacsv.ConvertOptions(column_types=dict.fromkeys(heading.columns, pa.string()), strings_can_be_null=False),
        )
        row = 2
        for batch in batches:
            numbers = pa.array(range(row, row + batch.num_rows), pa.int64())
            row += batch.num_rows
            table = pa.table({**{name: batch.column(name) for name in heading.columns}, "_row": numbers})
            table = _without_empty(table, heading)
            write({name: table.column(name) for name in table.column_names})


def _without_empty(table: pa.Table, heading: Heading) -> pa.Table:
    """Without rows that have nothing in any cell, as empty lines; seldom is the first cell empty, so that is asked first."""
    empty = pc.equal(table.column(heading.columns[0]), "")
    if not pc.any(empty).as_py():
        return table
    for name in heading.columns[1:]:
        empty = pc.and_(empty, pc.equal(table.column(name), ""))
    return table.filter(pc.invert(empty))


def _read_strictly(csv_file: CsvFile, heading: Heading, write: Write) -> Iterator[RejectedRow]:
    """Lines one by one."""
    numbers: list[int] = []
    rows: list[list[str]] = []

    def flush() -> None:
        columns = zip(*rows, strict=True) if rows else ((),) * len(heading.columns)
        cells = {name: pa.array(column, pa.string()) for name, column in zip(heading.columns, columns, strict=True)}
        write({**cells, "_row": pa.array(numbers, pa.int64())})
        rows.clear()
        numbers.clear()

    for number, row in _rows(csv_file, heading.separator):
        if number == 1 or not any(row):
            continue
        if len(row) != len(heading.columns):
            yield _ragged(csv_file, heading, number, row)
            continue
        rows.append(row)
        numbers.append(number)
        if len(rows) == BATCH:
            flush()
    flush()


def _rows(csv_file: CsvFile, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, of which an empty line has one too; InputError where quotes do not close."""
    csv.field_size_limit(MAX_BYTES)
    with _opened(csv_file.file) as content:
        lines = csv.reader(io.TextIOWrapper(content, "utf-8-sig", newline=""), delimiter=separator, strict=True)
        number, begun = 0, 1
        while True:
            try:
                row = next(lines)
            except StopIteration:
                return
            except csv.Error as error:
                raise InputError(
                    [Problem("csv_quotes", values={"file": f"{csv_file.called}:{begun}", "why": str(error)})]
                ) from None
            except UnicodeDecodeError:
                _decoded(csv_file)
                raise
            number, begun = number + 1, lines.line_num + 1
            yield number, row


def _ragged(csv_file: CsvFile, heading: Heading, number: int, cells: list[str]) -> RejectedRow:
    """A line with another number of cells, and whose it is as far as its first cells tell."""
    row = dict(zip(heading.columns, cells, strict=False))
    who, which = (row.get("id"), None) if csv_file.table == "subjects" else (row.get("subject"), row.get("id"))
    problem = Problem("line_cells", (), {"count": len(cells), "expected": len(heading.columns)})
    return RejectedRow(csv_file.table, csv_file.called, number, who or None, which or None, (problem,))


def _heading(csv_file: CsvFile) -> Heading:
    """The separator that is most in the first line, and the columns it names."""
    with _opened(csv_file.file) as opened:
        line = io.TextIOWrapper(opened, "latin-1", newline="").readline(BLOCK).encode("latin-1")
    if not line.strip():
        raise InputError([Problem("empty", place=Place(csv_file.called, 1, 1))])
    text = _text(line, csv_file.called, 1).rstrip("\r\n")
    separator = max(",;\t|", key=text.count)
    try:
        names = [name.strip() for name in next(csv.reader([text], delimiter=separator, strict=True))]
    except csv.Error as error:
        raise InputError([Problem("csv_quotes", values={"file": f"{csv_file.called}:1", "why": str(error)})]) from None
    columns: list[str] = []
    for number, name in enumerate(names, 1):
        name = name or f"column{number}"
        while name in columns or name.startswith("_"):
            name = f"{name.lstrip('_')}_{number}"
        columns.append(name)
    return Heading(separator, tuple(columns))


def _decoded(csv_file: CsvFile) -> None:
    """InputError at the first line that is not UTF-8."""
    with _opened(csv_file.file) as opened:
        for number, line in enumerate(io.TextIOWrapper(opened, "latin-1", newline=""), 1):
            _text(line.encode("latin-1"), csv_file.called, number)


def _text(line: bytes, file: str, number: int) -> str:
    try:
        return decode(line, file)
    except PolicyError as error:
        places = [(problem, problem.place) for problem in error.problems]
        problems = [replace(problem, place=place and replace(place, line=number)) for problem, place in places]
        raise InputError(problems) from None


def _opened(file: File) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file, "rb")) if file.name.lower().endswith(".gz") else file.open("rb")
