"""Ways up lead where they say, with no step too many, and no single thing that is enough is overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.model.library import Library
from engine.model.period import read_day
from engine.model.subject import Subject
from engine.reading.inputs import read_inputs
from engine.reading.library_cache import load_library
from tests.advising.tried_ways import Planner, false_ways, looked_for, overlooked
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "docs" / "samples").glob("*.json*"))


@pytest.mark.parametrize("seed", few(range(120), 4))
def test_random(seed: int) -> None:
    """Random policies and subjects."""
    library, subjects, as_of = read_world(world(Seeded(f"ways {seed}"), subjects=4))
    assert _wrong(library, subjects, as_of, most=50) == []


@pytest.mark.parametrize("sample", few(SAMPLES, 4), ids=lambda path: path.name)
def test_samples(sample: Path) -> None:
    """The shipped policies, for the subjects of the documentation."""
    library = load_library([ROOT / "policies"])
    policies = {policy.id for policy in library.policies}
    subjects = [subject for subject in read_inputs([sample], library.catalogue, policies) if isinstance(subject, Subject)]
    as_of = read_day("2025-12-31")
    assert as_of is not None
    assert _wrong(library, subjects, as_of, most=5) == []


def _wrong(library: Library, subjects: Sequence[Subject], as_of: int, most: int) -> list[str]:
    wrong: list[str] = []
    planner = Planner(library)
    for subject, course, ways in looked_for(planner, subjects, as_of, 366, most):
        wrong += false_ways(planner, subject, course, ways)
        wrong += overlooked(planner, subject, course, ways)
    return wrong
