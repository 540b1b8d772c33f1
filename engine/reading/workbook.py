"""A filled workbook (.xlsx) to rows of texts under the names that tables have; what they must hold is checked with the tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path as File
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.model import sheets
from engine.model.catalogue import Catalogue, Field
from engine.model.names import nearest
from engine.model.problem import InputError, Place, Problem
from engine.reading.error_cells import error_cells

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Row = dict[str, str | int]

Cells = dict[int, object]
"""What stands in the columns of a row, counted from 1; nothing for empty ones."""

EXACT = 10**15
"""Excel keeps 15 digits of a number."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_BOOLEANS = {sheets.YES: "true", sheets.NO: "false", "true": "true", "false": "false"}


class Sheets(Struct, frozen=True):
    """Rows of texts, without a key where a cell is empty; each with its `_file` (FILE [SHEET]) and its number `_row`."""

    subjects: list[Row]
    records: list[Row]
    members: list[Row]


def read_workbook(file: File, catalogue: Catalogue) -> Sheets:
    """The rows of the sheets that the catalogue knows; InputError with every sheet and column that is not understood."""
    held = _held(catalogue)
    found = Sheets([], [], [])
    problems: list[Problem] = []
    there = set()
    wrong = error_cells(file) if file.is_file() else {}
    for name, rows in _sheets(file):
        what = held.get(_plain(name))
        if what is None:
            near = nearest(name, [sheets.SUBJECTS, sheets.MEMBERS, *sheets.sheet_names(catalogue).values(), *held])
            problems.append(Problem("sheet_unknown", values={"sheet": name}, near=near))
            continue
        there.add(what)
        sheet = _Sheet(f"{file} [{name}]", name, _columns(what, catalogue), wrong.get(name, {}), problems)
        if what == "subjects":
            found.subjects.extend(sheet.read(rows))
        elif what == "members":
            found.members.extend(sheet.read(rows))
        else:
            found.records.extend({"id": f"{name}:{row['_row']}", **row, "category": what} for row in sheet.read(rows))
    if "subjects" not in there:
        problems.append(Problem("sheet_missing", values={"file": str(file), "sheet": sheets.SUBJECTS}))
    if problems:
        raise InputError(problems)
    return found


def _held(catalogue: Catalogue) -> dict[str, str]:
    """By the plain name of a sheet what it holds: `subjects`, `members` or a category."""
    found = {}
    for key, name in [*sheets.sheet_names(catalogue).items(), ("subjects", sheets.SUBJECTS), ("members", sheets.MEMBERS)]:
        found[_plain(key)] = found[_plain(name)] = key
    return found


def _columns(what: str, catalogue: Catalogue) -> Mapping[str, Field]:
    if what == "members":
        return sheets.MEMBER_COLUMNS
    return sheets.subject_columns(catalogue) if what == "subjects" else sheets.record_columns(catalogue.categories[what])


def _plain(text: str) -> str:
    """Without spaces, widths and capitals: `满意度（％）` is `满意度(%)`."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _sheets(file: File) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    """The sheets with something on them, and their rows."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum  # an extra

    try:
        with file.open("rb") as opened, CalamineWorkbook.from_filelike(opened) as book:
            for one in book.sheets_metadata:
                if one.typ == SheetTypeEnum.WorkSheet and one.name not in (sheets.NOTES, sheets.CHOICES):
                    sheet = book.get_sheet_by_name(one.name)
                    if next(_rows(sheet), None):
                        yield one.name, _rows(sheet)
    except FileNotFoundError:
        raise InputError([Problem("file_missing", values={"file": str(file)})]) from None
    except OSError as error:
        raise InputError([Problem("file_unreadable", values={"file": str(file), "why": error.strerror or ""})]) from None
    except CalamineError as error:
        raise InputError([Problem("table_broken", values={"file": str(file), "why": str(error)})]) from None


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, Cells]]:
    """The rows that are not empty, numbered as Excel does; what stands left of all is not in them."""
    if sheet.start is None:
        return
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: Cells = {
            at: cell for at, cell in enumerate(row, sheet.start[1] + 1) if not isinstance(cell, str) or cell.strip()
        }
        if cells:
            yield number, cells


class _Sheet:
    """A sheet that is being read; its problems are told column by column, with the first row of each."""

    def __init__(
        self, file: str, name: str, columns: Mapping[str, Field], wrong: Mapping[int, list[int]], problems: list[Problem]
    ) -> None:
        self.file, self.name, self.columns, self.wrong, self.problems = file, name, columns, wrong, problems
        self.titles = sheets.headers(columns)
        self.codes = {key: _codes(field) for key, field in columns.items()}

    def problem(self, code: str, row: int, at: int, near: tuple[str, ...] = (), **values: object) -> None:
        self.problems.append(Problem(code, (), values, near=near, place=Place(self.file, row, at)))

    def read(self, rows: Iterator[tuple[int, Cells]]) -> Iterator[Row]:
        """The rows below the header."""
        top, header = next(rows)
        keys = self.keys(top, header)
        nameless: dict[int, int] = {}
        lost: dict[int, list[int]] = {}
        errors: dict[int, list[int]] = {}
        for number, cells in rows:
            row: Row = {"_file": self.file, "_row": number}
            for column in self.wrong.get(number, ()):
                if column in keys:
                    errors.setdefault(column, []).append(number)
            for column, cell in cells.items():
                if column not in header:
                    nameless.setdefault(column, number)
                elif column in keys:
                    text = self.text(cell, keys[column])
                    if text is None:
                        lost.setdefault(column, []).append(number)
                    else:
                        row[keys[column]] = text
            yield row
        for column, number in nameless.items():
            self.problem("column_nameless", number, column, table=self.name)
        for code, found in (("id_as_number", lost), ("cell_error", errors)):
            for column, numbers in found.items():
                self.problem(code, numbers[0], column, column=self.titles[keys[column]], count=len(numbers))

    def keys(self, top: int, header: Cells) -> dict[int, str]:
        """The key of each column, by its title or itself."""
        known = {_plain(key): key for key in self.columns} | {_plain(title): key for key, title in self.titles.items()}
        found: dict[int, str] = {}
        for column, cell in header.items():
            key = known.get(_plain(str(cell)))
            if key is None:
                near = nearest(str(cell).strip(), [*self.titles.values(), *self.columns])
                self.problem("column_unknown", top, column, near, table=self.name, column=str(cell).strip())
            elif key in found.values():
                self.problem("column_twice", top, column, table=self.name, column=self.titles[key])
            else:
                found[column] = key
        return found

    def text(self, cell: object, key: str) -> str | None:
        """A cell as the tables have it; None for a number of more digits than Excel keeps where a text is asked for."""
        kind = self.columns[key].type
        if kind == "text" and isinstance(cell, (int, float)) and abs(cell) >= EXACT:
            return None
        text = _written(cell)
        if kind == "date":
            return _day(text)
        codes = self.codes[key]
        return codes.get(_plain(text), text) if codes else text


def _codes(field: Field) -> Mapping[str, str]:
    """What the labels of a field stand for."""
    return _BOOLEANS if field.type == "boolean" else {_plain(label): code for code, label in field.labels.items()}


def _day(text: str) -> str:
    """A day as YYYY-MM-DD; what is none as it was typed, to be refused with its row."""
    typed = _DAY.fullmatch(text)
    try:
        return date(*map(int, typed.groups())).isoformat() if typed else text
    except ValueError:
        return text


def _written(cell: object) -> str:
    """Numbers shortest and without an exponent, days as YYYY-MM-DD."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return format(Decimal(repr(cell)), "f").removesuffix(".0")
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
