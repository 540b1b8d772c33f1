"""One side of an impact: a library and the population under it."""

from __future__ import annotations

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct

from engine.model.batch import ColumnsRead
from engine.model.library import Library
from engine.model.subject import Subject
from engine.model.table import Tables
from engine.reading.tables.documents import in_memory, to_subjects
from engine.reading.tables.members import with_members
from engine.reading.tables.records_apart import RecordsApart


class Side(Struct, frozen=True):
    """A library, the population as its catalogue allows it, who is refused as a whole, and how many without an id are.

    `apart` are its records with what `read` says, where they have been taken apart; two sides of the same tables share them.
    `at_once` are how many records memory may hold, where that is limited.
    """

    library: Library
    tables: Tables
    refused: frozenset[str] = frozenset()
    nameless: int = 0
    apart: RecordsApart | None = None
    read: ColumnsRead | None = None
    at_once: int | None = None


def documents(side: Side, ids: list[str], connection: Connection) -> list[Subject]:
    """Subjects, with all whose results theirs may read."""
    chosen = with_members(table_of(ids, connection), side.tables.members)
    return list(to_subjects(side.tables.of(chosen), side.library.catalogue))


def table_of(ids: list[str], connection: Connection) -> Table:
    """A table of subjects."""
    return in_memory(ibis.util.gen_name("chosen"), pa.table({"subject": ids}), connection)
