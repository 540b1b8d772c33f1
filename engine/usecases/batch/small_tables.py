"""Tables of not too many subjects as documents, so that their results come with the whole reasoning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument
from engine.reading.tables.documents import to_subjects
from engine.usecases.batch.backend import connect, count, translate_backend_errors
from engine.usecases.batch.inputs import open_inputs, valid_tables
from engine.usecases.batch.rejected_rows import RejectedRows
from engine.usecases.engines import MANY
from engine.usecases.listener import Listener
from engine.usecases.output.workspace import neutral_name, workspace
from engine.usecases.request import EvaluationRequest


def tables_as_documents(
    library: Library, inputs: tuple[Path, ...], as_of: int, listener: Listener
) -> list[Subject | RefusedDocument]:
    """The subjects of tables by their ids; then those who are refused, each with what is wrong with its rows, and nobody's rows."""
    request = EvaluationRequest(inputs, as_of, engine="single")
    with workspace(None) as aside, neutral_name(aside) as folder, translate_backend_errors(request, folder):
        connection = connect(folder, request)
        opened = open_inputs(library, request, connection, folder, listener)
        tables = valid_tables(opened)
        if count(tables.subjects) > MANY:
            raise InputError([Problem("columnar_json")])
        subjects = list(to_subjects(tables, library.catalogue))
        opened.refusals.close()
        connection.disconnect()
        return [*subjects, *_refused(opened.refusals)]


def _refused(refusals: RejectedRows) -> Iterator[RefusedDocument]:
    models: dict[str | None, list[str]] = {}
    for subject, name in refusals.named:
        models.setdefault(subject, []).extend([name] if name else [])
    for subject, problems in refusals.subjects.items():
        yield RefusedDocument(subject, tuple(models.get(subject, ())), tuple(problems))
    if refusals.nobodys:
        yield RefusedDocument(None, (), tuple(refusals.nobodys))
