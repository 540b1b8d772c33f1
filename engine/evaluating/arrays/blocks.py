"""A batch in blocks of whole subjects, so that what is made of each is small and stays in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from engine.model.batch import ArrayColumn, Batch, RecordArrays

if TYPE_CHECKING:
    from engine.model.batch import Array

SUBJECTS = 131_072
"""So many subjects are a block."""


def blocks(batch: Batch, size: int = SUBJECTS) -> Iterator[Batch]:
    """The batch in blocks, in the order of its subjects; whole where some have members, who may stand anywhere."""
    if batch.members is not None or len(batch.ids) <= size:
        yield batch
        return
    for start in range(0, len(batch.ids), size):
        end = min(start + size, len(batch.ids))
        yield Batch(
            batch.ids.slice(start, end - start),
            _part(batch.kinds, start, end),
            _part(batch.models, start, end),
            batch.member_count[start:end],
            {name: _part(column, start, end) for name, column in batch.attributes.items()},
            {name: _records(records, start, end) for name, records in batch.records.items()},
        )


def _part(column: ArrayColumn, start: int, end: int) -> ArrayColumn:
    there = None if column.there is None else column.there[start:end]
    return ArrayColumn(column.values[start:end], there, column.words)


def _records(records: RecordArrays, start: int, end: int) -> RecordArrays:
    """Those of the subjects of a block, who get ordinals of its own."""
    first, last = np.searchsorted(records.owner, [start, end]).tolist()

    def ids(rows: Array) -> list[str]:
        return list(records.ids(rows + first))

    return RecordArrays(
        records.owner[first:last] - start,
        records.date[first:last],
        records.last_day[first:last],
        records.last_day_repaired[first:last],
        {name: _part(column, first, last) for name, column in records.fields.items()},
        _part(records.source, first, last),
        ids,
    )
