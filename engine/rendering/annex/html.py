"""Annexes as a page that needs nothing else, and prints on A4 as it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.rendering.annex.document import Annex, Document, Part, Row, Table, centred, heading, title_of_document
from engine.rendering.html_page import html_page

STYLE = """
:root {
  --song: SimSun, 宋体, "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", serif;
  --fang: FangSong, 仿宋, FangSong_GB2312, 仿宋_GB2312, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", serif;
  --hei: SimHei, 黑体, "Heiti SC", STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --title: 方正小标宋简体, FZXiaoBiaoSong-B05S, var(--song);
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem; max-width: 76rem; color: #000; background: #fff; font: 11pt/1.5 var(--fang); }
h1, h2 { margin: 0; text-align: center; font: 400 22pt/1.4 var(--title); }
h2 { margin: 0 0 1rem; font-size: 18pt; }
h3 { margin: 1.4rem 0 .4rem; font: 400 14pt/1.5 var(--hei); }
h4 { margin: 1rem 0 .35rem; font: 700 12pt/1.5 var(--song); text-align: center; }
p { margin: .25rem 0; }
.label { font: 400 14pt/1.5 var(--hei); }
.notes { margin-top: .35rem; font-size: 9.5pt; line-height: 1.5; }
.notes p { margin: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 10pt; line-height: 1.4; }
th, td { padding: .25em .4em; border: .75pt solid #000; text-align: left; vertical-align: middle; font-weight: 400;
  white-space: pre-line; overflow-wrap: anywhere; line-break: strict; }
thead th { text-align: center; font-family: var(--song); font-weight: 700; }
.middle { text-align: center; }
.about { margin: 1.6rem 0; font-size: 11pt; }
.about th { width: 9em; text-align: center; font-family: var(--song); }
.signature { display: grid; grid-template-columns: 1fr 1fr; gap: 1.1rem 2rem; margin-top: 2.5rem; font-size: 12pt;
  break-inside: avoid; }
.annex, .part + .part { margin-top: 3rem; }
@media print {
  @page { size: A4 landscape; margin: 20mm 18mm 18mm; @bottom-center { content: "— " counter(page) " —"; font: 10pt SimSun, serif; } }
  table { width: calc(100% - 2px); }  /* else the outer border falls beside the paper's edge */
  body { max-width: none; padding: 0; }
  .annex, .part + .part { margin: 0; break-before: page; }
  h2, h3, h4, .label { break-after: avoid; }
  td:not([rowspan]), .notes p { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def annex_page(document: Document) -> str:
    """The document as HTML; all that is not ours is escaped."""
    body = [line for part in document for line in part_html(part)]
    return html_page(escape(title_of_document(document)), body, "zh", STYLE)


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
