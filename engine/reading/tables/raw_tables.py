"""Tables as a source has them, and a row of theirs that is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.model.catalogue import Catalogue
from engine.model.problem import Problem

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from engine.reading.tables.parquet_scan import ParquetScan


SUBJECT, RECORD, MEMBER = (
    ("id", "kind", "model", "name"),
    ("subject", "id", "category", "date", "until", "status", "repaired_on", "source"),
    ("subject", "member"),
)
NEEDED = {"subjects": ("id", "kind"), "records": ("subject", "id", "category", "date"), "members": MEMBER}
"""The columns without which a table is none."""


class RawTables(Struct, frozen=True):
    """Tables as a source has them, each with the columns `_file` and `_row` (as a person counts) added.

    `broken` are lines of text files that are no row at all, `called` what files are called whose names `_file` does not hold,
    `scans` the tables that Arrow can read as well, `empty` by table columns of which it is known that they hold nothing.
    """

    subjects: Table
    records: Table
    members: Table | None = None
    broken: tuple[RejectedRow, ...] = ()
    called: Mapping[str, str] = {}
    scans: Mapping[str, ParquetScan] = {}
    empty: Mapping[str, Collection[str]] = {}


class RejectedRow(Struct, frozen=True):
    """A row that is refused: in which table, file and row, whose, and why, a problem a column."""

    table: str
    file: str
    row: int | None
    subject: str | None
    record: str | None
    problems: tuple[Problem, ...]


class WithheldSubject(Struct, frozen=True):
    """Raw tables with their fields spread and their names read, and what they are held to.

    `scans` are of those tables alone whose cells are as the files have them.
    """

    subjects: Table
    records: Table
    members: Table | None
    catalogue: Catalogue
    policies: Sequence[str]
    scans: Mapping[str, ParquetScan] = {}
