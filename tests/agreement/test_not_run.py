"""Both evaluators say of the same models that they do not run, for the same reason and until the same day, whoever names them."""

from __future__ import annotations

from datetime import date

import ibis
import pytest
from msgspec.structs import replace

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan
from engine.evaluating.arrays.result_table import refused_models
from engine.evaluating.order import why_not_run
from engine.model.library import Library
from engine.model.subject import Subject
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import from_subjects
from tests.agreement.compare import evaluate, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

CODES = {"policy_unknown", "policy_ended", "policy_not_in_force", "model_unknown", "model_kind"}

Refused = dict[tuple[str, str, str], tuple[str, int | None]]
"""By subject, policy and model: why, and the last day on which that stays so."""


def drawn_subjects(library: Library, subjects: list[Subject], drawn: Seeded) -> list[Subject]:
    """The subjects, of a kind that is drawn and naming models that are drawn: of any policy, of another one, of none."""
    policies = sorted({policy.id for policy in library.policies})
    models = sorted({model for policy in library.policies for model in policy.models})
    kinds = sorted({model.kind for policy in library.policies for model in policy.models.values()} | {"person"})

    def named() -> tuple[str, ...]:
        names = [
            f"{drawn.choice([*policies, 'nothing'])}/{drawn.choice([*models, 'nobody'])}" for _ in range(drawn.integer(1, 3))
        ]
        return tuple(dict.fromkeys(names))

    return [replace(subject, kind=drawn.choice(kinds), models=named(), members=()) for subject in subjects]


def by_single(library: Library, subjects: list[Subject], as_of: int) -> Refused:
    outcomes = evaluate(library, subjects, as_of)
    refused: Refused = {}
    for subject in subjects:
        for text in subject.models:
            policy, _, model = text.partition("/")
            problem = why_not_run(library, library.in_force(as_of), as_of, (policy, model), subject.kind)
            if problem is not None:
                refused[subject.id, policy, model] = problem.code, outcomes[subject.id, (policy, model)].valid_until
    return refused


def by_arrays(library: Library, subjects: list[Subject], as_of: int) -> Refused:
    tables = from_subjects(subjects, library.catalogue, ibis.duckdb.connect(threads=1))
    batch = read_batch(tables, library.catalogue, columns_read(plan(library, as_of)))
    return {
        (row["subject"], row["policy"], row["model"]): (
            row["reason"][0].removeprefix("model "), None if row["valid_until"] is None else row["valid_until"].toordinal(),
        )
        for row in refused_models(library, batch, as_of).to_pylist()
    }  # fmt: skip


@pytest.mark.parametrize("seed", few(range(12), 4))
def test_models_that_do_not_run(seed: int) -> None:
    drawn = Seeded(f"not run {seed}")
    library, subjects, as_of = read_world(world(drawn, subjects=25))
    subjects = drawn_subjects(library, subjects, drawn)
    for day in (as_of, as_of + drawn.integer(-4000, 4000), date(1990, 1, 1).toordinal(), date(2090, 1, 1).toordinal()):
        assert by_arrays(library, subjects, day) == by_single(library, subjects, day)


def test_every_reason_is_drawn() -> None:
    codes: set[str] = set()
    for seed in range(12):
        drawn = Seeded(f"not run {seed}")
        library, subjects, as_of = read_world(world(drawn, subjects=25))
        subjects = drawn_subjects(library, subjects, drawn)
        for day in (as_of, date(1990, 1, 1).toordinal(), date(2090, 1, 1).toordinal()):
            codes |= {code for code, _ in by_single(library, subjects, day).values()}
    assert codes == CODES
