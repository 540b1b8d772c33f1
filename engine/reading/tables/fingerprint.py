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
        parts = rows.group_by("subject").aggregate(part=rows.part.bit_xor())
        joined = found.left_join(parts, "subject")
        found = joined.select(subject=joined.subject, input_hash=joined.input_hash ^ joined.part.fill_null(0))
    return found


HASHES = {"duckdb": ("hash", "uint64"), "pyspark": ("xxhash64", "int64")}
"""The function of each backend that takes any number of cells of any type, and what it gives."""


def _of_row(table: Table) -> Column:
    names = [name for name in table.columns if not name.startswith("_")]
    function, gives = HASHES[table.get_backend().name]
    kinds = [table[name].type() for name in names]

    def stub(*cells: Any) -> Any:
        raise NotImplementedError

    stub.__signature__ = Signature([Parameter(f"c{i}", Parameter.POSITIONAL_ONLY) for i in range(len(names))])  # type: ignore[attr-defined]
    found = ibis.udf.scalar.builtin(stub, name=function, signature=(tuple(kinds), gives))
    return found(*(table[name] for name in names))
