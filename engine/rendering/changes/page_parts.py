"""The frame of the page to sign, its tables and its annexes. What goes into them is HTML already: `escape` what is not ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from engine.rendering.annex.document import Annex, Part, Row, Table, centred, heading
from engine.rendering.terms import Lang
from engine.rendering.visible import visible


def html_page(title: str, body: Sequence[str], lang: Lang, style: str) -> str:
    """The whole document, with nothing in it that a reader cannot see."""
    view = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f"{view}\n<title>{title}</title>\n<style>{style}</style>"
    tongue = "en" if lang == "en" else "zh-CN"
    inside = "\n".join(body)
    return visible(
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n{head}\n</head>\n<body>\n{inside}\n</body>\n</html>\n', "\n\t"
    )


def html_table(kind: str, caption: str, heads: Sequence[str], numbers: int, rows: Sequence[Sequence[str]]) -> str:
    """The last columns, so many, hold numbers; a column without a head holds charts; a row's first cell names it."""
    first = len(heads) - numbers
    kinds = [' class="n"' if i >= first else "" if head else ' class="chart"' for i, head in enumerate(heads)]
    top = "".join(
        f'<th scope="col"{kind}>{head}</th>' if head else "<td></td>" for head, kind in zip(heads, kinds, strict=True)
    )
    labels = [f' data-label="{escape(head)}"' if head else "" for head in heads]
    body = []
    for name, *cells in rows:
        rest = zip(kinds[1:], labels[1:], cells, strict=True)
        body.append(f'<tr><th scope="row">{name}</th>' + "".join(f"<td{a}{b}>{cell}</td>" for a, b, cell in rest) + "</tr>")
    said = f"<caption>{caption}</caption>" if caption else ""
    return f'<table class="{kind}">{said}<thead><tr>{top}</tr></thead>\n<tbody>\n' + "\n".join(body) + "\n</tbody></table>"


def part_html(part: Part) -> Iterator[str]:
    """A part; without lines to sign on where it has none."""
    yield f'<article class="part">\n<h1>{escape(part.title)}</h1>'
    rows = "\n".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in part.about)
    yield f'<table class="about"><colgroup><col style="width: 14%"><col></colgroup><tbody>\n{rows}\n</tbody></table>'
    for annex in part.annexes:
        yield from _annex(annex)
    signed = "".join(f"<span>{escape(text)}</span>" for pair in part.signature for text in pair)
    yield f'<div class="signature">{signed}</div>\n</article>' if signed else "</article>"


def _annex(annex: Annex) -> Iterator[str]:
    if annex.label:
        yield f'<section class="annex">\n<p class="label">{escape(annex.label)}</p>\n<h2>{escape(annex.title)}</h2>'
    else:
        yield "<section>"
    for i, section in enumerate(annex.sections):
        yield f"<h3>{escape(heading(i, section.title))}</h3>"
        yield from (f"<p>{escape(text)}</p>" for text in section.paragraphs)
        for table in section.tables:
            if table.caption != section.title:
                yield f"<h4>{escape(table.caption)}</h4>"
            yield _table(table)
    yield "</section>"


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width: {width}%">' for width in table.widths)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    middle = centred(table)
    rows = "\n".join("<tr>" + "".join(_cells(one, middle)) + "</tr>" for one in table.rows)
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    below = f'\n<div class="notes">{notes}</div>' if notes else ""
    head = f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
    return f"<table>{head}\n<tbody>\n{rows}\n</tbody></table>{below}"


def _cells(cells: Row, middle: frozenset[int]) -> Iterator[str]:
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        more = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        more += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        more += ' class="middle"' if column in middle else ""
        yield f"<td{more}>{escape(cell.text)}</td>"
