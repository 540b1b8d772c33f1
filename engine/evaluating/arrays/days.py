"""What the calendar says of days, asked once for each day that there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.model.batch import Array

_WIDE = 2_000_000
"""Between days as far apart there are too many for a table."""


def by_day(days: Array, of: Callable[[int], int]) -> Array:
    """The answer for each day."""
    if not len(days):
        return np.zeros(0, np.int64)
    low = int(days.min())
    reach = int(days.max()) - low + 1
    if reach > _WIDE:
        distinct, places = np.unique(days, return_inverse=True)
        return np.fromiter(map(of, distinct.tolist()), np.int64, len(distinct))[places]
    seen = np.zeros(reach, bool)
    seen[days - low] = True
    distinct = np.flatnonzero(seen)
    table = np.zeros(reach, np.int64)
    table[distinct] = np.fromiter(map(of, (distinct + low).tolist()), np.int64, len(distinct))
    return table[days - low]


def by_pair(first: Array, second: Array, of: Callable[[int, int], int]) -> Array:
    """The answer for each pair of days."""
    distinct, places = np.unique(first * _PAIR + second, return_inverse=True)
    answers = (of(*divmod(pair, _PAIR)) for pair in distinct.tolist())
    return np.fromiter(answers, np.int64, len(distinct))[places]


_PAIR = 2**32
