"""The evaluators agree at the ends of the calendar, on leap days, and on the days where something turns."""

from __future__ import annotations

import pytest

from tests.agreement.compare import disagreements, read_world
from tests.agreement.day_worlds import day_world
from tests.agreement.draw import Seeded
from tests.agreement.many import beside_many
from tests.lanes import few


@pytest.mark.parametrize("seed", few(range(100), 12))
def test_arrays(seed: int) -> None:
    """Windows, periods of the calendar and of subjects, repairs, ends, earlier results, ids of any script on one day."""
    library, subjects, as_of = read_world(day_world(Seeded(f"days {seed}"), subjects=12))
    assert disagreements(library, subjects, as_of)[1] == []
    assert beside_many(library, subjects, as_of) == []
