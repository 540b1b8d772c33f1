"""A number for all that is known of a subject, which tells whether anything changed since it was last evaluated."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import Any

import ibis

Table = Any
Column = Any


def fingerprints(subjects: Table, records: Table, members: Table | None, key: str) -> Table:
    """Subject and `input_hash`, which depends on every cell of its rows but not on their order; `key` names its column."""
    found = subjects.select(subject=subjects[key], input_hash=_of_row(subjects))
    for table in (records, members):
        if table is None:
            continue
        rows = table.select(subject=table.subject, part=_of_row(table))
        parts = rows.group_by("subject").aggregate(part=_xor(rows.part))
        joined = found.left_join(parts, "subject")
        found = joined.select(subject=joined.subject, input_hash=joined.input_hash ^ joined.part.fill_null(0))
    return found


HASHES = {"duckdb": ("hash", "uint64"), "pyspark": ("xxhash64", "int64")}
"""The function of each backend that takes any number of cells of any type, and what it gives."""


def _xor(column: Column) -> Column:
    """All of a column, one xor the other; Ibis has it for DuckDB only, though Spark knows it by the same name."""
    gives = column.type()

    def stub(cells: Any) -> Any:
        raise NotImplementedError

    found = ibis.udf.agg.builtin(stub, name="bit_xor", signature=((gives,), gives))
    return found(column)


def _of_row(table: Table) -> Column:
    names = [name for name in table.columns if not name.startswith("_")]
    function, gives = HASHES[table.get_backend().name]
    cells = [table[name] for name in names]
    if function == "xxhash64":  # which passes over what is not there
        cells += [cell.isnull() for cell in cells]
    kinds = [cell.type() for cell in cells]

    def stub(*cells: Any) -> Any:
        raise NotImplementedError

    stub.__signature__ = Signature([Parameter(f"c{i}", Parameter.POSITIONAL_ONLY) for i in range(len(cells))])  # type: ignore[attr-defined]
    found = ibis.udf.scalar.builtin(stub, name=function, signature=(tuple(kinds), gives))
    return found(*cells)
