"""Annexes as Markdown, whose tables cannot merge: what a cell above covers is blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.rendering.annex.document import Annex, Document, Part, Table, heading
from engine.rendering.annex.official import official


def markdown(document: Document) -> str:
    """The document as text."""
    return "\n\n---\n\n".join("\n\n".join(part_markdown(part)) for part in document) + "\n"


def part_markdown(part: Part, level: int = 1) -> Iterator[str]:
    """Blocks of text, under headings of a level and those below it; without lines to sign on where it has none."""
    yield f"{'#' * level} {part.title}"
    yield "\n".join(_about(part))
    for annex in part.annexes:
        yield from _annex(annex, level)
    if part.signature:
        yield "  \n".join(f"{left}　　　　{right}" for left, right in part.signature)


def _about(part: Part) -> Iterator[str]:
    colon = official("colon")
    for name, value in part.about:
        first, *more = value.split("\n")
        if more:
            yield f"- {name}{colon}"
            yield from (f"  - {_escaped(line)}" for line in (first, *more))
        else:
            yield f"- {name}{colon}{_escaped(first)}"


def _annex(annex: Annex, level: int) -> Iterator[str]:
    if annex.label:
        yield f"{'#' * (level + 1)} {annex.label}　{annex.title}"
    for i, section in enumerate(annex.sections):
        yield f"{'#' * (level + 2)} {heading(i, section.title)}"
        yield from section.paragraphs
        for table in section.tables:
            if table.caption != section.title:
                yield f"**{table.caption}**"
            yield "\n".join(_table(table))
            yield from table.notes


def _table(table: Table) -> Iterator[str]:
    yield _line(table.heads)
    yield _line(["---"] * len(table.heads))
    for row in table.rows:
        yield _line(["" if cell is None else cell.text for cell in row])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(cell).replace(chr(10), '<br>') for cell in cells)} |"


def _escaped(text: str) -> str:
    """What Markdown would take for its own."""
    for sign in "\\|*_`<":
        text = text.replace(sign, f"\\{sign}")
    return text
