"""Both versions of the rules over one population."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from ibis.backends import BaseBackend as Connection
from msgspec.structs import replace

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Plan, plan
from engine.model.batch import ColumnsRead
from engine.model.change import PolicyDiff
from engine.model.impact import Impact
from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.reading.inputs import WORKBOOK
from engine.reading.tables.raw_tables import RawTables
from engine.reviewing.impact.day import first_day, uncompared
from engine.reviewing.impact.population import impact
from engine.reviewing.impact.side import Side
from engine.reviewing.impact.without_model import without_model
from engine.usecases.batch.backend import connect, count, translate_backend_errors
from engine.usecases.batch.evaluate import are_held, part_records
from engine.usecases.batch.inputs import OpenInputs, check_anybody, open_inputs, valid_records
from engine.usecases.listener import Listener
from engine.usecases.output.workspace import disk_of, workspace
from engine.usecases.request import EvaluationRequest


def population_impact(
    old: Library, new: Library, changed: Iterable[PolicyDiff], inputs: tuple[Path, ...], as_of: int, listener: Listener,
    memory: str | None = None, day_chosen: bool = True,
) -> Impact:  # fmt: skip
    """The impact on the subjects of inputs as `evaluate` takes them, as of a day; `memory` is what DuckDB may use at most.

    Where nobody has chosen the day, it is today, or the first day of a new version that begins later.
    InputError for what cannot be read, or where nobody can be evaluated; the first who cannot be are noticed. Each
    library holds the inputs to its own catalogue; where both have the same, that is done once.
    """
    began = time.monotonic()
    changes = list(changed)
    today, as_of = as_of, as_of if day_chosen else first_day(old, new, changes, as_of)
    request = EvaluationRequest(inputs, as_of, engine="columnar", memory=memory)
    with workspace(None) as folder, disk_of(None), translate_backend_errors(request, folder):
        connection = connect(folder, request)
        before, after = _sides(old, new, request, connection, folder, listener)
        if not count(before.tables.subjects) and not count(after.tables.subjects):
            raise InputError([Problem("nobody_evaluated")])
        rejected = without_model(before, after, as_of, connection)
        if not rejected.anybody and not uncompared(old, new, changes, as_of):
            raise InputError([*rejected.problems, Problem("nobody_evaluated")])
        listener.notice(rejected.problems)
        each = listener.queries("evaluated", connection.con.query_progress)
        result = impact(before, after, changes, as_of, connection, folder, each)
        connection.disconnect()
    refused = result.refused + rejected.subjects
    return replace(result, refused=refused, seconds=time.monotonic() - began, chosen=as_of != today)


def _sides(
    old: Library, new: Library, request: EvaluationRequest, connection: Connection, folder: Path, listener: Listener
) -> tuple[Side, Side]:
    """The inputs under each of the libraries."""
    first = _open(old, request, connection, folder / "old", listener)
    is_one = old.catalogue == new.catalogue and _ids(old) == _ids(new)
    before = _side(first, (old, new) if is_one else (old,))
    if is_one:
        listener.notice(first.refusals.first)
        return before, replace(before, library=new)
    typed_by_catalogue = request.inputs[0].suffix.lower() == WORKBOOK
    second = _open(new, request, connection, folder / "new", listener, None if typed_by_catalogue else first.raw)
    after = _side(second, (new,))
    listener.notice([*first.refusals.first, *second.refusals.first])
    return before, after


def _open(
    library: Library, request: EvaluationRequest, connection: Connection, folder: Path, listener: Listener,
    raw: RawTables | None = None,
) -> OpenInputs:  # fmt: skip
    folder.mkdir()
    return open_inputs(library, request, connection, folder, listener, raw)


def _side(inputs: OpenInputs, libraries: tuple[Library, ...]) -> Side:
    """The population for libraries of one catalogue."""
    check_anybody(inputs)
    read = _read(libraries, inputs.request.as_of) if are_held(inputs) else None
    tables, apart = valid_records(inputs, read, with_columns=True)
    rejections = inputs.refusals.rejections(None)
    inputs.refusals.close()
    refused = frozenset(rejection.subject for rejection in rejections if rejection.subject is not None)
    nameless = sum(rejection.subject is None for rejection in rejections)
    at_once = part_records(inputs) if inputs.request.memory else None
    return Side(inputs.library, tables, refused, nameless, apart, read, at_once)


def _read(libraries: tuple[Library, ...], as_of: int) -> ColumnsRead:
    """What any model of the libraries reads."""
    return columns_read(Plan(as_of, tuple(model for library in libraries for model in plan(library, as_of).models), ()))


def _ids(library: Library) -> set[str]:
    """Under which nobody may deliver evaluations."""
    return {policy.id for policy in library.policies}
