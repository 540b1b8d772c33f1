"""One model under way over a batch: the subjects that it evaluates, by ordinals of their own, and their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from engine.evaluating.arrays.columns import taken
from engine.evaluating.arrays.memory import SourceMemory
from engine.model.batch import ArrayColumn, Batch, RecordArrays
from engine.model.policy import FromRecords, Model, Policy

if TYPE_CHECKING:
    from engine.model.batch import Array


class Selected(Struct, frozen=True):
    """The records of a category that a fact counts, as places in its arrays; `lacks` says who has no period to look at.

    `change` is the first day on which they change by themselves, where what is found is kept.
    """

    rows: Array
    lacks: Array | None = None
    change: Array | None = None


class ModelPass(Struct):
    """`who` are the ordinals of the subjects in the batch, `change` the first day on which each one's result may change.

    `records` are by the place of their subject in `who`. `rejected` says of facts who is rejected for them, by problem code,
    `absent` of those that count days who has nothing to count from. A fact's column has no value for who is rejected for it,
    or for one that it rests on.
    """

    batch: Batch
    policy: Policy
    model: Model
    as_of: int
    who: Array
    records: dict[str, RecordArrays]
    change: Array
    facts: dict[str, ArrayColumn] = field(default_factory=dict)
    rejected: dict[str, list[tuple[str, Array]]] = field(default_factory=dict)
    absent: dict[str, Array] = field(default_factory=dict)
    selected: dict[FromRecords, Selected] = field(default_factory=dict)
    memory: SourceMemory | None = None

    @property
    def size(self) -> int:
        return len(self.who)

    def attribute(self, name: str) -> ArrayColumn:
        return taken(self.batch.attributes[name], self.who)


def of_subjects(records: RecordArrays, who: Array, subjects: int) -> RecordArrays:
    """The records of some subjects of a batch, by their places among these."""
    if len(who) == subjects:
        return records
    place = np.full(subjects, -1, np.int64)
    place[who] = np.arange(len(who))
    owner = place[records.owner]
    rows = np.flatnonzero(owner >= 0)
    return records_at(records, rows, owner[rows])


def records_at(records: RecordArrays, rows: Array, owner: Array) -> RecordArrays:
    """Some records, as those of others."""
    return RecordArrays(
        owner,
        records.date[rows],
        records.last_day[rows],
        records.last_day_repaired[rows],
        {name: taken(column, rows) for name, column in records.fields.items()},
        taken(records.source, rows),
        lambda chosen: records.ids(rows[chosen]),
        None if records.this_run is None else records.this_run[rows],
    )
