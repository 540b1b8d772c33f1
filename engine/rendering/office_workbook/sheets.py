"""Sheets that an official reads and prints: a head that stays in view, filters, columns as wide as what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path as File
from typing import Any, Literal

from msgspec import Struct

from engine.model.workbook_layout import sheet_name
from engine.rendering.snippet import width
from engine.rendering.spreadsheet_cells import check_rows
from engine.rendering.workbook import Workbook

LINE = 15
"""The height of a line in points."""

HIGHEST = 409
"""Points: a row is no higher in Excel."""

PAGE = 260
"""So many characters side by side can still be read on a page; what is wider goes on on further ones."""

Kind = Literal["text", "code", "score", "number", "day"]
"""How cells of a column are shown: texts wrap, codes do not, scores have two decimals, days are dates."""


class Column(Struct, frozen=True):
    """A column: what stands above it, how many characters wide it is, and how its cells are shown."""

    head: str
    width: int
    kind: Kind = "text"


class OfficeBook:
    """A workbook whose sheets print on A4, landscape, with their heads on every page."""

    def __init__(self, file: File, title: str) -> None:
        self.workbook = Workbook(file, title)
        self.taken: set[str] = set()
        add, cell = self.workbook.book.add_format, {"valign": "top", "border": 1, "border_color": "#B8C2CC"}
        self.formats = {
            "text": add({**cell, "text_wrap": True}),
            "code": add(cell),
            "score": add({**cell, "num_format": "0.00"}),
            "number": add(cell),
            "day": add({**cell, "num_format": "yyyy-mm-dd", "align": "left"}),
        }
        self.quoted = add({**cell, "text_wrap": True, "quote_prefix": True})
        self.head = add({**cell, "bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "vcenter"})
        self.title = add({"bold": True, "font_size": 12})

    def __enter__(self) -> OfficeBook:
        self.workbook.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.workbook.__exit__(kind, *rest)

    def page(self, name: str) -> tuple[Any, str]:
        """A new sheet, and what it is called: no two are called alike, and no name is longer than Excel allows."""
        title = sheet_name(name, self.taken)
        sheet = self.workbook.book.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&L&A&C&P / &N")
        return sheet, title

    def table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], count: int, printed: int | None = None
    ) -> None:  # fmt: skip
        """A sheet that is one table of so many rows, of which so many columns are `printed`; InputError where it holds no so many."""
        check_rows(count)
        sheet, _ = self.page(name)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        if sum(column.width for column in columns[:printed]) <= PAGE:
            sheet.fit_to_pages(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        sheet.set_row(0, _height([column.head for column in columns], columns) + 4)
        sheet.print_area(0, 0, max(count, 1), (printed or len(columns)) - 1)
        self.block(sheet, 0, columns, rows)

    def block(self, sheet: Any, top: int, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> int:
        """Heads and rows from a row of a sheet on; the row after them."""
        for at, column in enumerate(columns):
            self.text(sheet, top, at, column.head, self.head)
        for row in rows:
            top += 1
            if all(column.width for column in columns):
                sheet.set_row(top, _height(row, columns))
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.cell(sheet, top, at, column.kind, value)
        return top + 1

    def cell(self, sheet: Any, row: int, at: int, kind: Kind, value: object) -> None:
        """A value as its column is shown; of a text in another kind of column, as a text."""
        if isinstance(value, str):
            self.text(sheet, row, at, value, self.formats["code" if kind == "code" else "text"])
        elif value is None:
            sheet.write_blank(row, at, None, self.formats[kind])
        elif kind == "day":
            sheet.write_datetime(row, at, value, self.formats["day"])
        else:
            sheet.write_number(row, at, value, self.formats[kind])

    def text(self, sheet: Any, row: int, at: int, value: str, form: Any) -> None:
        """A text that is no formula, whatever it begins with."""
        self.workbook.text(sheet, row, at, value, form, self.quoted)


def _height(cells: Sequence[object], columns: Sequence[Column]) -> int:
    """Of a row whose texts wrap: not every program makes rows as high as what stands in them."""
    wrapped = (
        sum(1 + width(line) // max(column.width - 1, 1) for line in cell.split("\n"))
        for cell, column in zip(cells, columns, strict=True)
        if isinstance(cell, str) and column.kind == "text"
    )
    return min(LINE * max(wrapped, default=1), HIGHEST)
