"""Workbooks that are written row by row, and the file below them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path as File
from typing import Any

import xlsxwriter

from engine.model.problem import InputError, Problem
from engine.rendering.spreadsheet_cells import is_formula
from engine.rendering.visible import visible

CELL = 32_767
"""Characters that a cell of a workbook holds."""

TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Texts stay texts: an identifier may begin with =."""


@contextmanager
def small_workbook(file: File) -> Iterator[Any]:
    """An XlsxWriter workbook that is made in memory; OSError where the file cannot hold it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **TEXTS})
    yield book
    book.close()
    file.write_bytes(content.getvalue())


class Workbook:
    """A workbook that is written row by row, whose texts are no formulas, addresses or numbers."""

    def __init__(self, file: File, title: str = "") -> None:
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "tmpdir": str(file.parent), **TEXTS}
        self.sink = Sink(file)
        self.book = xlsxwriter.Workbook(self.sink, options)
        self.book.set_properties({"title": title})
        self.heading = self.book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        self.quoted = self.book.add_format({"quote_prefix": True})

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.book.close()
        self.sink.close()
        if kind is None:
            self.sink.check()

    def sheet(self, name: str, heads: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
        """Its heads and its first column stay in view; InputError for a text that no cell holds."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 22)
        sheet.write_row(0, 0, heads, self.heading)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self.cell(sheet, number, column, " ".join(value) if isinstance(value, list) else value)

    def cell(self, sheet: Any, row: int, column: int, value: object) -> None:
        if isinstance(value, str):
            self.text(sheet, row, column, value, None, self.quoted)
        elif value is not None:
            sheet.write(row, column, value)

    def text(self, sheet: Any, row: int, column: int, value: str, form: Any, quoted: Any) -> None:
        """A text in a format, or in that one by which it is no formula; InputError for one that no cell holds."""
        if len(value) > CELL:
            raise InputError([Problem("cell_full", values={"characters": len(value), "limit": CELL})])
        sheet.write_string(row, column, visible(value, "\n\r\t"), quoted if is_formula(value) else form)


class Sink(io.FileIO):
    """A file for libraries that cannot be stopped in the midst of an archive: what went wrong is raised when they are done."""

    def __init__(self, file: File) -> None:
        super().__init__(file, "w+")
        self.error: OSError | None = None

    def write(self, content: Any) -> int:
        """Nothing more is written after a part that could not be."""
        size = memoryview(content).nbytes
        left = memoryview(content).cast("B")
        while len(left) and self.error is None:
            try:
                left = left[super().write(left) or 0 :]
            except OSError as error:
                self.error = error
        return size

    def check(self) -> None:
        """OSError where not all of it is there."""
        if self.error is not None:
            raise self.error
