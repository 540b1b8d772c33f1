"""Policies and the catalogue as the annexes of official documents, in a file of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from engine.model.catalogue import Catalogue
from engine.model.library import Library
from engine.model.policy import Policy
from engine.model.problem import InputError, Problem
from engine.rendering.annex.catalogue import catalogue_part
from engine.rendering.annex.document import Document, Part
from engine.rendering.annex.policy import policy_part
from engine.rendering.annex.quotes import Reading
from engine.rendering.visible import visible_in
from engine.reviewing.proportion.influence import influences
from engine.usecases.extras import require_extra
from engine.usecases.output.pdf import as_pdf, require_office_program
from engine.usecases.output.placing import put_in_place
from engine.usecases.output.workspace import disk_of, workspace
from engine.usecases.policies import policy_in_force

CATALOGUE = "catalogue"
"""The name of the annex that no policy is."""


def require_annex(ending: str) -> None:
    """InputError where the extra or the program that writes such a file is missing."""
    if ending in (".docx", ".pdf"):
        require_extra("annex", "docx")
    if ending == ".xlsx":
        require_extra("workbook", "xlsxwriter")
    if ending == ".pdf":
        require_office_program()


def annexes(
    library: Library, names: Sequence[str], as_of: int, reading: Reading = "below", own: bool = False,
    read_by: Sequence[str] = (),
) -> Document:  # fmt: skip
    """A part for each policy named, or for all, in the version in force on a day (an ordinal), and for the catalogue.

    `own` is of a catalogue that extends the shipped one what it adds; `read_by` names policies, of which it is what they
    read. InputError where a policy is not known, none is in force, or the catalogue is not named or there is nothing of it.
    """
    if CATALOGUE not in names and (own or read_by):
        raise InputError([Problem("catalogue_unnamed", values={"option": "--own" if own else "--policy"})])
    if own:
        library = replace(library, catalogue=_own_catalogue(library))
    readers = [policy_in_force(library, name, as_of) for name in dict.fromkeys(read_by)]
    if readers:
        library = replace(library, catalogue=_read_catalogue(library.catalogue, readers))
    document = visible_in(tuple(_parts(library, names or sorted(library.in_force(as_of)), as_of, reading, readers)), "\n")
    if not document:
        raise InputError([Problem("none_in_force", values={"as_of": as_of})])
    return document


def _own_catalogue(library: Library) -> Catalogue:
    if library.added == ():
        raise InputError([Problem("own_nothing")])
    catalogue = library.catalogue
    if library.added is None:
        return catalogue
    return Catalogue(
        {name: catalogue.categories[name] for section, name in library.added if section == "categories"},
        {name: catalogue.attributes[name] for section, name in library.added if section == "attributes"},
    )


def _read_catalogue(catalogue: Catalogue, readers: Sequence[Policy]) -> Catalogue:
    """What some policies read of it."""
    categories = {name for policy in readers for name in policy.categories}
    attributes = {name for policy in readers for name in policy.attributes}
    return Catalogue(
        {name: category for name, category in catalogue.categories.items() if name in categories},
        {name: attribute for name, attribute in catalogue.attributes.items() if name in attributes},
    )


def _parts(
    library: Library, names: Sequence[str], as_of: int, reading: Reading, readers: Sequence[Policy]
) -> Iterator[Part]:  # fmt: skip
    for name in dict.fromkeys(names):
        if name == CATALOGUE:
            created = max(policy.effective_from for policy in readers or library.policies)
            yield catalogue_part(library.catalogue, created, [policy.title for policy in readers])
        else:
            policy = policy_in_force(library, name, as_of)
            by_model = {model.id: tuple(influences(policy, model)) for model in policy.models.values()}
            yield policy_part(policy, reading, by_model)


def annex_text(document: Document, ending: str) -> str:
    """As Markdown or HTML."""
    if ending == ".html":
        from engine.rendering.annex.html import annex_page

        return annex_page(document)
    from engine.rendering.annex.markdown import markdown

    return markdown(document)


def write_annexes(document: Document, output: Path, ending: str) -> None:
    """As .docx, .pdf or .xlsx, put in place when it is whole."""
    with workspace(output) as folder, disk_of(output):
        file = folder / f"made{ending}"
        if ending in (".docx", ".pdf"):
            from engine.rendering.annex.word_file import write_word_file

            word = file.with_suffix(".docx")
            write_word_file(word, document)
            file = as_pdf(word, folder) if ending == ".pdf" else word
        else:
            from engine.rendering.annex.workbook import write_workbook

            write_workbook(file, document)
        put_in_place(file, output)
