"""Records of tables that are dated after the as-of date: how many, and the first of them."""

from __future__ import annotations

from engine.model.problem import Problem
from engine.model.table import Tables

LISTED = 5
"""So many of them are named."""


def later_records(tables: Tables, as_of: int) -> Problem | None:
    """The warning about all records that lie after the day; None where there are none."""
    records = tables.records
    later = records.filter(records.date > as_of)
    count = int(later.count().to_pyarrow().as_py())
    if not count:
        return None
    rows = later.select("subject", "id").order_by("subject", "id").limit(LISTED).to_pyarrow().to_pylist()
    names = [f"{row['subject']} {row['id']}" for row in rows]
    listed = [*names, *(["…"] if count > LISTED else [])]
    return Problem("records_after_as_of", ("records",), {"count": count, "records": listed, "as_of": as_of}, "warning")
