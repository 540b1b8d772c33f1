"""Tables of not too many subjects as documents, so that their results come with the whole reasoning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.model.subject import Subject
from engine.model.table import Tables
from engine.reading.inputs import RefusedDocument
from engine.reading.tables.documents import to_subjects
from engine.usecases.batch.backend import connect, count, translate_backend_errors
from engine.usecases.batch.inputs import open_inputs, valid_tables
from engine.usecases.batch.rejected_rows import RejectedRows
from engine.usecases.engines import MANY
from engine.usecases.listener import Listener, Silent
from engine.usecases.output.workspace import neutral_name, workspace
from engine.usecases.request import EvaluationRequest

FEW, FEW_BYTES = 10, 2**20
"""So many subjects of a workbook are printed one by one, and so large it is at most where it has no more."""


def tables_as_documents(
    library: Library, inputs: tuple[Path, ...], as_of: int, listener: Listener, only: str | None = None
) -> list[Subject | RefusedDocument]:
    """The subjects of tables by their ids; then those who are refused, each with what is wrong with its rows, and nobody's rows.

    Of tables of any size `only` one with its members, where it is named; InputError where there is none of that id.
    """
    request = EvaluationRequest(inputs, as_of, engine="single")
    with workspace(None) as aside, neutral_name(aside) as folder, translate_backend_errors(request, folder):
        connection = connect(folder, request)
        opened = open_inputs(library, request, connection, folder, listener)
        tables = valid_tables(opened)
        if only is not None:
            tables = _with_members(tables, only)
        if count(tables.subjects) > MANY:
            raise InputError([Problem("columnar_json")])
        subjects = list(to_subjects(tables, library.catalogue))
        opened.refusals.close()
        connection.disconnect()
        documents: list[Subject | RefusedDocument] = [*subjects, *_refused(opened.refusals)]
    if only is not None and not documents:
        raise InputError([Problem("subject_unknown", values={"id": only})])
    return documents


def has_few(library: Library, workbook: Path, as_of: int) -> bool:
    """Whether a workbook has so few subjects that each one's results are printed."""
    if workbook.stat().st_size > FEW_BYTES:
        return False
    request = EvaluationRequest((workbook,), as_of)
    with workspace(None) as aside, neutral_name(aside) as folder, translate_backend_errors(request, folder):
        connection = connect(folder, request)
        opened = open_inputs(library, request, connection, folder, Silent())
        few = count(opened.rows.subjects) <= FEW
        opened.refusals.close()
        connection.disconnect()
    return few


def _with_members(tables: Tables, subject: str) -> Tables:
    """The tables with a subject and its members alone."""
    names = [subject]
    if tables.members is not None:
        rows = tables.members.filter(tables.members.subject == subject).to_pyarrow().to_pylist()
        names += [row["member"] for row in rows]
    return replace(tables, subjects=tables.subjects.filter(tables.subjects.subject.isin(names)))


def _refused(refusals: RejectedRows) -> Iterator[RefusedDocument]:
    models: dict[str | None, list[str]] = {}
    for subject, name in refusals.named:
        models.setdefault(subject, []).extend([name] if name else [])
    for subject, problems in refusals.subjects.items():
        yield RefusedDocument(subject, tuple(models.get(subject, ())), tuple(problems))
    if refusals.nobodys:
        yield RefusedDocument(None, (), tuple(refusals.nobodys))
