"""What the Python processes of Spark do: rows of subjects to rows of results. It reads no files, and needs no Ibis there."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from msgspec import Struct

from engine.evaluating.arrays.evaluate import Only, Plan
from engine.evaluating.arrays.result_rows import result_rows
from engine.model.batch import ColumnsRead
from engine.model.library import Library
from engine.reading.tables.nested_rows import batch_of

AT_ONCE = 2**28
"""So many bytes of rows are evaluated together, or so many subjects as Spark hands over at once where these take more."""


class Work(Struct, frozen=True):
    """What is to be evaluated, by what, and how much of it is asked for."""

    library: Library
    planned: Plan
    read: ColumnsRead
    only: Only
    reasoning: bool

    def results(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of a partition."""
        for rows in _collected(batches):
            batch = batch_of(rows, self.library.catalogue, self.read)
            yield from result_rows(self.library, self.planned, batch, self.only, self.reasoning)


def _collected(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    rows: list[pa.RecordBatch] = []
    for batch in batches:
        rows.append(batch)
        if sum(some.nbytes for some in rows) >= AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows
