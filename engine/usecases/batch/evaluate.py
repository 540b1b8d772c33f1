"""The results of tables, a file a model, by the evaluator that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan as array_plan
from engine.evaluating.arrays.run import run as run_arrays
from engine.evaluating.columnar.batch_run import REFUSED, ModelResults, run
from engine.evaluating.order import Plan, evaluate_all, evaluations, in_order, plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Name
from engine.model.table import Tables
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import to_subjects
from engine.rendering.result_files import outcome_part
from engine.usecases.batch.backend import count
from engine.usecases.batch.inputs import OpenInputs
from engine.usecases.engines import MANY, engine_named

NOT_RUN = ("policy_unknown", "policy_ended", "policy_not_in_force", "model_unknown", "model_kind")
"""Why a model that a subject names does not run."""


def evaluate_tables(inputs: OpenInputs, tables: Tables) -> list[ModelResults]:
    """The results of each model; not too many subjects are evaluated one by one unless another evaluator is named."""
    request, engine = inputs.request, inputs.request.engine
    if engine is None:
        engine = "single" if request.master is None and count(tables.subjects) <= MANY else "columnar"
    if engine == "columnar":
        return _many(inputs, tables)
    return list(_singly(inputs, tables, plan(inputs.library, request.as_of, engine_named(engine))))


AT_ONCE = 10_000_000
"""So many records are held in memory; more, and those of a run whose memory is bounded, stay with the database."""


def _many(inputs: OpenInputs, tables: Tables) -> list[ModelResults]:
    request, library = inputs.request, inputs.library
    on_one_machine = request.master is None
    fraction = inputs.connection.con.query_progress if on_one_machine else lambda: -1.0
    each = inputs.listener.queries("evaluated", fraction)
    if on_one_machine and request.memory is None and count(tables.records) <= AT_ONCE:
        planned = array_plan(library, request.as_of, request.policy)
        batch = read_batch(tables, library.catalogue, columns_read(planned))
        return run_arrays(library, planned, batch, inputs.folder, each, request.policy)
    return run(library, tables, request.as_of, inputs.connection, inputs.folder, each, request.policy)


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
