"""Random revisions that `--prove` calls as declared are so by evaluation; many more by `python -m tests.reviewing.claims`."""

from __future__ import annotations

import pytest

from tests.lanes import few
from tests.reviewing.claims import SHARE, Tried, tried


def sound(attempt: Tried | None) -> None:
    assert attempt is None or not attempt.wrong, attempt


@pytest.mark.parametrize("number", few(range(1, SHARE), 0))
def test_some(number: int) -> None:
    """Of small policies."""
    sound(tried(5, number))


@pytest.mark.long
@pytest.mark.parametrize("number", range(SHARE, 3 * SHARE))
def test_more(number: int) -> None:
    """Of small ones and of some that are shipped."""
    sound(tried(5, number))
