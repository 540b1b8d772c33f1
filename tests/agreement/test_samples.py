"""The samples of the documentation and the cases of the shipped policies come out alike by all evaluators."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.model import period
from engine.model.library import Library
from engine.model.subject import Subject
from engine.reading.cases import find_case_files, read_case_files
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library
from tests.agreement.compare import disagreements, evaluate
from tests.agreement.many import beside_many

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
DAY = period.read_day("2025-12-31") or 0


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_files([POLICIES])).library


def subjects_of(file: Path, library: Library) -> list[Subject]:
    documents = read_inputs([file], library.catalogue, {policy.id for policy in library.policies})
    return [document for document in documents if isinstance(document, Subject)]


@pytest.mark.long
def test_park(library: Library) -> None:
    """A subject in three industries, a member of a park, has all its results in one run."""
    subjects = subjects_of(ROOT / "docs/samples/park.jsonl", library)
    results = evaluate(library, subjects, DAY, reasoning=True)
    several = {
        subject.id: {policy for (name, (policy, _)) in results if name == subject.id}
        for subject in subjects
        if len(subject.models) > 2
    }
    assert any({"housekeeping", "eldercare", "environment", "composite", "joint"} <= policies for policies in several.values())
    parks = [name for (subject, name), outcome in results.items() if name[0] == "park" and getattr(outcome, "score", None)]
    assert parks == [("park", "park")]
    assert disagreements(library, subjects, DAY)[1] == []
    assert beside_many(library, subjects, DAY) == []


def test_every_model_has_a_sample(library: Library) -> None:
    """Which is evaluated, not refused."""
    files = [*(ROOT / "docs/samples").glob("*.json"), ROOT / "docs/samples/park.jsonl"]
    subjects = {subject.id: subject for file in files for subject in subjects_of(file, library)}
    results = evaluate(library, list(subjects.values()), DAY)
    evaluated = {name for (_, name), outcome in results.items() if type(outcome).__name__ == "Evaluation"}
    assert evaluated == {(policy.id, model) for policy in library.policies for model in policy.models}


@pytest.mark.long
def test_cases(library: Library) -> None:
    """The subjects of all cases, by as-of date."""
    days: dict[int, list[Subject]] = defaultdict(list)
    for file in read_case_files(find_case_files([POLICIES]), library):
        for case in file.cases:
            model = f"{case.policy}/{case.model}"
            named = () if library.in_force(case.as_of)[case.policy].models[case.model].always else (model,)
            days[case.as_of].append(replace(case.subject, id=f"{case.policy}.{case.id}", models=named))
    for as_of, subjects in days.items():
        assert disagreements(library, subjects, as_of)[1] == [], period.iso_text(as_of)
        assert beside_many(library, subjects, as_of) == [], period.iso_text(as_of)
