"""The nearest known names to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three known names that look like `name`, best first.

    >>> nearest_names("penaltys", ["penalties", "staff"])
    ('penalties',)
    """
    from difflib import get_close_matches  # only where something is wrong

    return tuple(get_close_matches(name, list(known), 3, 0.6))
