"""An annex (附件) as every format writes it: titles, lines, and tables whose cells may span rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.rendering.annex.official import ANNEX_LANG, official
from engine.rendering.phrases import listed
from engine.rendering.snippet import width


class Cell(Struct, frozen=True):
    text: str
    rows: int = 1
    columns: int = 1


Row = tuple[Cell | None, ...]
"""A cell a column; None where one from above or from the left covers it."""


class Table(Struct, frozen=True):
    """`widths` are shares of the page; `notes` stand below it."""

    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


SHORT = 12
"""Columns that hold no more characters than these stand in the middle."""


def centred(table: Table) -> frozenset[int]:
    """The columns whose text stands in the middle: short ones, and a first one that groups rows."""
    columns = set()
    for column in range(len(table.heads)):
        cells = [cell for cells in table.rows if (cell := cells[column]) is not None and cell.columns == 1]
        if all(len(cell.text) <= SHORT for cell in cells) or (column == 0 and any(cell.rows > 1 for cell in cells)):
            columns.add(column)
    return frozenset(columns)


CHARACTERS = 150
"""What a line of a table holds, landscape on A4; a Chinese character is as wide as two others."""

TOGETHER = 8
"""A row of no more lines than these stays on one page; a longer one breaks over two, or half a page would stay empty."""


def lines_of(text: str, characters: int) -> int:
    """How many lines a text takes in a cell that holds so many characters side by side."""
    return sum(1 + width(line) // characters for line in text.split("\n"))


def stay_together(table: Table) -> tuple[bool, ...]:
    """Of each row whether it stands on one page."""
    sizes = [max(1, CHARACTERS * share // sum(table.widths)) for share in table.widths]
    heights = (
        max((lines_of(cell.text, size) for cell, size in zip(cells, sizes, strict=True) if cell and cell.rows == 1), default=1)
        for cells in table.rows
    )
    return tuple(height <= TOGETHER for height in heights)


class Section(Struct, frozen=True):
    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]


class Annex(Struct, frozen=True):
    """What begins on a page of its own: 附件1 and its title. Without a label it is the part itself, and stands below its head."""

    label: str
    title: str
    sections: tuple[Section, ...]


class Part(Struct, frozen=True):
    """A policy or the catalogue: what it is, its annexes, and the lines where it is signed and sealed."""

    title: str
    about: tuple[tuple[str, str], ...]
    annexes: tuple[Annex, ...]
    signature: tuple[tuple[str, str], ...]
    created: int  # the day that files are dated, as an ordinal


Document = tuple[Part, ...]


def title_of_document(document: Document) -> str:
    """Of a document of several parts, all their titles."""
    return listed((part.title for part in document), ANNEX_LANG)


def signature(unit: str) -> tuple[tuple[str, str], ...]:
    """Who drafts and who approves, each with seal, name and day."""
    return (
        (official("drafted-by", unit=unit), official("reviewed-by")),
        (official("drafter"), official("reviewer")),
        (official("head-of-unit"), official("head-of-unit")),
        (official("signed-on"), official("signed-on")),
    )


def heading(position: int, title: str) -> str:
    """`一、企业`, for positions from 0."""
    return official("heading", number=chinese(position + 1), title=title)


def chinese(number: int) -> str:
    """A number below 100 in Chinese.

    >>> chinese(9), chinese(10), chinese(24)
    ('九', '十', '二十四')
    """
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def heads(columns: Iterable[str]) -> tuple[str, ...]:
    """What stands above columns, by their names."""
    return tuple(official(f"head-{name}") for name in columns)


def row(*texts: str) -> Row:
    """A row of single cells."""
    return tuple(Cell(text) for text in texts)


def with_rows_below(first: Row, below: Sequence[Mapping[int, Cell | None]], spanning: Sequence[int]) -> list[Row]:
    """A row, and rows below it that have cells of their own in some columns.

    Its cells in the `spanning` columns stand beside all of them, those in the others stand in each.

    >>> [[cell and cell.text for cell in cells] for cells in with_rows_below(row("a", "b", "c"), [{1: Cell("d")}], (2,))]
    [['a', 'b', 'c'], ['a', 'd', None]]
    """
    whole = (
        replace(cell, rows=1 + len(below)) if cell is not None and at in spanning else cell for at, cell in enumerate(first)
    )
    rows = (tuple(own.get(at, None if at in spanning else cell) for at, cell in enumerate(first)) for own in below)
    return [tuple(whole), *rows]


def merged(rows: Sequence[Row], *columns: int) -> tuple[Row, ...]:
    """The rows with equal cells that stand below each other in these columns made one.

    A column's runs end where those of the columns before it in the list do.

    >>> [cells[0] for cells in merged([row("a"), row("a"), row("b")], 0)]
    [Cell(text='a', rows=2, columns=1), None, Cell(text='b', rows=1, columns=1)]
    """
    cells = [list(row) for row in rows]
    for rank, column in enumerate(columns):
        top = 0
        for index in range(1, len(rows)):
            first, cell = cells[top][column], rows[index][column]
            if first is not None and cell is not None and _alike(rows, index, columns[: rank + 1]):
                cells[top][column] = replace(first, rows=first.rows + 1)
                cells[index][column] = None
            else:
                top = index
    return tuple(tuple(row) for row in cells)


def _alike(rows: Sequence[Row], index: int, columns: Sequence[int]) -> bool:
    return all(rows[index][column] == rows[index - 1][column] for column in columns)
