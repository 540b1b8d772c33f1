"""A word that must be one of several."""

from __future__ import annotations

from typing import TypeVar

W = TypeVar("W", bound=str)


def as_word(tree: object, words: tuple[W, ...]) -> W:
    """The one of the words that is written; the first where it is none, for then its shape is a problem already."""
    return next((word for word in words if word == tree), words[0])
