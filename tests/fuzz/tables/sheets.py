"""Rows to a workbook as people fill one in: a sheet for subjects, for members and for each category."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import xlsxwriter

from engine.model import workbook_layout
from engine.model.catalogue import Catalogue, Field
from tests.fuzz.tables.population import Row

Sheet = list[list[Any]]


def workbook(dice: Random, folder: Path, tables: dict[str, list[Row]], catalogue: Catalogue) -> Path:
    """By openpyxl or xlsxwriter, with titles or keys on top."""
    folder.mkdir()
    file = folder / dice.choice(("f.xlsx", "填报.xlsx", "F.XLSX"))
    names = workbook_layout.sheet_names(catalogue)
    pages: dict[str, Sheet] = {}
    _page(
        dice,
        pages,
        dice.choice((workbook_layout.SUBJECTS, "subjects")),
        tables["subjects"],
        workbook_layout.subject_columns(catalogue),
    )
    for category, kind in catalogue.categories.items():
        rows = [row for row in tables["records"] if row["category"] == category]
        if rows:
            _page(dice, pages, dice.choice((names[category], category[:31])), rows, workbook_layout.record_columns(kind))
    if tables["members"]:
        _page(dice, pages, workbook_layout.MEMBERS, tables["members"], workbook_layout.MEMBER_COLUMNS)
    (_by_openpyxl if dice.random() < 0.5 else _by_xlsxwriter)(file, pages)
    return file


def _page(dice: Random, pages: dict[str, Sheet], name: str, rows: list[Row], columns: Any) -> None:
    titles = workbook_layout.headers(columns)
    by_key = dice.random() < 0.5
    chosen = [key for key in columns if any(row.get(key) is not None for row in rows) or dice.random() < 0.3]
    chosen = [key for key in columns if key in chosen or not columns[key].optional]
    lines: Sheet = [[key if by_key else titles[key] for key in chosen]]
    for row in rows:
        if dice.random() < 0.01:
            lines.append([])
        lines.append([_cell(dice, row.get(key), columns[key]) for key in chosen])
    pages[name] = lines


def _cell(dice: Random, value: Any, field: Field) -> Any:
    if isinstance(value, list):
        return dice.choice((" ", "、")).join(value)
    if isinstance(value, bool):
        return dice.choice((value, "是" if value else "否"))
    if isinstance(value, str):
        if field.type == "date" and dice.random() < 0.6:
            return _day(value)
        return field.labels.get(value, value) if dice.random() < 0.5 else value
    if isinstance(value, (int, float)) and dice.random() < 0.1:
        return repr(value) if "e" not in repr(value) else value
    return value


def _day(value: str) -> Any:
    """A day as Excel keeps it, where it can."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return day if 1900 < day.year < 9999 else value


def _by_openpyxl(file: Path, pages: dict[str, Sheet]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in pages.items():
        sheet = book.create_sheet(name)
        for number, line in enumerate(lines, 1):
            for at, value in enumerate(line, 1):
                if value is not None and value != "":
                    cell = sheet.cell(number, at, value)
                    if isinstance(value, str):
                        cell.data_type = "s"  # a text that begins with = is no formula here
    book.save(file)


def _by_xlsxwriter(file: Path, pages: dict[str, Sheet]) -> None:
    book = xlsxwriter.Workbook(str(file))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in pages.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            for at, value in enumerate(line):
                if isinstance(value, bool):
                    sheet.write_boolean(number, at, value)
                elif isinstance(value, str) and value:
                    sheet.write_string(number, at, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, at, value, day)
                elif value is not None and value != "":
                    sheet.write_number(number, at, value)
    book.close()
