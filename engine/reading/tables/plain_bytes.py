"""Texts of a column told by their bytes alone: what is surely plain needs no regular expression."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from engine.model.batch import Array

CODE = 18
"""Letters of a code."""


def _table(letters: str) -> Array:
    table = np.zeros(256, bool)
    table[[ord(letter) for letter in letters]] = True
    return table


_WORD = _table(string.ascii_letters + string.digits + "_")
_FIRST, _DIGIT, _REST = _table(string.digits + "ANY"), _table(string.digits), _table(string.digits + "ABCDEFGHJKLMNPQRTUWXY")


def are_words(texts: Any) -> bool:
    """Whether all texts of a column are letters of English, digits and `_`, and none is empty; False where that cannot be told."""
    offsets, letters = _buffers(texts)
    return letters is not None and bool((np.diff(offsets) > 0).all()) and bool(_WORD[letters].all())


def are_codes(texts: Any) -> bool:
    """Whether all texts are codes of 18 letters, as reading.key.PLAIN_SUBJECT says; False where that cannot be told."""
    offsets, letters = _buffers(texts)
    if letters is None or not bool((np.diff(offsets) == CODE).all()):
        return False
    codes = letters.reshape(-1, CODE)
    return bool(_FIRST[codes[:, 0]].all() and _DIGIT[codes[:, 1:8]].all() and _REST[codes[:, 8:]].all())


def _buffers(texts: Any) -> tuple[Array, Array | None]:
    """Where the texts begin, and all their bytes; no bytes of a column with empty cells, or of texts as words of a list."""
    if not pa.types.is_string(texts.type) or texts.null_count or not len(texts):
        return np.zeros(0, np.int32), None
    _, places, held = texts.buffers()
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if held is None:
        return offsets, None
    return offsets, np.frombuffer(held, np.uint8)[offsets[0] : offsets[-1]]
