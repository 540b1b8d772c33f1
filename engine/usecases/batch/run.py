"""Evaluating many: tables, or documents too many for a list, to a table of results and its figures."""

from __future__ import annotations

import time
from pathlib import Path

from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct
from msgspec.structs import replace

from engine.backends.parquet_tables import read_parquet_files
from engine.evaluating.model_results import ModelResults
from engine.model.library import Library
from engine.model.problem import Problem
from engine.model.totals import Forecast, ModelTotals, Totals, with_refused
from engine.reading.tables.without_policy import without_policy
from engine.rendering.batch_html import totals_page
from engine.rendering.office_workbook.workbook import write_office_workbook
from engine.rendering.result_files import outcome_part
from engine.rendering.result_outputs import ResultTables, write_output
from engine.rendering.visible import visible_in
from engine.usecases.batch.backend import connect, count, translate_backend_errors
from engine.usecases.batch.carried_results import Carried, carry_over, with_state
from engine.usecases.batch.changes import Choice, choose_changed
from engine.usecases.batch.evaluate import are_held, evaluate_tables, planned_arrays, read_of
from engine.usecases.batch.forecast_columns import forecast_counts, with_forecast
from engine.usecases.batch.inputs import OpenInputs, check_anybody, open_inputs, valid_records
from engine.usecases.batch.later_records import later_records
from engine.usecases.batch.models_not_run import names_not_run, not_run, rows_not_run
from engine.usecases.batch.office_results import office_results
from engine.usecases.batch.outputs import output_folders, put_outputs
from engine.usecases.batch.renewed_database import can_be_renewed, renew, totals_in
from engine.usecases.batch.result_counts import counted
from engine.usecases.batch.split_results import split_results
from engine.usecases.extras import require_extra
from engine.usecases.listener import Listener
from engine.usecases.output.tables import REJECTS, STATEFUL, kind_of, with_reasoning
from engine.usecases.output.workspace import disk_of
from engine.usecases.request import EvaluationRequest


class BatchResult(Struct, frozen=True):
    """The figures of a run, and the first of the problems for which rows were refused."""

    totals: Totals
    first_problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether a row or document was refused, or a subject rejected."""
        return bool(self.totals.refused) or any(model.rejected for model in self.totals.models)


def evaluate_batch(library: Library, request: EvaluationRequest, listener: Listener) -> BatchResult:
    """Evaluates, and puts the table of results, the page of figures and what was refused in place, as far as asked for.

    InputError where the inputs cannot be read or an output cannot be written; then nothing is put in place.
    """
    began = time.monotonic()
    ending = None if request.output is None else kind_of(request.output)
    request = replace(request, reasoning=with_reasoning(request.output, ending, request.reasoning))
    of_rejects = None if request.rejects is None else kind_of(request.rejects, REJECTS)
    if ".xlsx" in (ending, of_rejects):
        require_extra("workbook", "xlsxwriter")
    with output_folders(request) as folders:
        folder = folders[request.output]
        results, page = folder / f"made{ending or ''}", folders[request.page] / "page" if request.page else None
        with disk_of(request.output), translate_backend_errors(request, folder):
            connection = connect(folder, request)
            inputs = open_inputs(library, request, connection, folder, listener, rejects=folders.get(request.rejects))
            totals = _evaluate(inputs, ending, results)
            connection.disconnect()
        totals = replace(totals, seconds=time.monotonic() - began)
        if page is not None:
            with disk_of(request.page):
                page.write_text(totals_page(visible_in(totals), request.lang), encoding="utf-8")
        put_outputs(request, results, page, inputs.refusals)
    return BatchResult(totals, tuple(inputs.refusals.first))


def _evaluate(inputs: OpenInputs, ending: str | None, results: Path) -> Totals:
    """Evaluates whom it takes, puts that together with what stands and what is refused in a file or folder, and counts."""
    library, request, connection, refusals = inputs.library, inputs.request, inputs.connection, inputs.refusals
    everybody = inputs
    inputs, choice = choose_changed(inputs)
    planned = planned_arrays(inputs)
    read = read_of(inputs, planned) if planned and are_held(inputs) else None
    tables, apart = valid_records(inputs, read, choice.subjects, choice.doubtful)
    check_anybody(inputs)
    if later := later_records(tables, request.as_of):
        inputs.listener.notice([later])
    parts = evaluate_tables(inputs, tables, planned, apart)
    rejections = refusals.rejections(request.policy)
    if rejections:
        parts.append(ModelResults(inputs.folder / "refused-inputs.parquet"))
        outcome_part(rejections, parts[-1].file)
    parts = split_results(parts, inputs.aside("split"), bool(request.reasoning), connection)
    forecast = None
    if request.ahead is not None:
        parts = with_forecast(parts, inputs.aside("forecast"))
        forecast = Forecast(request.ahead, forecast_counts(parts))
    for row in rows_not_run(inputs, parts):
        refusals.note(row)
    idle = _note_idle(inputs)
    refused, names = refusals.counts + not_run(parts), {**refusals.names, **names_not_run(parts)}
    if choice.fingerprints is not None:  # who is refused has none, and so is looked at again
        sound = choice.fingerprints.anti_join(inputs.named(refusals.subjects), "subject")
        choice = replace(choice, fingerprints=sound)
    state = _state(inputs, choice, ending)
    if state is not None and can_be_renewed(inputs, choice, ending):
        renew(inputs, choice, parts, state, results)
        by_model = totals_in(inputs, results)
    else:
        beside = choice.fingerprints if ending == ".parquet" else None
        if beside is not None:
            parts = with_state(parts, beside, connection, inputs.aside("hashed"))
        parts = _whole(inputs, choice, parts, beside)
        by_model = _totals(parts, connection)
        if request.output is not None and not _is_for_office(request, ending):
            write_output(_tables(parts, state), results, request.encoding)
    refusals.close()
    totals = Totals(
        request.as_of,
        count(inputs.everybody()) if inputs.documents is None else inputs.documents,
        inputs.records(),
        with_refused(by_model, rejections, library, request.as_of),
        refused,
        tuple(map(str, request.inputs)),
        changed=None if choice.subjects is None else count(choice.subjects),
        idle=idle,
        refused_names=names,
        forecast=forecast,
    )
    if _is_for_office(request, ending):
        write_office_workbook(office_results(everybody, parts, rejections, visible_in(totals)), results, request.lang)
    return totals


def _is_for_office(request: EvaluationRequest, ending: str | None) -> bool:
    """Whether the results are written for people."""
    return ending == ".xlsx" and request.headers == "words"


def _totals(parts: list[ModelResults], connection: Connection) -> list[ModelTotals]:
    """What came of each model in its part."""
    models = [(part.policy, part.model) for part in parts if part.policy is not None and part.model is not None]
    files = [part.file for part in parts if part.model is not None]
    return counted(read_parquet_files(files, connection), models) if files else []


def _state(inputs: OpenInputs, choice: Choice, ending: str | None) -> Path | None:
    """A file of the state that a later run goes on from, where the output has a table for it: of all, or of the changed."""
    if choice.fingerprints is None or ending not in STATEFUL:
        return None
    state = choice.fingerprints
    if choice.stale is not None and can_be_renewed(inputs, choice, ending):
        state = state.semi_join(choice.stale, "subject")
    file = inputs.folder / "state.parquet"
    inputs.connection.to_parquet(state.order_by("subject"), file)
    return file


def _whole(inputs: OpenInputs, choice: Choice, parts: list[ModelResults], state: Table | None) -> list[ModelResults]:
    """The parts made anew with all that stands of an earlier run; with the state in a column, where it is given."""
    if choice.last is None or choice.stale is None:
        return parts
    request = inputs.request
    reasoning = bool(request.reasoning)
    carried = Carried(inputs.library, choice.last, choice.stale, request.as_of, request.policy, reasoning, state)
    return carry_over(carried, parts, inputs.connection, inputs.aside("carried"))


def _tables(parts: list[ModelResults], state: Path | None) -> ResultTables:
    """The files of an output."""
    reasoning = {part.reasoning.name: part.reasoning for part in parts if part.reasoning is not None}
    return ResultTables(tuple(part.file for part in parts), reasoning, state)


def _note_idle(inputs: OpenInputs) -> int:
    """Lists the subjects that no policy applies to, and counts them."""
    in_force = inputs.library.in_force(inputs.request.as_of).values()
    always = {model.kind for policy in in_force for model in policy.models.values() if model.always}
    idle, source = 0, inputs.source if inputs.whole is None else inputs.whole.idle
    for row in without_policy(source, always, inputs.places):
        if row.subject not in inputs.refusals.subjects:
            inputs.refusals.note(row)
            idle += 1
    return idle
