"""A filled workbook (.xlsx) to rows of texts under the names that tables have; what they must hold is checked with the tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as File

from msgspec import Struct

from engine.model import workbook_layout
from engine.model.catalogue import Catalogue, Field
from engine.model.names import nearest_names
from engine.model.problem import InputError, Problem
from engine.reading.workbook.book import Book, SheetPart, read_book
from engine.reading.workbook.cells import SheetCells
from engine.reading.workbook.columns import Row, SheetRows
from engine.reading.workbook.formats import Format
from engine.reading.workbook.package import Package, open_package
from engine.reading.workbook.strings import read_strings
from engine.reading.workbook.styles import read_styles
from engine.reading.workbook.texts import plain_text

_SYSTEM = "wpsreserved_"
"""What WPS calls the sheets on which it keeps pictures of cells and the like."""


class Sheets(Struct, frozen=True):
    """Rows of texts, without a key where a cell is empty; each with its `_file` (FILE [SHEET]) and its number `_row`.

    `notices` are warnings: what was passed over, and what was read although it is hidden.
    """

    subjects: list[Row]
    records: list[Row]
    members: list[Row]
    notices: tuple[Problem, ...] = ()


def read_workbook(file: File, catalogue: Catalogue) -> Sheets:
    """The rows of the sheets that the catalogue knows; InputError with every sheet, column and cell that is not clear."""
    with open_package(file) as package:
        reading = _Workbook(file, catalogue, package)
        for sheet in reading.book.sheets:
            if sheet.name not in (workbook_layout.NOTES, workbook_layout.CHOICES):
                reading.read(sheet)
    return reading.sheets()


class _Workbook:
    """A workbook that is being read, sheet by sheet."""

    def __init__(self, file: File, catalogue: Catalogue, package: Package) -> None:
        self.file, self.catalogue, self.package = file, catalogue, package
        self.book: Book = read_book(file, package)
        self.formats: list[Format] = read_styles(package, self.book.styles)
        self.strings = read_strings(package, self.book.strings)
        self.known = _known(catalogue)
        self.rows: dict[str, list[Row]] = {"subjects": [], "records": [], "members": []}
        self.there: set[str] = set()
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def read(self, sheet: SheetPart) -> None:
        what = self.known.get(plain_text(sheet.name))
        is_system = plain_text(sheet.name).startswith(_SYSTEM) or (sheet.state == "veryHidden" and what is None)
        if sheet.kind != "worksheet" or is_system:
            self._notice("sheet_passed_over", sheet)
            return
        cells = SheetCells(self.package, sheet.part, self.strings, self.book.stale)
        if what is None:
            if next(cells.rows(), None):
                names = [
                    workbook_layout.SUBJECTS,
                    workbook_layout.MEMBERS,
                    *workbook_layout.sheet_names(self.catalogue).values(),
                    *self.known,
                ]
                self.problems.append(
                    Problem("sheet_unknown", values={"sheet": sheet.name}, near=nearest_names(sheet.name, names))
                )
            return
        fields = _fields(what, self.catalogue)
        reading = SheetRows(f"{self.file} [{sheet.name}]", sheet.name, fields, self.formats, self.book.from_1904)
        rows = reading.read(cells)
        if rows is None:
            return
        if sheet.state != "visible":
            self._notice("sheet_hidden", sheet)
        self.there.add(what)
        self.problems += reading.problems
        self.notices += reading.notices
        if what in self.rows:
            self.rows[what] += rows
        else:
            self.rows["records"] += ({"id": f"{sheet.name}:{row['_row']}", **row, "category": what} for row in rows)

    def sheets(self) -> Sheets:
        """All that has been read; InputError if something cannot be."""
        if "subjects" not in self.there:
            self.problems.append(Problem("sheet_missing", values={"file": str(self.file), "sheet": workbook_layout.SUBJECTS}))
        if self.problems:
            raise InputError(self.problems)
        return Sheets(**self.rows, notices=tuple(self.notices))

    def _notice(self, code: str, sheet: SheetPart) -> None:
        self.notices.append(Problem(code, values={"file": str(self.file), "sheet": sheet.name}, severity="warning"))


def _known(catalogue: Catalogue) -> dict[str, str]:
    """By the plain name of a sheet what it holds: `subjects`, `members` or a category."""
    keys = {}
    for key, name in [
        *workbook_layout.sheet_names(catalogue).items(),
        ("subjects", workbook_layout.SUBJECTS),
        ("members", workbook_layout.MEMBERS),
    ]:
        keys[plain_text(key)] = keys[plain_text(name)] = key
    return keys


def _fields(what: str, catalogue: Catalogue) -> Mapping[str, Field]:
    if what == "members":
        return workbook_layout.MEMBER_COLUMNS
    return (
        workbook_layout.subject_columns(catalogue)
        if what == "subjects"
        else workbook_layout.record_columns(catalogue.categories[what])
    )
