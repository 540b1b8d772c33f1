"""Annexes as a page that needs nothing else, and prints on A4 as it is signed."""

from __future__ import annotations

from msgspec import Struct

from engine.rendering.annex.document import (
    Annex,
    Cell,
    Document,
    Part,
    Table,
    centred,
    heading,
    stay_together,
    title_of_document,
)
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.html_page import html_page


class CellView(Struct, frozen=True):
    """A cell, and whether its text stands in the middle."""

    cell: Cell
    middle: bool


class TableView(Struct, frozen=True):
    """A table without the cells that others cover; `caption` is empty where the section says the same.

    `together` is of each row whether it stays on one page.
    """

    table: Table
    caption: str
    rows: tuple[tuple[CellView, ...], ...]
    together: tuple[bool, ...]


class SectionView(Struct, frozen=True):
    """A section under its heading with its number."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[TableView, ...]


class AnnexView(Struct, frozen=True):
    """An annex; without a label it is the part itself."""

    label: str
    title: str
    sections: tuple[SectionView, ...]


class PartView(Struct, frozen=True):
    """A part; there are no lines to sign on where it has no signature."""

    part: Part
    annexes: tuple[AnnexView, ...]


def annex_page(document: Document) -> str:
    """The document as HTML; all that is not ours is escaped."""
    parts = [part_view(part) for part in document]
    return html_page("annex/page.html", "annex", ANNEX_LANG, ["annex"], title=title_of_document(document), parts=parts)


def part_view(part: Part) -> PartView:
    """A part as templates lay it out."""
    return PartView(part, tuple(_annex(annex) for annex in part.annexes))


def _annex(annex: Annex) -> AnnexView:
    sections = (
        SectionView(
            heading(position, section.title),
            section.paragraphs,
            tuple(_table(table, section.title) for table in section.tables),
        )
        for position, section in enumerate(annex.sections)
    )
    return AnnexView(annex.label, annex.title, tuple(sections))


def _table(table: Table, title: str) -> TableView:
    middle = centred(table)
    rows = (
        tuple(CellView(cell, column in middle) for column, cell in enumerate(cells) if cell is not None) for cells in table.rows
    )
    return TableView(table, table.caption if table.caption != title else "", tuple(rows), stay_together(table))
