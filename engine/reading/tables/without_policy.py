"""The subjects that no policy applies to: they have no result, and somebody may expect one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import ibis

from engine.model.problem import Place, Problem
from engine.model.table import Tables
from engine.reading.tables.contract import Contract
from engine.reading.tables.raw_tables import RejectedRow


def without_policy(source: Contract | Tables, always: Collection[str], places: Mapping[str, Place]) -> Iterator[RejectedRow]:
    """Who names no model, of a kind for which none runs by itself; `always` are the kinds for which one does.

    `places` are where the documents begin that became tables.
    """
    if isinstance(source, Tables):
        rows = source.subjects.mutate(_file=ibis.literal(""), _row=ibis.null("int64"))
        called: Mapping[str, str] = {}
    else:
        rows, called = source.named(), source.called
    unnamed = rows.filter((rows.models == " ") & rows.kind.notin(sorted(always)) & rows.subject.notnull())
    for batch in unnamed.select("subject", "_file", "_row").order_by("subject").to_pyarrow_batches(chunk_size=10_000):
        for row in batch.to_pylist():
            problem = Problem(
                "nothing_applies", ("model",), {"id": row["subject"]}, "warning", place=places.get(row["subject"])
            )
            file = problem.place.file if problem.place else called.get(row["_file"], row["_file"])
            yield RejectedRow("documents" if problem.place else "subjects", file, row["_row"], row["subject"], None, (problem,))
