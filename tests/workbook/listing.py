"""A template as a text: `python -m tests.workbook.listing eldercare > tests/workbook/eldercare.txt`; the difference is to be read."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.workbook.filling import template


def listing(file: Path) -> str:
    """Every sheet with its columns: header (`*` where it stands out), comment, format of cells and what they are held to.

    Columns that are on the sheet before, too, are left out, and so is what a sheet of notes says beyond its text.
    """
    book = openpyxl.load_workbook(file)
    lines: list[str] = []
    before: list[str] = []
    for sheet in book.worksheets:
        hidden = "" if sheet.sheet_state == "visible" else f"（{sheet.sheet_state}）"
        frozen = f"（frozen at {sheet.freeze_panes}）" if sheet.freeze_panes else ""
        lines += ["", f"== {sheet.title}{hidden}{frozen}"]
        if sheet.freeze_panes is None:
            rows = sheet.iter_rows(values_only=True)
            lines += ["  ".join(value for value in row if value) for row in rows if any(row)]
            continue
        columns = list(_columns(sheet, book))
        lines += [column for column in columns if column not in before]
        before = columns
    return "\n".join(lines[1:]) + "\n"


def _columns(sheet: Any, book: Any) -> Iterator[str]:
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    formats = {
        column: dimension.number_format
        for dimension in sheet.column_dimensions.values()
        for column in range(dimension.min, dimension.max + 1)
    }
    for cell in sheet[1]:
        number_format = formats[cell.column]
        rule = rules.get(get_column_letter(cell.column))
        held = "" if rule is None else f" <{_rule(rule, book)}>"
        comment = " | ".join(cell.comment.text.splitlines())
        yield f"{cell.value}{'*' if cell.font.bold else ''}  [{comment}]{'' if number_format == 'General' else f' {number_format}'}{held}"


def _rule(rule: Any, book: Any) -> str:
    assert str(rule.sqref).endswith("1048576"), rule.sqref
    if rule.type != "list":
        return f"{rule.type} {rule.operator or 'between'} {rule.formula1} {rule.formula2 or ''}".rstrip()
    name, cells = rule.formula1.split("!")
    style = f" {rule.errorStyle}" if rule.errorStyle else ""
    return "、".join(row[0].value for row in book[name.strip("'")][cells.replace("$", "")]) + style


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(listing(template(sys.argv[1], Path(folder) / "template.xlsx")))
