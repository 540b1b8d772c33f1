"""Subject documents, from files or as the values of a program: each a subject, or why it is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from pathlib import Path

from engine.model.library import Library
from engine.model.problem import InputError, Place, Problem, XinyongError
from engine.model.subject import Subject
from engine.reading.document import Tree
from engine.reading.inputs import Names, RefusedDocument, holds_tables, read_inputs, subject_name
from engine.reading.subject import id_named, models_named, read_subject
from engine.usecases.extras import require_extra
from engine.usecases.listener import Listener, count_items

Documents = Sequence[Subject | RefusedDocument]


def read_documents(library: Library, inputs: tuple[Path, ...], as_of: int, listener: Listener) -> Documents:
    """The subjects of files in their order, the refused ones in their places; of tables too, where they are not many.

    `as_of` (an ordinal) is for rows that are refused. InputError where an input cannot be read, or there is nobody.
    """
    documents: Documents
    if any(map(holds_tables, inputs)):
        require_extra("columnar", "ibis")
        from engine.usecases.batch.small_tables import tables_as_documents  # Ibis takes a third of a second

        documents = tables_as_documents(library, inputs, as_of, listener)
    else:
        watched = partial(count_items, activity="subjects_read", listener=listener)
        documents = read_inputs(inputs, library.catalogue, _ids(library), watched)
    if not documents:
        raise InputError([Problem("no_input")])
    return documents


def documents_of(library: Library, trees: Iterable[Tree]) -> Documents:
    """The subjects of documents that a program has as values, in their order; all that have the same id, or may have, are refused."""
    names = Names()
    documents = []
    for number, tree in enumerate(trees, 1):
        document = _document(tree, library, _ids(library))
        names.add(document, Place("", number, 1))
        documents.append(document)
    refused = names.refused()
    return [_standing(document, refused.get(subject_name(document) or "")) for document in documents]


def _document(tree: Tree, library: Library, policies: Collection[str]) -> Subject | RefusedDocument:
    try:
        return read_subject(tree, library.catalogue, policies)
    except XinyongError as error:
        return RefusedDocument(id_named(tree), models_named(tree), error.problems)


def _standing(document: Subject | RefusedDocument, problem: Problem | None) -> Subject | RefusedDocument:
    """A document as it is, or refused for a problem that came to light afterwards."""
    if problem is None:
        return document
    earlier = () if isinstance(document, Subject) else document.problems
    return RefusedDocument(subject_name(document), document.models, (*earlier, problem))


def _ids(library: Library) -> set[str]:
    """Under which nobody may deliver evaluations."""
    return {policy.id for policy in library.policies}
