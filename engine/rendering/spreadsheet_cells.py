"""Cells of tables for people: no spreadsheet takes a text among them for a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.model.problem import InputError, Problem

if TYPE_CHECKING:
    from ibis.expr.types import Column

SHEET_ROWS = 1_048_575
"""Rows that a sheet of a workbook holds below its head."""

FORMULA = r"^\s*[=+\-@＝＋－＠']|^[\t\r\n]"
"""How a text begins that a spreadsheet might compute, or an apostrophe that says that it must not."""

NUMBER = r"^[+-]?[0-9]+(\.[0-9]+)?$"
"""What is a number to a spreadsheet computes nothing."""

_FORMULA, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)


def check_rows(count: int) -> None:
    """InputError where a sheet does not hold so many rows."""
    if count > SHEET_ROWS:
        raise InputError([Problem("sheet_full", values={"rows": count, "limit": SHEET_ROWS})])


def safe_cell(text: str) -> str:
    """A text with an apostrophe before it where it could be a formula; who reads it takes away the first apostrophe.

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("甲公司"), safe_cell("'a")
    ("'=1+1", '-5', '甲公司', "''a")
    """
    return f"'{text}" if is_formula(text) else text


def written_cell(cell: str) -> str:
    """The text that safe_cell was given.

    >>> [written_cell(safe_cell(text)) for text in ("=1+1", "-5", "'a", "b")]
    ['=1+1', '-5', "'a", 'b']
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute a text."""
    return _FORMULA.match(text) is not None and _NUMBER.match(text) is None


def safe_column(column: Column) -> Column:
    """The same of a column of texts."""
    import ibis  # only where there are tables

    marked = column.re_search(FORMULA) & ~column.re_search(NUMBER)
    return marked.ifelse(ibis.literal("'").concat(column), column)
