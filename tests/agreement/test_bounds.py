"""The evaluators agree where numbers are as great or as small as the language lets them be."""

from __future__ import annotations

import pytest

from tests.agreement.bound_worlds import bound_world
from tests.agreement.compare import disagreements, read_world
from tests.agreement.draw import Seeded
from tests.agreement.many import beside_many
from tests.lanes import few


@pytest.mark.parametrize("seed", few(range(60), 12))
def test_arrays(seed: int) -> None:
    """Sums, products, quotients and points that 64 bits do not hold."""
    library, subjects, as_of = read_world(bound_world(Seeded(f"bounds {seed}"), subjects=12))
    assert disagreements(library, subjects, as_of)[1] == []
    assert beside_many(library, subjects, as_of) == []
