"""One cell, or a few, as the reader takes them: a text, nothing, or the code of the problem."""

from __future__ import annotations

from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.reading.workbook.filled_workbook import Sheets, read_workbook
from tests.workbook.filling import CATALOGUE
from tests.workbook.raw import Book, Cell

SUBJECTS: list[list[object]] = [["主体标识", "主体类型", "评价模型"], ["s-1", "组织", "housekeeping/enterprise"]]
COLUMNS = {
    "percent": ("满意度调查", "满意度（%）"), "money": ("行政处罚", "罚款金额（元）"), "hours": ("教育培训", "学时"),
    "text": ("行政处罚", "来源"), "id": ("行政处罚", "记录编号"), "date": ("行政处罚", "截止日期"), "boolean": ("信用承诺及履行", "承诺已履行"),
}  # fmt: skip
KEYS = {
    "percent": "percent",
    "money": "amount",
    "hours": "hours",
    "text": "source",
    "id": "id",
    "date": "until",
    "boolean": "kept",
}


def book(column: str, *cells: object) -> Book:
    """A workbook with cells under each other in a column, each in a row of the subject."""
    sheet, title = COLUMNS[column]
    rows: list[list[object]] = [["主体标识", title], *(["s-1", cell] for cell in cells)]
    return Book({"主体": SUBJECTS, sheet: rows})


def texts(column: str, read: Sheets) -> list[object]:
    """What was read of such cells."""
    return [row.get(KEYS[column]) for row in read.records]


def problems(book: Book, file: Path) -> list[Problem]:
    """What is refused of a workbook, or else the notices."""
    try:
        return list(read_workbook(book.save(file), CATALOGUE).notices)
    except InputError as error:
        return list(error.problems)


def outcome(column: str, cell: Cell | object, file: Path, **settings: str) -> object:
    """The text of a cell, or the code of the problem in brackets."""
    workbook = book(column, cell)
    workbook.settings, workbook.calculation = settings.get("settings", ""), settings.get("calculation", "")
    try:
        (text,) = texts(column, read_workbook(workbook.save(file), CATALOGUE))
    except InputError as error:
        (problem,) = error.problems
        return f"[{problem.code}]"
    return text
