"""Pages as a .docx, portrait on A4, as offices send letters: edited, numbered and sealed by those who send them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path as File
from typing import Any

import docx
from docx.document import Document as Book
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from engine.rendering.charts import tone
from engine.rendering.explanation.outline import Block, Grid, Lines, Page, Paragraph, Row, Section, Timeline
from engine.rendering.word_parts import FANG, HEI, SONG, element, pad_cells, page_number, set_style, undated

PAGE, MARGINS = (Mm(210), Mm(297)), (Mm(25), Mm(22))
INSIDE = PAGE[0] - 2 * MARGINS[1]
"""The width between the margins."""

FILLS = {"t0": "0A6B5C", "t1": "8FD0B5", "t2": "EFE2A6", "t3": "F0B241", "t4": "C9412C", "none": "F3F4F6"}
"""Colours of grades; the level stands in the cell in words too."""

LEAST = 4
"""The least share, in hundredths, of a span of a timeline, in which its level can be read."""


def write_word_file(file: File, pages: Sequence[Page], day: int) -> None:
    """The same bytes each time; `day` is the one that the file is dated."""
    book = docx.Document()
    _prepare(book, pages, day)
    for number, page in enumerate(pages):
        _page(book, page, new=number > 0)
    content = io.BytesIO()
    book.save(content)
    file.write_bytes(undated(content.getvalue()))


def _prepare(book: Book, pages: Sequence[Page], day: int) -> None:
    properties = book.core_properties
    properties.title, properties.author, properties.comments = pages[0].title if pages else "", "", ""
    properties.created = properties.modified = datetime.fromordinal(day)
    section = book.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin = section.bottom_margin = MARGINS[0]
    section.left_margin = section.right_margin = MARGINS[1]
    set_style(book.styles["Normal"], FANG, 11)
    for name, font, size in (("Title", SONG, 20), ("Heading 2", HEI, 13)):
        set_style(book.styles[name], font, size)
    page_number(section.footer.paragraphs[0])


def _page(book: Book, page: Page, new: bool) -> None:
    title = book.add_paragraph(page.title, "Title")
    title.paragraph_format.page_break_before = new
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _rows(book, (16, 84), [Row(line) for line in page.head], (), borders=False)
    for paragraph in page.opening:
        run = book.add_paragraph().add_run(paragraph.text)
        run.font.bold, run.font.size = True, Pt(12)
        _chinese(run, SONG)
    for section in page.sections:
        _section(book, section)
    for number, text in enumerate(page.closing):
        line = book.add_paragraph(text)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.space_before = Pt(24 if number == 0 else 4)
        line.paragraph_format.keep_with_next = number + 1 < len(page.closing)


def _section(book: Book, section: Section) -> None:
    book.add_paragraph(section.title, "Heading 2")
    for number, block in enumerate(section.blocks):
        if number and isinstance(block, Grid | Timeline):
            book.add_paragraph().paragraph_format.line_spacing = Pt(6)
        _block(book, block)


def _block(book: Book, block: Block) -> None:
    match block:
        case Paragraph(text, strong):
            book.add_paragraph().add_run(text).font.bold = strong
        case Lines(texts):
            for text in texts:
                paragraph = book.add_paragraph(text)
                paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(4), Mm(-4)
        case Grid():
            _grid(book, block)
        case Timeline():
            _timeline(book, block)


def _grid(book: Book, grid: Grid) -> None:
    table = _rows(book, grid.widths, [Row(grid.heads, "group"), *grid.rows], grid.numbers)
    first = table.rows[0]
    first._tr.get_or_add_trPr().append(element("w:tblHeader"))


def _rows(book: Book, widths: Sequence[int], rows: Sequence[Row], numbers: Sequence[int], borders: bool = True) -> Any:
    """Rows may break over pages, for their cells can be long; one short one may not."""
    table = book.add_table(len(rows), len(widths), "Table Grid" if borders else "Normal Table")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    pad_cells(table)
    sizes = [Emu(INSIDE * width // sum(widths)) for width in widths]
    for grid_column, size in zip(table.columns, sizes, strict=True):
        grid_column.width = size
    for row, line in zip(rows, table.rows, strict=True):
        if max(len(cell) for cell in row.cells) < 200:
            line._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for column, (text, cell, size) in enumerate(zip(row.cells, line.cells, sizes, strict=True)):
            cell.width = size
            _fill(cell, text, strong=row.kind != "plain", right=column in numbers, small=borders)
            cell.paragraphs[0].paragraph_format.keep_with_next = row.kind == "group"
            if row.kind == "group" and borders:
                _shade(cell, "F3F4F6")
    return table


def _fill(cell: Any, text: str, strong: bool, right: bool, small: bool) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(line)
        run.font.size = Pt(9.5 if small else 11)
        if strong:
            run.font.bold = True
            _chinese(run, SONG)


def _timeline(book: Book, line: Timeline) -> None:
    """Cells as wide as the spans are long, coloured, with level and first day in words."""
    whole = sum(span.days for span in line.spans)
    shares = [max(100 * span.days // whole, LEAST) for span in line.spans]
    table = book.add_table(2, len(line.spans), "Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    pad_cells(table)
    for grid_column, share in zip(table.columns, shares, strict=True):
        grid_column.width = Emu(INSIDE * share // sum(shares))
    for column, (span, share) in enumerate(zip(line.spans, shares, strict=True)):
        fill = "none" if span.rank is None else tone(span.rank, span.ranks)
        for row, text in enumerate((span.text, span.first[2:] if share > LEAST * 3 else span.first[5:])):
            cell = table.rows[row].cells[column]
            cell.width = Emu(INSIDE * share // sum(shares))
            _fill(cell, text, strong=row == 0, right=False, small=True)
        cell = table.rows[0].cells[column]
        _shade(cell, FILLS[fill])
        if fill in ("t0", "t4"):
            cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def _chinese(run: Any, font: str) -> None:
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
