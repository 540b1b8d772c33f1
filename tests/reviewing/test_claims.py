"""Random revisions that `--prove` calls as declared are so by evaluation; many more by `python -m tests.reviewing.claims`."""

from __future__ import annotations

import pytest

from tests.reviewing.claims import SHARE, Tried, tried


def sound(found: Tried | None) -> None:
    assert found is None or not found.wrong, found


@pytest.mark.parametrize("number", range(1, 3 * SHARE))
def test_some(number: int) -> None:
    if number % SHARE:  # those of shipped policies take longer
        sound(tried(5, number))


@pytest.mark.long
@pytest.mark.parametrize("number", range(3 * SHARE, 8 * SHARE))
def test_more(number: int) -> None:
    sound(tried(5, number))
