"""The impact on tables: the same one by one, over one batch of arrays, and with each side in parts of its own."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.model.impact import Impact
from engine.model.library import Library
from engine.reading.library_cache import load_library
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.impact import results
from engine.reviewing.impact.population import impact
from engine.usecases import population as usecase
from engine.usecases.listener import Silent
from tests.lanes import few
from tests.reviewing.test_impact import DAY, others
from tests.tables.made import as_csv, as_duckdb, as_parquet, population, small_policies

CHANGES = 3


@pytest.mark.parametrize("seed", few(range(4), 0))
@pytest.mark.parametrize("put", few([as_parquet, as_csv, as_duckdb], 1))
def test_random_changes(put: object, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random changes one on another, members and results read among them; the tables have what is refused, too."""
    policies = small_policies(tmp_path)
    tables = population(tmp_path / "made", policies, 120)
    tables["records"][seed]["date"] = None
    tables["subjects"][-1 - seed]["kind"] = "robot"
    (tmp_path / "in").mkdir()
    inputs = put(tables, tmp_path / "in")  # type: ignore[operator]
    old = load_library([policies])
    new = old
    moved = 0
    for step in range(CHANGES):
        new = next(islice(others(new, DAY, seed * CHANGES + step), step, None))
        singly = of(old, new, inputs)
        moved += sum(model.changed for model in singly.models)
        with monkeypatch.context() as patched:
            patched.setattr(usecase, "impact", partial(impact, many=0))
            assert of(old, new, inputs) == singly
            if step < CHANGES - 1:  # parts take longer
                continue
            patched.setattr(usecase, "are_held", lambda _inputs: False)
            patched.setattr(results, "AT_ONCE", 0)
            patched.setattr(results, "PART_RECORDS", 400)
            assert of(old, new, inputs) == singly
    assert moved


def of(old: Library, new: Library, inputs: Path) -> Impact:
    known = policy_changes(old.policies, new.policies)
    return replace(usecase.population_impact(old, new, known, (inputs,), DAY, Silent()), seconds=0)
