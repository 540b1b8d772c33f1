"""A sheet under the columns that it should have: its rows as texts, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import workbook_layout
from engine.model.catalogue import Field
from engine.model.names import nearest_names
from engine.model.problem import Place, Problem
from engine.reading.workbook.cells import Cell, SheetCells, SheetRow
from engine.reading.workbook.formats import Format
from engine.reading.workbook.merges import fill, rows_within
from engine.reading.workbook.texts import Column, RefusedCell, plain_text, read_column, text_of
from engine.reading.workbook.xml import BrokenXml

Row = dict[str, str | int]

WHOSE = frozenset(("subject", "member", "id"))
"""Columns without which nobody knows whose a row is."""

FORMULAS = frozenset(("cell_error", "cell_uncalculated"))


class SheetRows:
    """A sheet that is being read; its problems are told column by column, with the first row of each."""

    def __init__(self, file: str, name: str, fields: Mapping[str, Field], formats: list[Format], from_1904: bool) -> None:
        self.file, self.name, self.formats, self.from_1904 = file, name, formats, from_1904
        titles = workbook_layout.headers(fields)
        self.columns = {key: read_column(key, field, titles[key]) for key, field in fields.items()}
        self.keys: dict[int, Column] = {}
        self.top = 0
        self.header: dict[int, str] = {}
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.nameless: dict[int, int] = {}
        self.refused: dict[tuple[str, int, str], tuple[int, str, int]] = {}
        """By code, column and format: the first row, its value, and how many there are."""
        self.without_values: dict[int, dict[int, RefusedCell]] = {}
        """Rows with nothing but formulas that have no value."""
        self.hidden_rows: list[int] = []

    def read(self, cells: SheetCells) -> list[Row] | None:
        """The rows below the header; None where nothing is on the sheet."""
        rows = cells.rows()
        top = next(rows, None)
        if top is None:
            return None
        self.top = top.number
        self.header = {at: cell.text for at, cell in top.cells.items() if cell.text}
        self.keys = self._keys()
        read: list[Row] = []
        for row in rows:
            if texts := self._texts(row, cells.hides_zeros):
                read.append({"_file": self.file, "_row": row.number, **texts})
        for merged in fill(read, cells.merged, top.number, self.keys):
            self._problem(merged.code, merged.range.top, merged.range.left, range=str(merged.range))
        for number in rows_within(list(self.without_values), cells.merged, self.keys):
            self._refuse(number, self.without_values.pop(number))
        self._tell(cells)
        return read

    def _keys(self) -> dict[int, Column]:
        """What each column holds, by its title or its key."""
        columns = self.columns.values()
        known = {plain_text(column.key): column for column in columns} | {
            plain_text(column.title): column for column in columns
        }
        keys: dict[int, Column] = {}
        for at, name in self.header.items():
            column = known.get(plain_text(name))
            if column is None:
                near = nearest_names(name, [*(column.title for column in columns), *self.columns])
                self._problem("column_unknown", self.top, at, near, table=self.name, column=name)
            elif column in keys.values():
                self._problem("column_twice", self.top, at, table=self.name, column=column.title)
            else:
                keys[at] = column
        return keys

    def _texts(self, row: SheetRow, hides_zeros: bool) -> dict[str, str]:
        texts: dict[str, str] = {}
        refused: dict[int, RefusedCell] = {}
        for at, cell in row.cells.items():
            if at not in self.header:
                self.nameless.setdefault(at, row.number)
            elif (column := self.keys.get(at)) is not None:
                text = self._text(cell, column, hides_zeros)
                if isinstance(text, RefusedCell):
                    refused[at] = text
                elif text:
                    texts[column.key] = text
        if row.arrays:
            for at in self.keys.keys() - row.cells.keys():
                if any(array.holds(row.number, at) for array in row.arrays):
                    refused[at] = RefusedCell("cell_uncalculated")
        if refused and (texts or any(self._is_somebodys(at, why) for at, why in refused.items())):
            self._refuse(row.number, refused)
        elif refused:
            self.without_values[row.number] = refused
        if texts and row.is_hidden:
            self.hidden_rows.append(row.number)
        return texts

    def _text(self, cell: Cell, column: Column, hides_zeros: bool) -> str | RefusedCell:
        if not 0 <= cell.style < len(self.formats):
            raise BrokenXml("workbook_format_missing", str(cell.style)[:20])
        number_format = self.formats[cell.style]
        if hides_zeros and cell.kind == "number" and cell.text == "0":
            return RefusedCell("cell_format", "0", number_format.code)
        return text_of(cell, column, number_format, self.from_1904)

    def _is_somebodys(self, at: int, why: RefusedCell) -> bool:
        """Formulas drawn down further than there are rows hold nothing; but whoever has an id is somebody."""
        return why.code not in FORMULAS or self.keys[at].key in WHOSE

    def _refuse(self, number: int, refused: Mapping[int, RefusedCell]) -> None:
        for at, why in refused.items():
            key = (why.code, at, why.format)
            first, value, count = self.refused.get(key, (number, why.value, 0))
            self.refused[key] = (first, value, count + 1)

    def _tell(self, cells: SheetCells) -> None:
        for at, number in self.nameless.items():
            self._problem("column_nameless", number, at, table=self.name)
        for (code, at, format_code), (number, value, count) in self.refused.items():
            self._problem(code, number, at, column=self.keys[at].title, count=count, value=value, format=format_code)
        if self.without_values:
            self._notice("rows_of_formulas", next(iter(self.without_values)), count=len(self.without_values))
        if self.hidden_rows:
            self._notice("rows_hidden", self.hidden_rows[0], count=len(self.hidden_rows))
        for at, column in self.keys.items():
            if any(hidden.holds(self.top, at) for hidden in cells.hidden_columns):
                self._notice("column_hidden", self.top, at, column=column.title)

    def _problem(self, code: str, row: int, at: int, near: tuple[str, ...] = (), **values: object) -> None:
        self.problems.append(Problem(code, (), values, near=near, place=Place(self.file, row, at)))

    def _notice(self, code: str, row: int, at: int = 1, **values: object) -> None:
        values = {"sheet": self.name, **values}
        self.notices.append(Problem(code, (), values, severity="warning", place=Place(self.file, row, at)))
