"""The direction of a change, in the eyes of whom it touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Direction = Literal["looser", "stricter", "mixed", "neutral", "text"]
"""Nobody worse off, nobody better off, either may be, no result differs, words alone.

That a fact grows beyond 10^11, where its subject is rejected, is left to proofs; else no sum could go in any direction.
"""

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

_WEIGHTIEST_FIRST: tuple[Direction, ...] = ("looser", "stricter", "neutral", "text")


def combined_direction(directions: Iterable[Direction]) -> Direction:
    """The direction of several: looser and stricter are mixed; what bears on results outweighs what does not."""
    several = set(directions)
    if "mixed" in several or {"looser", "stricter"} <= several:
        return "mixed"
    return next((direction for direction in _WEIGHTIEST_FIRST if direction in several), "neutral")
