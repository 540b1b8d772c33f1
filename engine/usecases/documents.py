"""Subject documents, from files or as the values of a program: each a subject, or why it is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from engine.model.catalogue import Catalogue
from engine.model.library import Library
from engine.model.problem import InputError, Place, Problem, XinyongError
from engine.model.subject import Subject
from engine.reading.inputs import Names, RefusedDocument, holds_tables, read_inputs, subject_name
from engine.reading.subject import id_named, models_named, read_subject
from engine.usecases.extras import require_extra
from engine.usecases.listener import Listener, count_items

Documents = Sequence[Subject | RefusedDocument]


def read_documents(
    library: Library, inputs: tuple[Path, ...], as_of: int, listener: Listener, only: str | None = None
) -> Documents:  # fmt: skip
    """The subjects of files in their order, the refused ones in their places; of tables too, where they are not many, or of
    whom `only` one is named.

    `as_of` (an ordinal) is for rows that are refused. InputError where an input cannot be read, or there is nobody.
    """
    if not any(map(holds_tables, inputs)):
        return plain_documents(library.catalogue, _ids(library), inputs, listener)
    require_extra("columnar", "ibis")
    from engine.usecases.batch.small_tables import tables_as_documents  # Ibis takes a third of a second

    return _somebody(tables_as_documents(library, inputs, as_of, listener, only))


def plain_documents(
    catalogue: Catalogue, policies: Collection[str], inputs: tuple[Path, ...], listener: Listener
) -> Documents:  # fmt: skip
    """The same of files that are no tables; `policies` are the ids of all, under which nobody may deliver evaluations."""
    watched = partial(count_items, activity="subjects_read", listener=listener)
    return _somebody(read_inputs(inputs, catalogue, policies, watched))


def _somebody(documents: Documents) -> Documents:
    if not documents:
        raise InputError([Problem("no_input")])
    return documents


def documents_of(library: Library, values: Iterable[object]) -> Documents:
    """The subjects of documents that a program has as values, in their order; all that have the same id, or may have, are refused.

    TypeError where something has no place in a document.
    """
    names, policies = Names(), _ids(library)
    documents = []
    for number, value in enumerate(values, 1):
        document = _document(value, library, policies)
        names.add(document, Place("", number, 1))
        documents.append(document)
    refused = names.refused()
    return [_standing(document, refused.get(subject_name(document) or "")) for document in documents]


def _document(value: object, library: Library, policies: Collection[str]) -> Subject | RefusedDocument:
    from engine.reading.program_values import tree_of  # not for files

    try:
        tree = tree_of(value)
    except XinyongError as error:
        name = tree_of(value["id"]) if isinstance(value, Mapping) and _names_somebody(value, error) else None
        return RefusedDocument(id_named({"id": name}), (), error.problems)
    try:
        return read_subject(tree, library.catalogue, policies)
    except XinyongError as error:
        return RefusedDocument(id_named(tree), models_named(tree), error.problems)


def _names_somebody(value: Mapping[object, object], error: XinyongError) -> bool:
    """Whether the id of a document that cannot be read is a text, and not what is wrong with it."""
    return isinstance(value.get("id"), str) and all(problem.path != ("id",) for problem in error.problems)


def _standing(document: Subject | RefusedDocument, problem: Problem | None) -> Subject | RefusedDocument:
    """A document as it is, or refused for a problem that came to light afterwards."""
    if problem is None:
        return document
    earlier = () if isinstance(document, Subject) else document.problems
    return RefusedDocument(subject_name(document), document.models, (*earlier, problem))


def _ids(library: Library) -> set[str]:
    """Under which nobody may deliver evaluations."""
    return {policy.id for policy in library.policies}
