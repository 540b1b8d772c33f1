"""Check digits of a whole column of identifiers at once; the formulas are those of model/identifier.py."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.model.identifier import REGISTRARS

if TYPE_CHECKING:
    from engine.model.batch import Array

LENGTH = 18
_CODE, _RESIDENT, _DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY", "0123456789X", "0123456789"
_CODE_WEIGHTS = np.array([3**place % 31 for place in range(17)] + [1])
_RESIDENT_WEIGHTS = np.array([2 ** (17 - place) % 11 for place in range(17)] + [1])


def have_check_digits(names: Any, is_person: Array) -> bool:
    """Whether all unified social credit codes and resident ids among Arrow's texts have theirs; others have no rule.

    A resident id without a birthday that Python's calendar has is taken for wrong.
    """
    texts = names.combine_chunks() if hasattr(names, "combine_chunks") else names
    if not len(texts):
        return True
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    rows = np.flatnonzero(np.diff(offsets) == LENGTH)
    if not len(rows):
        return True
    letters = np.frombuffer(texts.buffers()[2], np.uint8)[offsets[rows][:, None] + np.arange(LENGTH)]
    digits = _places(_DIGITS)[letters] >= 0
    person = is_person[rows]
    residents = letters[person & digits[:, :17].all(axis=1)]
    codes = letters[~person & digits[:, 1:8].all(axis=1) & (_places(REGISTRARS)[letters[:, 0]] >= 0)]
    return (
        _weighted(codes, _CODE, _CODE_WEIGHTS, 31, 0)
        and _weighted(residents, _RESIDENT, _RESIDENT_WEIGHTS, 11, 1)
        and _born(residents)
    )


def _places(alphabet: str) -> Array:
    """By the code of each letter its place in an alphabet, -1 of others."""
    places = np.full(256, -1)
    places[[ord(letter) for letter in alphabet]] = range(len(alphabet))
    return places


def _weighted(letters: Array, alphabet: str, weights: Array, modulus: int, rest: int) -> bool:
    places = _places(alphabet)[letters]
    return bool((places >= 0).all() and (places @ weights % modulus == rest).all())


def _born(letters: Array) -> bool:
    days = np.unique((letters[:, 6:14] - ord("0")).astype(np.int64) @ 10 ** np.arange(7, -1, -1))
    return all(map(_is_day, days.tolist()))


def _is_day(number: int) -> bool:
    """Whether YYYYMMDD is one."""
    with suppress(ValueError):
        date(number // 10_000, number // 100 % 100, number % 100)
        return True
    return False
