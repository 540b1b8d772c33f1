"""Tables on Spark as one row a subject, with its records, members and guests nested in it (`nested_rows`).

Each table is brought together by subject once, or not at all where it is kept so already.
"""

from __future__ import annotations

from typing import Any

from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.model.batch import ColumnsRead
from engine.model.catalogue import Catalogue
from engine.model.table import Tables
from engine.reading.tables.batches import records_read, subjects_read
from engine.reading.tables.members import guests
from engine.reading.tables.nested_rows import GUESTS, MEMBERS, RECORDS


def subject_rows(tables: Tables, catalogue: Catalogue, read: ColumnsRead, connection: Connection) -> Any:
    """A data frame of Spark."""
    from pyspark.sql import functions

    def gathered(frame: Any, name: str, cells: Any, by: str = "subject") -> Any:
        return frame.groupBy(by).agg(functions.collect_list(cells).alias(name))

    records = _frame(records_read(tables.records, catalogue, read), connection)
    inside = functions.struct(*(name for name in records.columns if name != "subject"))
    rows = _frame(subjects_read(tables.subjects, read), connection)
    rows = rows.join(gathered(records, RECORDS, inside), "subject", "left")
    if tables.members is None:
        return rows
    lists = gathered(_frame(tables.members, connection), MEMBERS, functions.col("member"))
    rows = rows.drop("member_count").join(lists, "subject", "left")
    rows = rows.withColumn("member_count", functions.coalesce(functions.size(MEMBERS), functions.lit(0)).cast("long"))
    members = tables.members.semi_join(tables.subjects, "subject")
    pairs = guests(members.select(home="subject", subject="member"), members)
    others = _frame(pairs.filter(pairs.home != pairs.subject), connection).join(rows, "subject")
    whole = functions.struct(*rows.columns)
    return rows.join(gathered(others, GUESTS, whole, "home").withColumnRenamed("home", "subject"), "subject", "left")


def _frame(table: Table, connection: Connection) -> Any:
    """A table as Spark's own data frame."""
    return connection.raw_sql(connection.compile(table))
