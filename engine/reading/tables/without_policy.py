"""The subjects that no policy applies to: they have no result, and somebody may expect one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import ibis

from engine.backends.materialized import materialized
from engine.model.problem import Place, Problem
from engine.model.table import Tables
from engine.reading.tables.contract import Contract
from engine.reading.tables.raw_tables import RawTables, RejectedRow


def may_be_without_policy(raw: RawTables, always: Collection[str]) -> RawTables:
    """The rows of subjects, as written, that seem to name no model and no kind for which one runs by itself."""
    rows = raw.subjects
    unnamed, unlikely = ibis.literal(True), ibis.literal(True)
    if "model" in rows.columns and rows.model.type().is_string():
        unnamed = ~rows.model.re_search("[0-9A-Za-z]").fill_null(False)
    if "kind" in rows.columns and rows.kind.type().is_string():
        unlikely = rows.kind.notin(sorted(always)).fill_null(True)
    return RawTables(materialized(rows.filter(unnamed & unlikely)), raw.records.limit(0), called=raw.called)


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
