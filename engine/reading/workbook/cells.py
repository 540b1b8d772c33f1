"""The cells of a sheet, row by row, as its part writes them: kinds, formulas without values, merged ranges."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from engine.reading.workbook import limits
from engine.reading.workbook.book import is_true
from engine.reading.workbook.package import Package
from engine.reading.workbook.ranges import Range, column_number, read_range
from engine.reading.workbook.strings import Text, unescaped
from engine.reading.workbook.xml import Attributes, BrokenXml, Elements, TooLarge

Kind = Literal["text", "number", "boolean", "day", "error", "uncalculated", "picture"]

_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!|GETTING_DATA)"
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_SHORT = re.compile(r"0|[1-9][0-9]{0,14}")
_PICTURE = re.compile(r"\b(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_NEVER = "0.0"
"""What Apache POI writes for a formula that it has not calculated; who calculates writes 0."""


class Cell(Struct, frozen=True):
    """A cell with something in it; numbers shortest, booleans `true` and `false`; `style` is the number of its style."""

    kind: Kind
    text: str
    style: int


class SheetRow(Struct, frozen=True):
    """A row with something in it; its cells by their columns, counted from 1.

    `arrays` are the ranges of formulas that fill several cells, here some of this row.
    """

    number: int
    is_hidden: bool
    cells: dict[int, Cell]
    arrays: tuple[Range, ...] = ()


class SheetCells:
    """A sheet that is being read. What it says of ranges is whole when its rows have been read."""

    def __init__(self, package: Package, part: str, strings: list[str], stale: bool) -> None:
        self.package, self.part, self.strings, self.stale = package, part, strings, stale
        self.merged: list[Range] = []
        self.hidden_columns: list[Range] = []
        self.hides_zeros = False
        self.arrays: tuple[Range, ...] = ()
        self.elements = Elements("worksheet")
        self.string = Text(self.elements)
        self.elements.begins = {
            "sheetData": self.begin_data, "row": self.begin_row, "c": self.begin_cell, "v": self.elements.gather,
            "f": self.begin_formula, "is": self.begin_string, "mergeCell": self.merge, "col": self.column_group,
            "sheetView": self.view, "extLst": self.begin_other, **self.string.begins,
        }  # fmt: skip
        self.elements.ends = {
            "sheetData": self.end_data, "row": self.end_row, "c": self.end_cell, "v": self.end_value, "f": self.end_formula,
            "is": self.end_string, "extLst": self.end_other, **self.string.ends,
        }  # fmt: skip
        self.done: deque[SheetRow] = deque()
        self.row = self.column = 0
        self.row_text = ""
        self.is_hidden = False
        self.cells: dict[int, Cell] = {}
        self.level = 0

    def rows(self) -> Iterator[SheetRow]:
        """The rows in order."""
        for _ in self.package.read(self.part, self.elements):
            while self.done:
                yield self.done.popleft()

    def begin_data(self, _: Attributes) -> None:
        self.elements.strict = True

    def end_data(self) -> None:
        self.elements.strict = False

    def begin_other(self, _: Attributes) -> None:
        """An extension holds whatever its maker likes."""
        self.level += self.elements.strict
        self.elements.strict = False

    def end_other(self) -> None:
        self.elements.strict = self.level > 0
        self.level = 0

    def begin_row(self, attributes: Attributes) -> None:
        if not self.elements.strict:
            raise BrokenXml("workbook_row_order")
        number = int(attributes.get("r", self.row + 1))
        if not self.row < number <= limits.ROWS:
            raise BrokenXml("workbook_row_order", f"R{number}")
        self.row, self.row_text, self.column, self.cells = number, str(number), 0, {}
        self.is_hidden = "hidden" in attributes and is_true(attributes, "hidden")

    def end_row(self) -> None:
        if self.cells:
            self.package.cells -= len(self.cells)
            if self.package.cells < 0:
                raise TooLarge("cells", limits.CELLS)
            self.done.append(SheetRow(self.row, self.is_hidden, self.cells, self.arrays))
        if self.arrays:
            self.arrays = tuple(array for array in self.arrays if array.bottom > self.row)

    def begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            column = self.column + 1
        else:
            letters = place.rstrip("0123456789")
            if place[len(letters) :] != self.row_text:
                raise BrokenXml("workbook_cell_order", f"R{self.row}", place[:20])
            column = column_number(letters)
        if not self.column < column <= limits.COLUMNS:
            raise BrokenXml("workbook_cell_order", f"R{self.row}", str(place or column)[:20])
        self.column = column
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "0")
        self.value: str | None = None
        self.formula: str | None = None
        self.inline: str | None = None

    def end_value(self) -> None:
        self.value = self.elements.gathered()

    def begin_string(self, attributes: Attributes) -> None:
        self.string.begin(attributes)

    def end_string(self) -> None:
        self.inline = self.string.end()

    def begin_formula(self, attributes: Attributes) -> None:
        self.elements.gather()
        if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
            array = read_range(attributes["ref"])
            if (array.top, array.left) != (array.bottom, array.right):
                self.arrays += (array,)
                if len(self.arrays) > limits.ARRAYS:
                    raise TooLarge("ranges", limits.ARRAYS)

    def end_formula(self) -> None:
        self.formula = self.elements.gathered()

    def end_cell(self) -> None:
        kind: Kind | None
        in_array = self.stale and self.arrays and any(array.holds(self.row, self.column) for array in self.arrays)
        if self.formula is None and not in_array:
            kind, text = self.read()
        elif _PICTURE.search(self.formula or ""):
            kind, text = "picture", ""
        elif self.stale or self.value is None or (self.value == "" and self.type != "str") or self.value == _NEVER:
            kind, text = "uncalculated", ""
        else:
            kind, text = self.read()
        if kind is not None:
            self.cells[self.column] = Cell(kind, text, int(self.style))
        elif self.arrays and self.type == "str":  # calculated, but to nothing
            self.cells[self.column] = Cell("text", "", int(self.style))

    def read(self) -> tuple[Kind | None, str]:
        """The value of the cell; no kind where it is empty."""
        value = self.value
        if self.inline is not None and self.type != "inlineStr":
            raise BrokenXml("workbook_cell_value", f"R{self.row}C{self.column}")
        match self.type:
            case "s":
                return self.worded(self.strings[self.number(value)] if value else "")
            case "n":
                return ("number", self.shortest(value.strip())) if value and value.strip() else (None, "")
            case "inlineStr" if value is None:
                return self.worded(self.inline or "")
            case "str":
                return self.worded(unescaped(value or "").strip())
            case "b":
                return ("boolean", self.boolean(value.strip())) if value else (None, "")
            case "e":
                return "error", value or ""
            case "d":
                return ("day", value.strip()) if value else (None, "")
            case _:
                raise BrokenXml("workbook_cell_value", f"R{self.row}C{self.column}", self.type[:20])

    def worded(self, text: str) -> tuple[Kind | None, str]:
        if not text:
            return None, ""
        if text[0] == "=" and _PICTURE.search(text):
            return "picture", text
        return ("error" if _ERROR.fullmatch(text) else "text"), text

    def number(self, text: str) -> int:
        at = int(text)
        if not 0 <= at < len(self.strings):
            raise BrokenXml("workbook_cell_value", f"R{self.row}C{self.column}", str(at)[:20])
        return at

    def shortest(self, text: str) -> str:
        """The shortest number that a program reads as this one: 92.350000000000001 is 92.35."""
        if _SHORT.fullmatch(text):
            return text
        number = float(text) if _NUMBER.fullmatch(text) else float("inf")
        if abs(number) == float("inf"):
            raise BrokenXml("workbook_cell_value", f"R{self.row}C{self.column}", text[:20])
        return format(Decimal(repr(number + 0.0)), "f").removesuffix(".0")

    def boolean(self, text: str) -> str:
        if text not in ("0", "1", "true", "false"):
            raise BrokenXml("workbook_cell_value", f"R{self.row}C{self.column}", text[:20])
        return "true" if text in ("1", "true") else "false"

    def merge(self, attributes: Attributes) -> None:
        self.merged.append(read_range(attributes.get("ref", "")))
        if len(self.merged) > limits.RANGES:
            raise TooLarge("ranges", limits.RANGES)

    def column_group(self, attributes: Attributes) -> None:
        if is_true(attributes, "hidden"):
            if len(self.hidden_columns) >= limits.COLUMNS:
                raise TooLarge("ranges", limits.COLUMNS)
            self.hidden_columns.append(Range(1, int(attributes.get("min", "")), limits.ROWS, int(attributes.get("max", ""))))

    def view(self, attributes: Attributes) -> None:
        self.hides_zeros = self.hides_zeros or not is_true({"showZeros": "1"} | attributes, "showZeros")
