"""The array evaluator agrees with the single one on random policies and subjects, row by row."""

from __future__ import annotations

import pytest

from tests.agreement.compare import disagreements, read_world
from tests.agreement.counted_worlds import small_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.agreement.many import beside_many
from tests.agreement.test_agreement import check_validity
from tests.lanes import few


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_random_policies(seed: int) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"columnar {seed}"), subjects=25))
    assert beside_many(library, subjects, as_of) == []


@pytest.mark.parametrize("seed", few(range(8), 3))
def test_counted_records(seed: int) -> None:
    """Windows of all kinds, own periods, the newest, what counts once; rules and validity beside."""
    library, subjects, as_of = read_world(small_world(Seeded(f"counted {seed}"), subjects=60))
    assert disagreements(library, subjects, as_of)[1] == []
    assert beside_many(library, subjects, as_of) == []
    check_validity(library, subjects, as_of)
