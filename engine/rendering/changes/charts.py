"""Charts of an impact as inline SVG, and the shades of a table of heat: their numbers stand in them or beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from engine.model.impact import QUANTILES
from engine.rendering.changes.impact import signed

LEAST = 0.08
"""How strongly the fewest are shaded, of 1."""


def up_and_down_chart(up: int, down: int, most: int) -> Markup:
    """How many went down, to the left of the middle, and up, to the right; the most fills a half."""
    left, right = (50 * count / most if most else 0 for count in (down, up))
    shapes = f'<rect class="down-bar" x="{50 - left:.2f}%" width="{left:.2f}%" height="100%"/>'
    shapes += f'<rect class="up-bar" x="50%" width="{right:.2f}%" height="100%"/>'
    shapes += '<line x1="50%" x2="50%" y1="0" y2="100%"/>'
    return Markup(f'<svg class="updown" aria-hidden="true">{shapes}</svg>')  # noqa: S704 (numbers alone)


def spread_chart(title: str, score: Sequence[int]) -> Markup:
    """The changes of a score: from the least to the greatest, the middle half as a box, and where nothing changes."""
    change = dict(zip(QUANTILES, score, strict=True))
    low, high = min(change[0], 0), max(change[100], 0)

    def at(points: int) -> float:
        return 8 + 84 * (points - low) / (high - low) if high > low else 50.0

    drawn = [
        f'<line x1="{at(change[0]):.2f}%" x2="{at(change[100]):.2f}%" y1="26" y2="26"/>',
        f'<rect class="box" x="{at(change[5]):.2f}%" width="{at(change[95]) - at(change[5]):.2f}%" y="22" height="8"/>',
        f'<rect class="box" x="{at(change[25]):.2f}%" width="{at(change[75]) - at(change[25]):.2f}%" y="14" height="24"/>',
        f'<line class="middle" x1="{at(change[50]):.2f}%" x2="{at(change[50]):.2f}%" y1="10" y2="42"/>',
        f'<line class="zero" x1="{at(0):.2f}%" x2="{at(0):.2f}%" y1="2" y2="50"/>',
    ]
    ticks = dict.fromkeys((change[0], change[50], change[100], 0))
    labelled: list[float] = []
    for points in ticks:
        if all(abs(at(points) - other) > 9 for other in labelled):
            labelled.append(at(points))
            drawn.append(f'<text class="tick" x="{at(points):.2f}%" y="68">{signed(points)}</text>')
    text = ", ".join(f"{percent}%: {signed(points)}" for percent, points in change.items())
    about = f"<title>{escape(title)}</title><desc>{text}</desc>"
    return Markup(f'<svg class="spread" role="img">{about}{"".join(drawn)}</svg>')  # noqa: S704 (the title is escaped)


class HeatCell(Struct, frozen=True):
    """How many went from a row's level to a column's; `way` is the class that colours it, `strength` how dark it is, of 1."""

    way: str
    count: int
    strength: float


class HeatRow(Struct, frozen=True):
    """Those who stood at a level, by where they stand now."""

    name: str
    cells: tuple[HeatCell, ...]


def heat_rows(names: Mapping[str, str], graded: int, matrix: Mapping[tuple[str, str], int]) -> tuple[HeatRow, ...]:
    """Before in rows, after in columns, the first of which, so many, are levels from the best on; the more, the darker."""
    most = max((count for (old, new), count in matrix.items() if old != new), default=0)
    rows = []
    for place, old in enumerate(names):
        counts = [matrix.get((old, new), 0) for new in names]
        cells = (_cell(count, most, _way(place, other, graded)) for other, count in enumerate(counts))
        if any(counts):
            rows.append(HeatRow(names[old], tuple(cells)))
    return tuple(rows)


def _way(old: int, new: int, graded: int) -> str:
    if old == new:
        return "same"
    return "up" if new < old and old < graded else "down" if new > old and new < graded else "other"


def _cell(count: int, most: int, way: str) -> HeatCell:
    strength = LEAST if way == "same" or not most else LEAST + 0.6 * count / most
    return HeatCell(way, count, min(strength, 0.7))
