"""An impact whose memory is bounded takes the population in parts, and comes to the same."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.model.impact import Impact
from engine.model.library import Library
from engine.reading.library_cache import load_library
from engine.reading.tables.parts import parts
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.impact import results
from engine.reviewing.impact.population import impact
from engine.usecases import population as usecase
from engine.usecases.batch import evaluate as evaluation
from engine.usecases.listener import Silent
from tests.reviewing.test_impact import DAY, others
from tests.tables.made import as_parquet, population, small_policies


@pytest.mark.long
def test_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 150 records where memory is bounded narrowly, none where it is not or amply; the same is told of all."""
    policies = small_policies(tmp_path)
    (tmp_path / "in").mkdir()
    inputs = as_parquet(population(tmp_path / "made", policies, 150), tmp_path / "in")
    old = load_library([policies])
    sizes: list[int] = []

    def watched(tables: Any, catalogue: Any, read: Any, most: int, *rest: Any) -> Any:
        sizes.append(most)
        return parts(tables, catalogue, read, most, *rest)

    monkeypatch.setattr(results, "parts", watched)
    monkeypatch.setattr(evaluation, "BYTES", 100_000)
    monkeypatch.setattr(usecase, "impact", partial(impact, many=0))

    def of(new: Library, memory: str | None) -> Impact:
        known = policy_changes(old.policies, new.policies)
        return replace(usecase.population_impact(old, new, known, (inputs,), DAY, Silent(), memory), seconds=0)

    wholes = ((new, of(new, None)) for new in others(old, DAY, 1))
    new, whole = next(pair for pair in wholes if any(model.changed for model in pair[1].models))
    assert of(new, "4GB") == whole
    assert not sizes
    assert of(new, "60MB") == whole
    assert sizes == [150, 150]
