"""The columnar evaluator agrees with the single one on random policies and subjects, row by row."""

from __future__ import annotations

import ibis
import pytest

from tests.agreement.compare import beside_columnar, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_random_policies(seed: int) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"columnar {seed}"), subjects=25))
    assert beside_columnar(library, subjects, as_of, ibis.duckdb.connect()) == []
