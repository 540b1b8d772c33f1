"""The course of results is what an evaluation of every single day gives."""

from __future__ import annotations

import pytest

from engine.model.period import NEVER
from tests.advising.every_day import disagreements
from tests.agreement.compare import read_world
from tests.agreement.day_worlds import day_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few


@pytest.mark.parametrize("seed", few(range(150), 5))
def test_random(seed: int) -> None:
    """Random policies of several versions and random subjects over 400 days: nothing changes but on the days told."""
    library, subjects, as_of = read_world(world(Seeded(f"course {seed}"), subjects=4))
    assert list(disagreements(library, subjects, as_of, 400)) == []


@pytest.mark.parametrize("seed", few(range(100), 5))
def test_turning_days(seed: int) -> None:
    """The same at the ends of the calendar, on leap days, with subjects' own periods."""
    library, subjects, as_of = read_world(day_world(Seeded(f"course {seed}"), subjects=3))
    assert list(disagreements(library, subjects, as_of, min(400, NEVER - 1 - as_of))) == []
