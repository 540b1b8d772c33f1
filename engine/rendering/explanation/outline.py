"""The page of a result as every format writes it: a head, sections of paragraphs, lines and tables, and a place to sign."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

RowKind = Literal["plain", "group", "total"]


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """One text; a `strong` one is what the reader came for."""

    text: str
    strong: bool = False


class Lines(Struct, frozen=True, tag="lines"):
    """Texts below each other."""

    texts: tuple[str, ...]


class Row(Struct, frozen=True):
    """A cell a column; lines in a cell are apart by a line break. `group` rows stand above theirs, `total` ones below all."""

    cells: tuple[str, ...]
    kind: RowKind = "plain"


class Grid(Struct, frozen=True, tag="table"):
    """A table; `widths` are shares of the page, `numbers` the columns that are set to the right."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...] = ()


class Span(Struct, frozen=True):
    """Days over which a result stays as it is; `rank` is that of its grade among `ranks`, None where it has none."""

    first: str
    days: int
    text: str
    rank: int | None
    ranks: int


class Timeline(Struct, frozen=True, tag="timeline"):
    """The spans of a course, one after another, for a picture; the lines beside it say the same."""

    title: str
    spans: tuple[Span, ...]


Block = Paragraph | Lines | Grid | Timeline


class Section(Struct, frozen=True):
    """A section by its id, which is the same in every language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Page(Struct, frozen=True):
    """One result: `head` has names with texts, `tone` is the rank of its grade from 0 (best) to 4, `closing` is signed."""

    title: str
    head: tuple[tuple[str, str], ...]
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()
