"""Random timelines of a policy: what is said of each day is so, and no day without rules is left unsaid."""

from __future__ import annotations

import pytest

from tests.reviewing.timelines import run


@pytest.mark.parametrize("seed", [0, pytest.param(100, marks=pytest.mark.long)])
def test_timelines(seed: int) -> None:
    assert sum(run(1_000 if seed else 24, seed, each=6).values())
