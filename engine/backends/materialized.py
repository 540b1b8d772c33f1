"""A table computed once, where it is read more than once."""

from __future__ import annotations

from ibis.expr.types import Table
from ibis.util import gen_name


def materialized(table: Table) -> Table:
    """A table's rows, held by its backend as long as it is connected, without the plan that they come from.

    What Ibis itself caches keeps its plan on Spark, which analyses and computes it again wherever the table is read.
    """
    backend = table.get_backend()
    name = gen_name("materialized")
    if backend.name == "pyspark":
        backend.raw_sql(backend.compile(table)).localCheckpoint().createTempView(name)
        return backend.table(name)
    return backend.create_table(name, table)
