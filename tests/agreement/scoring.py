"""From where an `each` counts and in which steps, and the base of a score, at random."""

from __future__ import annotations

from typing import Any, Protocol

from tests.agreement.draw import Draw

Tree = dict[str, Any]


class Page(Protocol):
    """The policy that is being drawn: numbers may become parameters of it."""

    draw: Draw
    scale: Tree

    def amount(self, value: float) -> Any: ...


def counted(page: Page) -> Tree:
    """`beyond` or `short_of`, `step` and its rounding, or none of them."""
    draw, tree = page.draw, Tree()
    if draw.chance(0.5):
        key, numbers = draw.choice((("beyond", (0, 1, 3, 0.5, -2)), ("short_of", (95, 3, 100, 0, 0.5, -2, 66.6667))))
        tree[key] = page.amount(draw.choice(numbers))
    if draw.chance(0.35):
        tree["step"] = page.amount(draw.choice((1, 0.01, 0.5, 10, 33.3333)))
        if draw.chance(0.5):
            tree["round"] = "up"
    return tree


def base(page: Page, model: Tree) -> float:
    """Gives the model a base or none; what is left to its dimensions, 0 where it has none."""
    draw, full = page.draw, page.scale.get("full", 100)
    share = draw.choice((0, 0, 0, 0, 0.5, 0.1, 0.9999, 1, 1))
    points = round(full * share, 4)
    if points:
        model["base"] = page.amount(points)
    return float(round(full - points, 4))
