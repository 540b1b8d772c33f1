"""A page of HTML that needs nothing else, and its tables. What goes into them is HTML already: `escape` what is not ours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.rendering.page_style import STYLE
from engine.rendering.terms import Lang
from engine.rendering.visible import visible


def html_page(title: str, body: Sequence[str], lang: Lang, style: str = STYLE) -> str:
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
