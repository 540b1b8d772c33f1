"""Results of this run as records of the models that read them: the subject's own, and those of its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from engine.evaluating.arrays.arithmetic import divide, times, whole
from engine.evaluating.arrays.columns import joined, same_text
from engine.evaluating.arrays.groups import least
from engine.evaluating.arrays.level import level_and_grade
from engine.evaluating.arrays.model_pass import ModelPass, records_at
from engine.model.batch import ArrayColumn, Batch, RecordArrays
from engine.model.catalogue import MEMBER
from engine.model.library import Name
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import Model, Policy, category_read

if TYPE_CHECKING:
    from engine.model.batch import Array


class Outcomes(Struct, frozen=True):
    """Of a model what later ones read of it: whose outcome it is (ordinals), whether it is an evaluation, and until when it stands."""

    policy: Policy
    model: Model
    who: Array
    evaluated: Array
    valid_until: Array
    score: Array | None = None
    level: Array | None = None
    vetoed: Array | None = None
    weight: Array | None = None

    def beside(self, rejected: Outcomes) -> Outcomes:
        """With those who are rejected, being of another kind."""
        extra = np.zeros(len(rejected.who), np.int64)

        def more(values: Array | None) -> Array | None:
            return None if values is None else np.concatenate([values, extra.astype(values.dtype)])

        return Outcomes(
            self.policy, self.model, np.concatenate([self.who, rejected.who]),
            np.concatenate([self.evaluated, rejected.evaluated]), np.concatenate([self.valid_until, rejected.valid_until]),
            more(self.score), more(self.level), more(self.vetoed), more(self.weight),
        )  # fmt: skip


def results_as_records(run: ModelPass, needed: Mapping[str, Sequence[Name]], outcomes: Mapping[Name, Outcomes]) -> None:
    """The run's records with the results that its model reads, and the change that comes where one of these ends."""
    read = sorted({(name, _category(run.model, fact) == MEMBER) for fact, names in needed.items() for name in names})
    places = np.full(len(run.batch.ids), -1, np.int64)
    places[run.who] = np.arange(run.size)
    for name, of_member in read:
        outcome = outcomes.get(name)
        if outcome is None:
            continue
        owner, rows = _owned(run.batch, outcome, of_member)
        owner = places[owner]
        mine = np.flatnonzero(owner >= 0)
        mine = mine[np.argsort(owner[mine], kind="stable")]
        owner, rows = owner[mine], rows[mine]
        least(owner, outcome.valid_until[rows] + 1, run.change)
        evaluated = outcome.evaluated[rows]
        category = MEMBER if of_member else outcome.model.feeds or ""
        _add(run, category, _records(run, outcome, owner[evaluated], rows[evaluated], of_member))


def _category(model: Model, fact: str) -> str:
    return category_read(model.facts[fact].source) or ""


def _owned(batch: Batch, outcome: Outcomes, of_member: bool) -> tuple[Array, Array]:
    """Whom each outcome is read for, and its row: its own subject, or each that has it as a member."""
    if not of_member:
        return outcome.who, np.arange(len(outcome.who))
    if batch.members is None:
        return np.zeros(0, np.int64), np.zeros(0, np.intp)
    row = np.full(len(batch.ids), -1, np.int64)
    row[outcome.who] = np.arange(len(outcome.who))
    owner, member = batch.members
    there = row[member] >= 0
    return owner[there], row[member[there]]


def _records(run: ModelPass, outcome: Outcomes, owner: Array, rows: Array, of_member: bool) -> RecordArrays:
    """Evaluations as records, dated the as-of date, the score out of 100."""
    policy, model, size = outcome.policy, outcome.model, len(owner)
    name = f"{policy.id}/{model.id}"
    who = outcome.who[rows]

    def ids(chosen: Array) -> list[str]:
        if not of_member:
            return [name] * len(chosen)
        return [f"{subject}/{name}" for subject in run.batch.ids.take(who[chosen]).to_pylist()]

    last = np.full(size, NEVER - 1, np.int64)
    return RecordArrays(
        owner, np.full(size, run.as_of, np.int64), last, last, _fields(outcome, rows), same_text(None, size), ids,
        np.ones(size, bool),
    )  # fmt: skip


def _fields(outcome: Outcomes, rows: Array) -> dict[str, ArrayColumn]:
    scale, size = outcome.policy.scale, len(rows)
    nothing = np.zeros(size, np.int64)
    score = ArrayColumn(nothing, nothing > 0)
    level = grade = same_text(None, size)
    if outcome.score is not None:
        out_of_100 = whole(divide(times(outcome.score[rows], 100 * ONE), scale.hundred))
        score = ArrayColumn(np.minimum(out_of_100, 100 * ONE))
    if outcome.level is not None:
        level, grade = level_and_grade(outcome.level[rows], scale)
    assert outcome.vetoed is not None or not size
    return {
        "policy": same_text(outcome.policy.id, size), "model": same_text(outcome.model.id, size), "score": score,
        "level": level, "grade": grade,
        "vetoed": ArrayColumn(nothing > 0 if outcome.vetoed is None else outcome.vetoed[rows]),
        "weight": ArrayColumn(nothing if outcome.weight is None else outcome.weight[rows]),
    }  # fmt: skip


def _add(run: ModelPass, category: str, more: RecordArrays) -> None:
    """Records of the category, delivered ones and these, by subject."""
    there = run.records.get(category)
    if there is None:
        run.records[category] = more
        return
    flags = np.zeros(len(there.owner), bool) if there.this_run is None else there.this_run
    parts = (there, more)
    count = len(there.owner)

    def ids(chosen: Array) -> list[str]:
        mine = chosen < count
        names = np.empty(len(chosen), object)
        names[mine], names[~mine] = list(there.ids(chosen[mine])), list(more.ids(chosen[~mine] - count))
        return names.tolist()

    together = RecordArrays(
        np.concatenate([part.owner for part in parts]), np.concatenate([part.date for part in parts]),
        np.concatenate([part.last_day for part in parts]), np.concatenate([part.last_day_repaired for part in parts]),
        {name: joined([part.fields[name] for part in parts]) for name in more.fields},
        joined([there.source, more.source]), ids, np.concatenate([flags, np.ones(len(more.owner), bool)]),
    )  # fmt: skip
    order = np.argsort(together.owner, kind="stable")
    run.records[category] = records_at(together, order, together.owner[order])
