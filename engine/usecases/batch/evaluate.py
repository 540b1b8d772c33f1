"""The results of tables, a file a model, by the evaluator that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Plan as ArrayPlan
from engine.evaluating.arrays.evaluate import plan as array_plan
from engine.evaluating.arrays.run import AT_ONCE
from engine.evaluating.arrays.run import run as run_arrays
from engine.evaluating.columnar.batch_run import run
from engine.evaluating.model_results import REFUSED, ModelResults
from engine.evaluating.order import Plan, evaluate_all, evaluations, in_order, plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Name
from engine.model.table import Tables
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import to_subjects
from engine.reading.tables.records_apart import RecordsApart
from engine.rendering.result_files import outcome_part
from engine.usecases.batch.backend import count
from engine.usecases.batch.inputs import OpenInputs
from engine.usecases.engines import MANY, engine_named

NOT_RUN = ("policy_unknown", "policy_ended", "policy_not_in_force", "model_unknown", "model_kind")
"""Why a model that a subject names does not run."""


def planned_arrays(inputs: OpenInputs) -> ArrayPlan | None:
    """What runs over arrays, where they are to be used: on one machine that holds the records, unless another evaluator is named."""
    request = inputs.request
    if request.engine not in (None, "columnar") or request.master is not None or request.memory is not None:
        return None
    return array_plan(inputs.library, request.as_of, request.policy) if count(inputs.rows.records) <= AT_ONCE else None


def evaluate_tables(
    inputs: OpenInputs, tables: Tables, planned: ArrayPlan | None, apart: RecordsApart | None
) -> list[ModelResults]:
    """The results of each model; `planned` where arrays are used, `apart` their records where they have been taken apart."""
    request, library = inputs.request, inputs.library
    few = (
        request.engine is None and request.master is None and count(tables.subjects) <= MANY
    )  # planning takes longer than these
    if planned is None and (few or request.engine not in (None, "columnar")):
        return list(_singly(inputs, tables, plan(library, request.as_of, engine_named(request.engine))))
    fraction = inputs.connection.con.query_progress if request.master is None else lambda: -1.0
    each = inputs.listener.queries("evaluated", fraction)
    if planned is None:
        return run(library, tables, request.as_of, inputs.connection, inputs.folder, each, request.policy)
    batch = read_batch(tables, library.catalogue, columns_read(planned), apart)
    return run_arrays(library, planned, batch, inputs.folder, each, request.policy)


def _singly(inputs: OpenInputs, tables: Tables, models: Plan) -> Iterator[ModelResults]:
    subjects = list(to_subjects(tables, inputs.library.catalogue))
    steps = inputs.listener.steps("evaluated", evaluations(models, subjects))
    outcomes = in_order(models, subjects, evaluate_all(models, subjects, True, steps.step))
    steps.end()
    by_model: dict[Name | None, list[Outcome]] = {None: []}
    for outcome in outcomes:
        name = _name_of(outcome)
        if inputs.request.policy in (None, name[0]):
            by_model.setdefault(name if _ran(outcome) else None, []).append(outcome)
    for name, evaluator in models.models.items():
        if name in by_model:
            policy, model = evaluator.compiled.policy, evaluator.compiled.model
            part = ModelResults(inputs.folder / f"{name[0]}.{name[1]}.parquet", policy, model)
            outcome_part(by_model[name], part.file, policy, model)
            yield part
    outcome_part(by_model[None], inputs.folder / REFUSED)
    yield ModelResults(inputs.folder / REFUSED)


def _name_of(outcome: Outcome) -> Name:
    """Policy and model of an outcome."""
    if isinstance(outcome, Rejection):
        return str(outcome.policy), str(outcome.model)
    return outcome.policy.id, outcome.model.id


def _ran(outcome: Outcome) -> bool:
    """Whether the model of an outcome runs at all."""
    return not isinstance(outcome, Rejection) or outcome.problems[0].code not in NOT_RUN
