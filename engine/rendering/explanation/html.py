"""Pages as one HTML document that needs nothing else, and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from engine.rendering.charts import tone
from engine.rendering.explanation.outline import Grid, Page, Timeline
from engine.rendering.html_page import html_page
from engine.rendering.sentences import Lang

WIDTH, BAR, FOOT = 680, 26, 20
"""Of a timeline: its own units across, the height of the spans, and below them of the days."""

LETTER = 14
"""The width of a character of a day or level, at most."""


def pages_html(pages: Sequence[Page], lang: Lang) -> str:
    """All texts are escaped."""
    return html_page(
        "explanation/page.html", "explain", lang, ["letter"], title=pages[0].title if pages else "", pages=pages,
        timeline=timeline, kind=kind,
    )  # fmt: skip


def kind(block: object) -> str:
    """Which macro lays a block out."""
    match block:
        case Grid():
            return "table"
        case _:
            return type(block).__name__.lower()


def timeline(line: Timeline) -> Markup:
    """The spans side by side, as long as they last, each with its level in words and the day on which it begins."""
    whole = sum(span.days for span in line.spans)
    drawn, left, free = [], 0.0, 0.0
    for span in line.spans:
        size = WIDTH * span.days / whole
        colour = "none" if span.rank is None else tone(span.rank, span.ranks)
        drawn.append(f'<g class="{colour}"><title>{escape(f"{span.first} {span.text}")}</title>')
        drawn.append(f'<rect x="{left:.1f}" y="0" width="{size:.1f}" height="{BAR}"/>')
        if size > LETTER * len(span.text):
            drawn.append(f'<text x="{left + size / 2:.1f}" y="{BAR / 2}">{escape(span.text)}</text>')
        drawn.append("</g>")
        if left >= free and left + 5 * LETTER < WIDTH:
            drawn.append(f'<text class="day" x="{left:.1f}" y="{BAR + FOOT - 5}">{escape(span.first)}</text>')
            free = left + 5 * LETTER
        left += size
    about = f"<title>{escape(line.title)}</title>"
    box = f'viewBox="0 0 {WIDTH} {BAR + FOOT}"'
    return Markup(f'<svg class="timeline" role="img" {box}>{about}{"".join(drawn)}</svg>')  # noqa: S704 (texts are escaped)
