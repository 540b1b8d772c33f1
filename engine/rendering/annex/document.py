"""An annex (附件) as every format writes it: titles, lines, and tables whose cells may span rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace


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
    found = set()
    for column in range(len(table.heads)):
        cells = [cell for one in table.rows if (cell := one[column]) is not None and cell.columns == 1]
        if all(len(cell.text) <= SHORT for cell in cells) or (column == 0 and any(cell.rows > 1 for cell in cells)):
            found.add(column)
    return frozenset(found)


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
    return "、".join(part.title for part in document)


def signature(unit: str) -> tuple[tuple[str, str], ...]:
    """Who drafts and who approves, each with seal, name and day."""
    day = "日期：　　　　年　　月　　日"
    return (
        (f"起草单位（盖章）：{unit}", "审核单位（盖章）："),
        ("起草人（签字）：", "审核人（签字）："),
        ("负责人（签字）：", "负责人（签字）："),
        (day, day),
    )


def heading(position: int, title: str) -> str:
    """`一、企业`, for positions from 0."""
    return f"{chinese(position + 1)}、{title}"


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


def row(*texts: str) -> Row:
    """A row of single cells."""
    return tuple(Cell(text) for text in texts)


def merged(rows: Sequence[Row], *columns: int) -> tuple[Row, ...]:
    """The rows with equal cells that stand below each other in these columns made one.

    A column's runs end where those of the columns before it in the list do.

    >>> [one[0] for one in merged([row("a"), row("a"), row("b")], 0)]
    [Cell(text='a', rows=2, columns=1), None, Cell(text='b', rows=1, columns=1)]
    """
    found = [list(one) for one in rows]
    for rank, column in enumerate(columns):
        top = 0
        for index in range(1, len(rows)):
            first, cell = found[top][column], rows[index][column]
            if first is not None and cell is not None and _alike(rows, index, columns[: rank + 1]):
                found[top][column] = replace(first, rows=first.rows + 1)
                found[index][column] = None
            else:
                top = index
    return tuple(tuple(one) for one in found)


def _alike(rows: Sequence[Row], index: int, columns: Sequence[int]) -> bool:
    return all(rows[index][column] == rows[index - 1][column] for column in columns)
