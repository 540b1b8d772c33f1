"""Charts of an impact as inline SVG and as a table of heat: their numbers stand in them or beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from engine.model.impact import QUANTILES
from engine.rendering.changes.impact import signed

LEAST = 0.08
"""How strongly the fewest are shaded, of 1."""


def up_and_down_chart(up: int, down: int, most: int) -> str:
    """How many went down, to the left of the middle, and up, to the right; the most fills a half."""
    left, right = (50 * count / most if most else 0 for count in (down, up))
    shapes = f'<rect class="down-bar" x="{50 - left:.2f}%" width="{left:.2f}%" height="100%"/>'
    shapes += f'<rect class="up-bar" x="50%" width="{right:.2f}%" height="100%"/>'
    return f'<svg class="updown" aria-hidden="true">{shapes}<line x1="50%" x2="50%" y1="0" y2="100%"/></svg>'


def spread_chart(title: str, score: Sequence[int]) -> str:
    """The changes of a score: from the least to the greatest, the middle half as a box, and where nothing changes."""
    found = dict(zip(QUANTILES, score, strict=True))
    low, high = min(found[0], 0), max(found[100], 0)

    def at(points: int) -> float:
        return 8 + 84 * (points - low) / (high - low) if high > low else 50.0

    drawn = [
        f'<line x1="{at(found[0]):.2f}%" x2="{at(found[100]):.2f}%" y1="26" y2="26"/>',
        f'<rect class="box" x="{at(found[5]):.2f}%" width="{at(found[95]) - at(found[5]):.2f}%" y="22" height="8"/>',
        f'<rect class="box" x="{at(found[25]):.2f}%" width="{at(found[75]) - at(found[25]):.2f}%" y="14" height="24"/>',
        f'<line class="middle" x1="{at(found[50]):.2f}%" x2="{at(found[50]):.2f}%" y1="10" y2="42"/>',
        f'<line class="zero" x1="{at(0):.2f}%" x2="{at(0):.2f}%" y1="2" y2="50"/>',
    ]
    ticks = dict.fromkeys((found[0], found[50], found[100], 0))
    shown: list[float] = []
    for points in ticks:
        if all(abs(at(points) - other) > 9 for other in shown):
            shown.append(at(points))
            drawn.append(f'<text class="tick" x="{at(points):.2f}%" y="68">{signed(points)}</text>')
    text = ", ".join(f"{percent}%: {signed(points)}" for percent, points in found.items())
    return f'<svg class="spread" role="img"><title>{escape(title)}</title><desc>{text}</desc>{"".join(drawn)}</svg>'


def heat_table(corner: str, names: Mapping[str, str], graded: int, matrix: Mapping[tuple[str, str], int]) -> str:
    """Before in rows, after in columns, the first of which, so many, are levels from the best on; the more, the darker."""
    keys = list(names)
    most = max((count for (old, new), count in matrix.items() if old != new), default=0)
    top = "".join(f'<th scope="col">{escape(names[key])}</th>' for key in keys)
    rows = []
    for place, old in enumerate(keys):
        counts = [matrix.get((old, new), 0) for new in keys]
        cells = (_cell(count, most, _way(place, other, graded)) for other, count in enumerate(counts))
        if any(counts):
            rows.append(f'<tr><th scope="row">{escape(names[old])}</th>{"".join(cells)}</tr>')
    return (
        f'<div class="scroll"><table class="heat"><thead><tr><th scope="col">{corner}</th>{top}</tr></thead><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )


def _way(old: int, new: int, graded: int) -> str:
    if old == new:
        return "same"
    return "up" if new < old and old < graded else "down" if new > old and new < graded else "other"


def _cell(count: int, most: int, way: str) -> str:
    if not count:
        return f'<td class="{way}"></td>'
    strength = LEAST if way == "same" or not most else LEAST + 0.6 * count / most
    return f'<td class="{way}"><i style="opacity:{min(strength, 0.7):.2f}"></i><b>{count:,}</b></td>'
