"""Whether a name may stand twice among many: by numbers made of their letters, which those of one name share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from engine.model.batch import Array

WIDE = 64
"""Names of more bytes are shortened to their first and last; two of them may then have one number without being one."""

_KEPT = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
"""By how many letters of eight are a text's own the bits of theirs."""

_MIX, _MORE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class Repeats:
    """Names of owners, as they come: numbers of 64 bits each."""

    def __init__(self) -> None:
        self.numbers: list[Array] = []

    def note(self, owner: Any, names: Any) -> None:
        """Names (texts of Arrow, some may be missing), each with the place of its owner, who may be nobody."""
        own = pc.fill_null(owner.cast(pa.int64()), -1).to_numpy(zero_copy_only=False).astype(np.uint64)
        self.numbers.append(_mixed(own * _MORE ^ numbers_of(names)))

    def may_be(self) -> bool:
        """Whether two may be the same; two that are not have one number once in some billions of billions."""
        if not self.numbers:
            return False
        numbers = pa.array(np.concatenate(self.numbers))
        return bool(pc.count_distinct(numbers).as_py() < len(numbers))


def numbers_of(names: Any) -> Array:
    """A number for each text, the same for the same; missing ones are all alike."""
    texts = pc.fill_null(names.cast(pa.string()), "")
    if not len(texts):
        return np.zeros(0, np.uint64)
    _, places, held = texts.buffers()
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    lengths = np.diff(offsets)
    letters = np.concatenate([np.frombuffer(held or b"", np.uint8)[offsets[0] : offsets[-1]], np.zeros(8, np.uint8)])
    begin = offsets[:-1] - offsets[0]
    numbers = lengths.astype(np.uint64)
    for at in range(0, max(min(int(lengths.max()), WIDE), 1), 8):
        more = _mixed(numbers * _MIX ^ _eight(letters, begin + at, lengths - at))
        numbers = more if at == 0 else np.where(lengths > at, more, numbers)  # whatever is longer beside it
    if lengths.max() > WIDE:
        more = _mixed(numbers * _MIX ^ _eight(letters, begin + lengths - 8, np.full(len(begin), 8)))
        numbers = np.where(lengths > WIDE, more, numbers)
    return numbers


def _eight(letters: Array, begin: Array, left: Array) -> Array:
    """Eight letters of each text as one number, those beyond its end as 0."""
    windows = np.ndarray(len(letters) - 7, "<u8", letters, strides=(1,))  # of eight letters, one beginning at each
    inside = np.clip(left, 0, 8)
    numbers: Array = windows[np.where(inside > 0, np.maximum(begin, 0), 0)] & _KEPT[inside]
    return numbers


def _mixed(numbers: Array) -> Array:
    """Every bit of a number made to bear on all of them."""
    numbers = (numbers ^ numbers >> np.uint64(32)) * _MIX
    mixed: Array = numbers ^ numbers >> np.uint64(29)
    return mixed
