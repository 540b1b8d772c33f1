"""Annexes as a workbook: a sheet for what each part is and where it is signed, and one for each of its tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path as File
from typing import Any

from engine.model.workbook_layout import sheet_name
from engine.rendering.annex.document import (
    CHARACTERS,
    Annex,
    Document,
    Part,
    Section,
    Table,
    centred,
    lines_of,
    title_of_document,
)
from engine.rendering.annex.official import official
from engine.rendering.workbook import small_workbook

ROW = 14
"""The height of a line, in points."""


def write_workbook(file: File, document: Document) -> None:
    """The same bytes each time."""
    with small_workbook(file) as book:
        created = datetime.fromordinal(document[0].created)
        book.set_properties({"title": title_of_document(document), "created": created})
        writer = _Writer(book)
        for part in document:
            writer.cover(part)
            for annex in part.annexes:
                for section in annex.sections:
                    for table in section.tables:
                        writer.table(annex, section, table)


class _Writer:
    """The formats and the names of sheets that a workbook has so far."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.taken: set[str] = set()
        cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋", "font_size": 10}
        self.cell = book.add_format(cell)
        self.middle = book.add_format({**cell, "align": "center"})
        self.head = book.add_format({**cell, "align": "center", "bold": True, "font_name": "宋体"})
        title = {"align": "center", "valign": "vcenter", "bold": True, "text_wrap": True, "font_name": "宋体"}
        self.title = book.add_format({**title, "font_size": 16})
        self.caption = book.add_format({**title, "font_size": 12})
        self.label = book.add_format({"font_name": "黑体", "font_size": 12})
        self.line = book.add_format({"text_wrap": True, "valign": "vcenter", "font_name": "仿宋", "font_size": 11})

    def sheet(self, title: str) -> Any:
        """A new sheet, as wide as a page of A4."""
        page = self.book.add_worksheet(sheet_name(title, self.taken))
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(0.6, 0.6, 0.75, 0.75)
        page.set_footer("&C— &P —")
        page.hide_gridlines(2)
        return page

    def cover(self, part: Part) -> None:
        page = self.sheet(part.title)
        page.set_column(0, 0, 20)
        page.set_column(1, 3, (CHARACTERS - 20) // 3)
        page.set_row(0, 40)
        page.merge_range(0, 0, 0, 3, part.title, self.title)
        row = 2
        for name, value in part.about:
            page.write_string(row, 0, name, self.head)
            page.merge_range(row, 1, row, 3, value, self.cell)
            page.set_row(row, _height(value, CHARACTERS - 20))
            row += 1
        for left, right in part.signature:
            row += 1
            page.set_row(row, 30)
            page.merge_range(row, 0, row, 1, left, self.line)
            page.merge_range(row, 2, row, 3, right, self.line)

    def table(self, annex: Annex, section: Section, table: Table) -> None:
        """Its head is repeated on every page and stays in view."""
        alone = table.caption == section.title
        last = len(table.heads) - 1
        page = self.sheet(table.caption if alone else f"{section.title} {table.caption}")
        for column, share in enumerate(table.widths):
            page.set_column(column, column, CHARACTERS * share / sum(table.widths))
        page.write_string(0, 0, annex.label, self.label)
        page.merge_range(1, 0, 1, last, annex.title, self.title)
        page.merge_range(
            2,
            0,
            2,
            last,
            table.caption if alone else official("table-of-section", section=section.title, table=table.caption),
            self.caption,
        )
        for row, size in ((1, 28), (2, 20)):
            page.set_row(row, size)
        page.write_row(3, 0, table.heads, self.head)
        page.freeze_panes(4, 0)
        page.repeat_rows(3)
        self._rows(page, table)
        for row, text in enumerate((*section.paragraphs, *table.notes), 4 + len(table.rows)):
            page.merge_range(row, 0, row, last, text, self.line)
            page.set_row(row, _height(text, CHARACTERS))

    def _rows(self, page: Any, table: Table) -> None:
        middle = centred(table)
        sizes = [max(1, CHARACTERS * share // sum(table.widths) - 1) for share in table.widths]
        for row, cells in enumerate(table.rows, 4):
            page.set_row(row, max(_height(cell.text, sizes[i]) / cell.rows for i, cell in enumerate(cells) if cell))
            for column, cell in enumerate(cells):
                if cell is None:
                    continue
                form = self.middle if column in middle else self.cell
                if cell.rows * cell.columns > 1:
                    page.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, cell.text, form)
                else:
                    page.write_string(row, column, cell.text, form)


def _height(text: str, characters: int) -> int:
    """Of a cell, for not every program makes rows as high as their texts, and none does where cells are merged."""
    return ROW * lines_of(text, characters) + 6
