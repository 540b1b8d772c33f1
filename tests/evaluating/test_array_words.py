"""Tests of texts over arrays ask of each word that occurs once, not of all the words that the blocks of a batch share."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluating.arrays.conditions import among
from engine.model.batch import ArrayColumn


@pytest.mark.parametrize("values", [[], [-1], [3], [3, -1, 3, 999, 0], list(range(-1, 999))])
def test_among(values: list[int]) -> None:
    words = tuple(f"w{number}" for number in range(1000))
    seen: list[str] = []

    def accepts(word: str) -> bool:
        seen.append(word)
        return word in ("w3", "w999")

    assert among(ArrayColumn(np.array(values, np.int32), None, words), accepts).tolist() == [
        value in (3, 999) for value in values
    ]
    assert len(seen) <= len(values)
