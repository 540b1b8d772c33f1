"""Charts as inline SVG: as wide as the page, coloured by the classes of styles/page.css. Their numbers stand in tables beside them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from engine.rendering.counts import shares
from engine.rendering.snippet import width

HEIGHT, ROOM, FOOT = 120, 18, 20
"""Of a histogram in pixels: the tallest column, above it, and below."""


class Part(Struct, frozen=True):
    """What was counted; `tone` is the class that colours it."""

    name: str
    count: int
    tone: str


def tone(rank: int, ranks: int) -> str:
    """The class of a grade among so many, from t0 for the best to t4 for the worst.

    >>> [tone(rank, 4) for rank in range(4)]
    ['t0', 't1', 't3', 't4']
    """
    return f"t{(8 * rank + ranks - 1) // (2 * (ranks - 1))}" if ranks > 1 else "t0"


def stack(title: str, parts: Sequence[Part]) -> Markup:
    """The parts of a whole side by side, with their names where there is room; empty without a whole."""
    whole = sum(part.count for part in parts)
    if not whole:
        return Markup()
    percents = shares([part.count for part in parts])
    drawn, left = [], 0.0
    for part, percent in zip(parts, percents, strict=True):
        size = 100 * part.count / whole
        fits = size > 1.5 + 2 * width(part.name)
        label = f'<text x="{left + size / 2:.2f}%" y="50%">{escape(part.name)}</text>' if fits else ""
        if part.count:
            hint = f"<title>{escape(part.name)} {part.count:,} ({percent})</title>"
            shape = f'<rect x="{left:.2f}%" width="{size:.2f}%" height="100%"/>'
            drawn.append(f'<g class="{part.tone}">{hint}{shape}{label}</g>')
        left += size
    text = ", ".join(f"{part.name} {percent}" for part, percent in zip(parts, percents, strict=True))
    return _svg("stack", title, text, drawn)


def histogram(title: str, bands: Sequence[Part], ticks: Sequence[str]) -> Markup:
    """A column a band, the tallest with its count; the ticks stand below at equal distances."""
    most = max((band.count for band in bands), default=0)
    if not most:
        return Markup()
    drawn, base = [], ROOM + HEIGHT
    for i, band in enumerate(bands):
        tall = max(HEIGHT * band.count / most, 1 if band.count else 0)
        hint = f"<title>{escape(band.name)}: {band.count:,}</title>"
        place = f'x="{100 * i / len(bands):.2f}%" y="{base - tall:.1f}" width="{100 / len(bands):.2f}%" height="{tall:.1f}"'
        drawn.append(f'<g class="{band.tone}">{hint}<rect {place}/></g>')
    drawn.append(f'<line x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    for i, tick in enumerate(ticks):
        drawn.append(_tick(escape(tick), 100 * i / (len(ticks) - 1), base + FOOT - 5))
    peak = next(i for i, band in enumerate(bands) if band.count == most)
    drawn.append(_tick(f"{most:,}", 100 * (peak + 0.5) / len(bands), ROOM - 6))
    text = ", ".join(f"{band.name}: {band.count:,}" for band in bands if band.count)
    return _svg("histogram", title, text, drawn)


def _tick(text: str, at: float, y: int) -> str:
    anchor = "start" if at < 8 else "end" if at > 92 else "middle"
    return f'<text class="tick" x="{at:.2f}%" y="{y}" text-anchor="{anchor}">{text}</text>'


def bar(count: int, most: int, colour: str) -> Markup:
    """One bar of a table, as long as its part of the most; the table says what it shows."""
    size = 100 * count / most if most else 0
    shape = f'<rect class="{colour}" width="{size:.2f}%" height="100%"/>'
    return Markup(f'<svg class="bar" aria-hidden="true">{shape}</svg>')  # noqa: S704 (numbers, and a class of ours)


def _svg(kind: str, title: str, text: str, drawn: Sequence[str]) -> Markup:
    about = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>"
    return Markup(f'<svg class="{kind}" role="img">{about}{"".join(drawn)}</svg>')  # noqa: S704 (texts are escaped)
