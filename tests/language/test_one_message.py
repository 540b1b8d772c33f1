"""One wrong word gives one message, whatever rests on it; and none brings about a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.problem import PolicyError, Problem
from engine.reading.cases import read_cases
from engine.reading.files import Files, find_files
from engine.reading.library import read_library
from tests.language.examples import BASE
from tests.language.one_wrong_word import Spoilt, spoilt

ROOT = Path(__file__).parents[2]
SHIPPED = ["bidding", "eldercare", "environment", "housekeeping", "joint", "legal", "medical", "park", "tourism", "training"]
EVERY = 29
"""Of the words of a shipped policy, so many are passed over for one that is tried."""


def problems(files: Files) -> tuple[Problem, ...]:
    """What is wrong with a folder."""
    try:
        read_library(files)
    except PolicyError as error:
        return error.problems
    return ()


def several(spoilt_file: Spoilt, found: tuple[Problem, ...]) -> list[str]:
    """The codes, where there are several."""
    return [f"{spoilt_file.path} {spoilt_file.word}: {[problem.code for problem in found]}"] if len(found) > 1 else []


def test_policy() -> None:
    """Every word of the policy that the examples start from."""
    files = find_files([BASE / "policies"])
    (name, content), *_ = files.policies
    told: list[str] = []
    for wrong in spoilt(content, name):
        told += several(wrong, problems(Files(((name, wrong.content),), files.common)))
    assert told == []


@pytest.mark.parametrize("file", ["catalogue.yaml", "scales.yaml", "measures.yaml"])
def test_common(file: str) -> None:
    """Every word of its common files; what a policy lacks of them is told once for each name."""
    files = find_files([BASE / "policies"])
    told: list[str] = []
    for name, content in files.common:
        for wrong in spoilt(content, name) if name.endswith(file) else ():
            common = tuple((other, wrong.content if other == name else text) for other, text in files.common)
            told += several(wrong, problems(Files(files.policies, common)))
    assert told == []


CASES = """cases: example
as_of: 2025-12-31
subjects:
  usual: {model: shop, attributes: {staff: 12}, records: [{id: s1, category: survey, date: 2025-06-01, fields: {percent: 92}}]}
examples:
  a: {title: 照常, from: usual, expect: {score: 100, level: A, measures: [praise], facts: {penalties: 0}}}
  b: {title: 处罚, model: shop, records: [{category: penalty, date: 2025-06-01, fields: {seriousness: minor}}], expect: {grade: 差}}
"""


def test_cases() -> None:
    """Every word of a file of cases."""
    library = read_library(find_files([BASE / "policies"])).library
    told: list[str] = []
    for wrong in spoilt(CASES.encode(), "cases/example.yaml"):
        try:
            read_cases(wrong.content, "cases/example.yaml", library)
        except PolicyError as error:
            told += several(wrong, error.problems)
    assert told == []


@pytest.mark.long
@pytest.mark.parametrize("policy", SHIPPED)
def test_shipped(policy: str) -> None:
    """Some words of the shipped policies."""
    files = find_files([ROOT / "policies"])
    ((name, content),) = [(name, text) for name, text in files.policies if Path(name).stem == policy]
    told: list[str] = []
    for number, wrong in enumerate(spoilt(content, name)):
        if number % EVERY == 0:
            told += several(wrong, problems(Files(((name, wrong.content),), files.common)))
    assert told == []
