"""Annexes as a .docx, landscape on A4 with the head of each table on every page that it takes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path as File
from typing import Any

import docx
from docx.document import Document as Book
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import _Cell

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
from engine.rendering.word_parts import FANG, HEI, SONG, element, pad_cells, page_number, set_style, undated

PAGE, MARGINS = (Mm(297), Mm(210)), (Mm(20), Mm(18))
INSIDE = PAGE[0] - 2 * MARGINS[1]
"""The width between the margins."""


def write_word_file(file: File, document: Document) -> None:
    """The same bytes each time."""
    book = docx.Document()
    _prepare(book, document)
    for i, part in enumerate(document):
        _part(book, part, new=i > 0)
    content = io.BytesIO()
    book.save(content)
    file.write_bytes(undated(content.getvalue()))


def _prepare(book: Book, document: Document) -> None:
    created = datetime.fromordinal(document[0].created)
    properties = book.core_properties
    properties.title, properties.author, properties.comments = title_of_document(document), "", ""
    properties.created = properties.modified = created
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.top_margin = section.bottom_margin = MARGINS[0]
    section.left_margin = section.right_margin = MARGINS[1]
    section.footer_distance = Mm(9)
    set_style(book.styles["Normal"], FANG, 11)
    for name, font, size in (("Title", SONG, 22), ("Heading 1", SONG, 18), ("Heading 2", HEI, 14), ("Heading 3", SONG, 12)):
        set_style(book.styles[name], font, size)
    page_number(section.footer.paragraphs[0])


def _part(book: Book, part: Part, new: bool) -> None:
    title = book.add_paragraph(part.title, "Title")
    title.paragraph_format.page_break_before = new
    _centred(title)
    about = [[Cell(name), Cell(value)] for name, value in part.about]
    _rows(book, (14, 86), about, frozenset((0,)), [True] * len(about))
    for annex in part.annexes:
        _annex(book, annex)
    book.add_paragraph()
    signed = book.add_table(len(part.signature), 2)
    for texts, line in zip(part.signature, signed.rows, strict=True):
        line.height = Mm(11)
        for text, cell in zip(texts, line.cells, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(12)
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _annex(book: Book, annex: Annex) -> None:
    if annex.label:
        _label(book, annex)
    for i, section in enumerate(annex.sections):
        book.add_paragraph(heading(i, section.title), "Heading 2")
        for text in section.paragraphs:
            book.add_paragraph(text).paragraph_format.keep_with_next = True
        for table in section.tables:
            if table.caption != section.title:
                _centred(book.add_paragraph(table.caption, "Heading 3"))
            _table(book, table)


def _label(book: Book, annex: Annex) -> None:
    label = book.add_paragraph()
    label.paragraph_format.page_break_before = True
    run = label.add_run(annex.label)
    run.font.size = Pt(14)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEI)
    _centred(book.add_paragraph(annex.title, "Heading 1"))


def _centred(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(book: Book, table: Table) -> None:
    rows = [[Cell(head) for head in table.heads], *table.rows]
    grid = _rows(book, table.widths, rows, centred(table), (True, *stay_together(table)))
    first = grid.rows[0]
    first._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell in first.cells:
        _centred(cell.paragraphs[0])
        for run in cell.paragraphs[0].runs:
            run.font.bold = True
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    for i, note in enumerate(table.notes):
        paragraph = book.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if i else 4)
        paragraph.add_run(note).font.size = Pt(9.5)


def _rows(
    book: Book, widths: Sequence[int], rows: Sequence[Sequence[Cell | None]], middle: frozenset[int], together: Sequence[bool]
) -> Any:  # fmt: skip
    """A table with borders; rows that stay `together` do not break over pages."""
    grid = book.add_table(len(rows), len(widths), "Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    pad_cells(grid)
    sizes = [Emu(INSIDE * width // sum(widths)) for width in widths]
    for column, size in zip(grid.columns, sizes, strict=True):
        column.width = size
    lines = [[_Cell(tc, grid) for tc in line._tr.tc_lst] for line in grid.rows]
    for i, (cells, line) in enumerate(zip(rows, grid.rows, strict=True)):
        if together[i]:
            line._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for j, cell in enumerate(cells):
            lines[i][j].width = sizes[j]
            if cell is not None:
                _fill(lines[i][j], cell, j in middle)
    for i, cells in enumerate(rows):
        for j, cell in enumerate(cells):
            if cell is not None and cell.rows * cell.columns > 1:
                lines[i][j].merge(lines[i + cell.rows - 1][j + cell.columns - 1])
    return grid


def _fill(target: _Cell, cell: Cell, middle: bool) -> None:
    target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for i, text in enumerate(cell.text.split("\n")):
        paragraph = target.add_paragraph() if i else target.paragraphs[0]
        if middle:
            _centred(paragraph)
        paragraph.add_run(text).font.size = Pt(10)
