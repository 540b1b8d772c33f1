"""Some subjects of a batch as a batch of their own, with the members whose results they read as guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from engine.evaluating.arrays.columns import taken
from engine.evaluating.arrays.model_pass import records_at
from engine.model.batch import Batch, RecordArrays

if TYPE_CHECKING:
    from engine.model.batch import Array


def chosen_subjects(batch: Batch, who: Array) -> tuple[Batch, Array]:
    """The subjects (ordinals, rising) and their members; and where each of them stands in the whole batch."""
    places, members = who, None
    if batch.members is not None:
        owner, member = batch.members
        is_chosen = np.zeros(len(batch.ids), bool)
        is_chosen[who] = True
        mine = is_chosen[owner]
        places = np.union1d(who, member[mine])
        members = np.searchsorted(places, owner[mine]), np.searchsorted(places, member[mine])
    if len(places) == len(batch.ids):
        return batch, places
    some = Batch(
        batch.ids.take(pa.array(places)), taken(batch.kinds, places), taken(batch.models, places), batch.member_count[places],
        {name: taken(column, places) for name, column in batch.attributes.items()},
        {name: _records(records, places) for name, records in batch.records.items()}, members,
    )  # fmt: skip
    return some, places


def _records(records: RecordArrays, places: Array) -> RecordArrays:
    """The records of some subjects, which stand side by side."""
    first, last = (np.searchsorted(records.owner, places, side) for side in ("left", "right"))
    counts = last - first
    starts = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return records_at(records, starts + np.arange(counts.sum()), np.repeat(np.arange(len(places)), counts))
