"""A cell under a field of the catalogue: the text that tables have for it, or why it is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from engine.model import workbook_layout
from engine.model.catalogue import NUMERIC, Field
from engine.reading.workbook.cells import Cell
from engine.reading.workbook.dates import numbered_day, written_day
from engine.reading.workbook.formats import Format, Section

EXACT = 10**15
"""Excel keeps 15 digits of a number."""

_BOOLEANS = {workbook_layout.YES: "true", workbook_layout.NO: "false", "true": "true", "false": "false"}
_POSITIVE, _NEGATIVE = ("", "+"), ("-", "−", "()", "(-)")
_REMEDIES = {"text": "cell_format_text", "date": "cell_format_date"}


class RefusedCell(Struct, frozen=True):
    """Why a cell is refused: the code of a problem, and for a format what stands there."""

    code: str
    value: str = ""
    format: str = ""


class Column(Struct, frozen=True):
    """A column that is read: what its cells must hold, what labels stand for, and the unit that its title names."""

    key: str
    field: Field
    title: str
    codes: Mapping[str, str]
    unit: str
    is_percent: bool


def read_column(key: str, field: Field, title: str) -> Column:
    codes = _BOOLEANS if field.type == "boolean" else {plain_text(label): code for code, label in field.labels.items()}
    name = unicodedata.normalize("NFKC", field.title).strip()
    unit = name[name.rindex("(") + 1 : -1] if name.endswith(")") and "(" in name else ""
    return Column(key, field, title, codes, unit.strip(), "%" in name)


def plain_text(text: str) -> str:
    """Without spaces, widths and capitals: `满意度（％）` is `满意度(%)`."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_of(cell: Cell, column: Column, number_format: Format, from_1904: bool) -> str | RefusedCell:
    """What tables have for a cell of a column; `shown` is its number format."""
    kind = column.field.type
    match cell.kind:
        case "text":
            if not number_format.shows_texts:
                return _refused(kind, cell.text, number_format)
            if kind == "date":
                return written_day(cell.text)
            return column.codes.get(plain_text(cell.text), cell.text) if column.codes else cell.text
        case "number":
            return _number(cell.text, column, number_format, from_1904)
        case "boolean":
            return cell.text
        case "day":
            section, _ = number_format.section(Decimal(1))
            if kind == "date" and (not section.date or _is_whole_day(section)):
                return written_day(cell.text)
            return _refused(kind, cell.text, number_format)
        case _:
            return RefusedCell(f"cell_{cell.kind}")


def _number(text: str, column: Column, number_format: Format, from_1904: bool) -> str | RefusedCell:
    kind, value = column.field.type, Decimal(text)
    section, is_negative = number_format.section(value)
    if kind in NUMERIC:
        written = _counted(value, section, is_negative, column)
    elif kind == "date":
        written = _day(text, value, section, is_negative, from_1904)
    elif kind == "boolean":
        written = text if section.is_itself and not section.hides(value) else None
    elif abs(value) >= EXACT:
        return RefusedCell("id_as_number")
    else:
        written = _digits(text, value, section, is_negative)
    return _refused(kind, text, number_format) if written is None else written


def _refused(kind: str, value: str, number_format: Format) -> RefusedCell:
    return RefusedCell(_REMEDIES.get(kind, "cell_format"), value, number_format.code)


def _counted(value: Decimal, section: Section, is_negative: bool, column: Column) -> str | None:
    """A number that is shown as it is, with fewer decimals or in the unit that its column asks for."""
    if section.is_general or (section.is_itself and not is_negative and not section.hides(value)):
        return None if section.text or section.date or not section.is_plain else number_text(value)
    if section.date or not section.is_plain or section.is_text:
        return None
    rest = unicodedata.normalize("NFKC", section.text).replace("¥", "元")
    if column.unit:
        rest = rest.replace(column.unit, "", 1)
    if value == 0 and rest == "-" and "0" not in section.whole + section.decimals and section.hides(value):
        return "0"  # as accountants write it
    if section.hides(value) or rest not in (_NEGATIVE if is_negative else _POSITIVE):
        return None
    if not section.is_percent:
        return number_text(value)
    percent = value * 100
    is_exact = percent == round(percent, section.places) and not section.is_exponent
    return number_text(percent) if column.is_percent and is_exact else None


def _day(text: str, value: Decimal, section: Section, is_negative: bool, from_1904: bool) -> str | None:
    """A day that is shown whole; of another number, its digits, which are refused with their row unless they say a day."""
    if section.date:
        return (numbered_day(float(value), from_1904) or text) if _is_whole_day(section) else None
    return written_day(text) if section.is_itself and not is_negative else None


def _is_whole_day(section: Section) -> bool:
    return section.is_plain and {"y", "m", "d"} <= set(section.date)


def _digits(text: str, value: Decimal, section: Section, is_negative: bool) -> str | None:
    """The digits that are shown, with the zeros before them."""
    if section.is_general and section.is_itself:
        return text
    odd = section.is_grouped or section.is_exponent or section.is_worded or section.decimals or section.hides(value)
    if not section.is_itself or odd or is_negative or value != int(value):
        return None
    digits = str(abs(int(value))).zfill(section.whole.count("0"))
    return f"-{digits}" if value < 0 else digits


def number_text(value: Decimal) -> str:
    """Shortest and without an exponent.

    >>> number_text(Decimal("95.00")), number_text(Decimal("1E+2")), number_text(Decimal("-0"))
    ('95', '100', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
