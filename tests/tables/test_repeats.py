"""Names that stand twice are never taken for different ones."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from engine.reading.tables.repeats import Repeats, numbers_of


@pytest.mark.parametrize("seed", range(60))
def test_repeats(seed: int) -> None:
    """Of names of every length and script, of which some may stand twice, in pieces that begin anywhere."""
    dice = random.Random(seed)
    names = [dice.choice("ab例é1") * dice.randrange(90) + str(number) for number in range(200)]
    owners = [dice.randrange(5) for _ in names]
    twice = seed % 2 == 1
    if twice:
        at, other = dice.sample(range(200), 2)
        names[at], owners[at] = names[other], owners[other]
    repeats = Repeats()
    cut = dice.randrange(200)
    for first, last in ((0, cut), (cut, 200)):
        owner, texts = pa.array([0, *owners]), pa.array(["", *names])
        repeats.note(owner.slice(first + 1, last - first), texts.slice(first + 1, last - first))
    assert repeats.may_be() == twice


def test_same_text_same_number() -> None:
    """Wherever it stands in a column, and whatever stands beside it."""
    texts = ["", "a", "abcdefgh", "abcdefghi", "例" * 40, "x" * 200]
    alone = [int(numbers_of(pa.array([text]))[0]) for text in texts]
    assert numbers_of(pa.array([*texts, "zz"])).tolist()[:-1] == alone
    assert len(set(alone)) == len(texts)
    assert numbers_of(pa.array([None, ""], pa.string())).tolist() == [alone[0]] * 2
    assert numbers_of(pa.array([], pa.string())).dtype == np.uint64
