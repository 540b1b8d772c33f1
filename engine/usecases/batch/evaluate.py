"""The results of tables, a file a model, by the evaluator that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.arrays.ahead import Ahead
from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Plan as ArrayPlan
from engine.evaluating.arrays.evaluate import evaluations as array_evaluations
from engine.evaluating.arrays.evaluate import plan as array_plan
from engine.evaluating.arrays.run import run
from engine.evaluating.model_results import REFUSED, ModelResults
from engine.evaluating.order import Plan, evaluate_all, evaluations, in_order, plan
from engine.model.batch import ColumnsRead
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Name
from engine.model.table import Tables
from engine.reading.tables.batches import kinds_and_models, read_batch
from engine.reading.tables.documents import to_subjects
from engine.reading.tables.parts import AT_ONCE, PART_RECORDS, parts
from engine.reading.tables.records_apart import RecordsApart
from engine.rendering.result_files import outcome_part
from engine.usecases.batch.backend import count
from engine.usecases.batch.inputs import OpenInputs
from engine.usecases.batch.on_spark import run_on_spark
from engine.usecases.engines import engine_named
from engine.usecases.memory import bytes_of

NOT_RUN = ("policy_unknown", "policy_ended", "policy_not_in_force", "model_unknown", "model_kind")
"""Why a model that a subject names does not run."""

BYTES = 500
"""So many bytes a record takes while a part is evaluated, with its subject and all results (measured)."""

SHARE = 4
"""A part may take one in so many of the bytes that a run may use; the database takes the others."""


def planned_arrays(inputs: OpenInputs) -> ArrayPlan | None:
    """What runs over arrays, unless another evaluator is named."""
    request = inputs.request
    return array_plan(inputs.library, request.as_of, request.policy) if request.engine in (None, "columnar") else None


def ahead_of(inputs: OpenInputs) -> Ahead | None:
    """The days that a forecast looks at, where one is asked for."""
    request = inputs.request
    return None if request.ahead is None else Ahead(inputs.library, request.as_of, request.ahead, request.policy)


def read_of(inputs: OpenInputs, planned: ArrayPlan) -> ColumnsRead:
    """What is put into arrays: also what later versions read that a forecast comes to."""
    ahead = ahead_of(inputs)
    return columns_read(planned) if ahead is None else ahead.read()


def are_held(inputs: OpenInputs) -> bool:
    """Whether one machine holds the records all at once."""
    request = inputs.request
    return request.master is None and count(inputs.rows.records) <= (part_records(inputs) if request.memory else AT_ONCE)


def part_records(inputs: OpenInputs) -> int:
    """How many records a part has."""
    memory = inputs.request.memory
    return PART_RECORDS if memory is None else max(1, min(PART_RECORDS, bytes_of(memory) // SHARE // BYTES))


def evaluate_tables(
    inputs: OpenInputs, tables: Tables, planned: ArrayPlan | None, apart: RecordsApart | None
) -> list[ModelResults]:
    """The results of each model; `planned` where arrays are used, `apart` their records where they have been taken apart."""
    request, library = inputs.request, inputs.library
    if planned is None:
        return list(_singly(inputs, tables, plan(library, request.as_of, engine_named(request.engine))))
    if request.master is not None:
        connection, folder = inputs.connection, inputs.folder
        return run_on_spark(library, planned, tables, connection, folder, request.policy, bool(request.reasoning))
    each = inputs.listener.queries("evaluated", inputs.connection.con.query_progress)
    read = read_of(inputs, planned)
    ahead = ahead_of(inputs)
    if are_held(inputs):
        batch = read_batch(tables, library.catalogue, read, apart)
        return run(
            library, planned, [batch], inputs.folder, each, request.policy, reasoning=bool(request.reasoning), ahead=ahead
        )
    split = parts(tables, library.catalogue, read, part_records(inputs), inputs.connection, inputs.aside("parts"))
    batches = (read_batch(part, library.catalogue, read) for part in split)
    size = array_evaluations(planned, *kinds_and_models(tables))
    return run(library, planned, batches, inputs.folder, each, request.policy, size, bool(request.reasoning), ahead)


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
