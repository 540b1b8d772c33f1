"""On a cluster of Spark's own, in processes of their own, the columnar evaluator comes to the same rows as on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ibis
import pytest

from engine.reading.tables.spark import session
from tests.agreement.compare import evaluated, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.conformance.test_columnar import check
from tests.conformance.test_conformance import CASES

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("spark")]

Connect = Callable[[], Any]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two executors of a core and a gigabyte each."""
    backend = session("local-cluster[2,1,1024]")
    yield backend
    backend.disconnect()


@pytest.fixture
def connect(cluster: Any) -> Connect:
    """The cluster, emptied."""

    def emptied() -> Any:
        for name in cluster.list_tables():
            cluster.drop_view(name)
        return cluster

    return emptied


@pytest.mark.parametrize("seed", range(8))
def test_random_policies(seed: int, connect: Connect) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"spark {seed}"), subjects=25))
    expected = evaluated(library, subjects, as_of, ibis.duckdb.connect())[1]
    assert evaluated(library, subjects, as_of, connect())[1] == expected


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in CASES[:2]])
def test_case(folder: Path, connect: Connect) -> None:
    check(folder, connect)
