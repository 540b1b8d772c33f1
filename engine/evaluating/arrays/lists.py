"""Lists of ids over arrays: which of some names hold for each subject; of the same list there is only one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from engine.model.batch import Array


class Lists(Struct, frozen=True):
    """The different lists, and the place of each subject's among them."""

    lists: tuple[tuple[str, ...], ...]
    places: Array


def lists(named: Sequence[tuple[str, Array]], size: int) -> Lists:
    """The names that hold, in their order."""
    if not named:
        return Lists(((),), np.zeros(size, np.intp))
    bits = np.packbits(np.stack([holds for _, holds in named], axis=1), axis=1)
    kinds, places = np.unique(_words(bits), return_inverse=True)
    first = np.zeros(len(kinds), np.intp)
    first[places] = np.arange(size)
    different = tuple(tuple(name for name, holds in named if holds[row]) for row in first.tolist())
    return Lists(different, places.reshape(-1))


def _words(bits: Array) -> Array:
    """Rows of bytes as one thing each, which can be compared."""
    if bits.shape[1] <= 8:
        wide = np.zeros((len(bits), 8), np.uint8)
        wide[:, : bits.shape[1]] = bits
        return wide.view(np.uint64).reshape(-1)
    return np.ascontiguousarray(bits).view(np.dtype((np.void, bits.shape[1]))).reshape(-1)
