"""Tables of not too many subjects as documents, so that their results come with the whole reasoning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.cli.backend import EvaluationRequest, connect, count, translate_backend_errors
from engine.cli.batch import BatchEvaluation
from engine.cli.engines import MANY
from engine.cli.options import fail
from engine.cli.output.workspace import neutral_name, workspace
from engine.model.library import Library
from engine.model.problem import Problem
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument
from engine.reading.tables.documents import to_subjects


def tables_as_documents(library: Library, inputs: tuple[Path, ...], as_of: int) -> list[Subject | RefusedDocument]:
    """The subjects of tables by their ids; then those who are refused, each with what is wrong with its rows, and nobody's rows."""
    wanted = EvaluationRequest(inputs, as_of, None, "single")
    with workspace(None) as aside, neutral_name(aside) as folder, translate_backend_errors(wanted, folder):
        connection = connect(folder, wanted)
        run = BatchEvaluation(library, wanted, connection, folder)
        tables = run.sound_tables(None)
        if count(tables.subjects) > MANY:
            fail(Problem("columnar_json"))
        subjects = list(to_subjects(tables, library.catalogue))
        run.refusals.close()
        connection.disconnect()
        return [*subjects, *_refused(run)]


def _refused(run: BatchEvaluation) -> Iterator[RefusedDocument]:
    refusals = run.refusals
    models: dict[str | None, list[str]] = {}
    for subject, name in refusals.named:
        models.setdefault(subject, []).extend([name] if name else [])
    for subject, problems in refusals.subjects.items():
        yield RefusedDocument(subject, tuple(models.get(subject, ())), tuple(problems))
    if refusals.nobodys:
        yield RefusedDocument(None, (), tuple(refusals.nobodys))
