"""Pages as plain text, for terminals and files."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from io import StringIO
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.rendering.explanation.outline import Block, Grid, Lines, Page, Paragraph, Timeline

_FIRST_BLANK = re.compile(r"^(\S{1,12}) (?=[\u2e80-\uffef])", re.MULTILINE)
"""The blank after a day or a number: a line that ended there would be nearly empty, and Chinese may be broken anywhere."""

BOUND = "\ue000"
"""Stands for such a blank while lines are broken; of no script, and one column wide."""

LEAST_WIDTH = 60
"""Columns in which no cell of the tables loses a character."""


def pages_text(pages: Sequence[Page], width: int, colours: bool | None = False) -> str:
    """The pages with a rule between them, in so many columns, at least LEAST_WIDTH.

    With None there are colours where the environment forces them.
    """
    console = Console(
        file=StringIO(), width=max(width, LEAST_WIDTH), force_terminal=colours, highlight=False, soft_wrap=False, emoji=False,
        markup=False,
    )  # fmt: skip
    with console.capture() as captured:
        for index, page in enumerate(pages):
            if index:
                console.rule(style="dim")
            _print(page, console)
    return "".join(f"{line.replace(BOUND, ' ').rstrip()}\n" for line in captured.get().splitlines())


def _text(text: str, style: str = "", justify: Literal["left", "right"] = "left") -> Text:
    """A text whose lines end where there is no room left."""
    return Text(_FIRST_BLANK.sub(rf"\1{BOUND}", text), style=style, justify=justify)


def _print(page: Page, console: Console) -> None:
    console.print(Group(_text(page.title, style="bold"), Text(""), _head(page)))
    for paragraph in page.opening:
        console.print(Padding(_text(paragraph.text, style="bold"), (1, 0, 0, 0)))
    for section in page.sections:
        console.print(Padding(_text(section.title, style="bold cyan"), (1, 0, 0, 0)))
        for block in section.blocks:
            if not isinstance(block, Timeline):  # the table beside it says the same
                console.print(_fitting(_block(block), console))
    for place, line in enumerate(page.closing):
        console.print(Padding(_text(line, justify="right"), (0 if place else 1, 0, 0, 0)))


def _head(page: Page) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in page.head:
        grid.add_row(name, _text(text))
    return grid


def _block(block: Block) -> RenderableType:
    match block:
        case Paragraph(text, strong):
            return _text(text, style="bold" if strong else "")
        case Lines(texts):
            return Group(*map(_text, texts))
        case Grid():
            return _table(block)
        case Timeline():
            return Text("")


def _table(grid: Grid) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, (head, share) in enumerate(zip(grid.heads, grid.widths, strict=True)):
        if column in grid.numbers:
            table.add_column(head, justify="right", no_wrap=True)
        else:
            table.add_column(head, overflow="fold", min_width=min(16, max(6, share * 2 // 3)))
    for row in grid.rows:
        if row.kind == "total" and row is grid.rows[-1] and len(grid.rows) > 1:
            table.add_row(*("" for _ in row.cells))
        strong = row.kind != "plain"
        table.add_row(*(_cell(text, strong and column < 2, column in grid.numbers) for column, text in enumerate(row.cells)))
    return table


def _cell(text: str, strong: bool, number: bool) -> Text:
    return _text(text, "bold" if strong else "", "right" if number else "left")


def _fitting(part: RenderableType, console: Console) -> RenderableType:
    """A table without the least widths of its columns where they do not fit, for what does not fit is cut."""
    if isinstance(part, Table):
        least = Measurement.get(console, console.options.update(max_width=sys.maxsize), part).minimum
        for column in part.columns if least > console.width else ():
            column.min_width = None
    return part
