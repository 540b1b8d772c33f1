"""Published standards, written as they are printed, pass their cases, and every evaluator agrees on these."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace

from engine.model import period
from engine.model.library import Library
from engine.model.subject import Subject
from engine.reading.cases import find_case_files, read_case_files
from engine.reading.files import find_files
from engine.reading.library import read_library
from tests.agreement.compare import disagreements
from tests.agreement.many import beside_many
from tests.language.examples import run_xinyong

POLICIES = Path(__file__).parent / "policies"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_files([POLICIES])).library


@pytest.fixture(scope="module")
def days(library: Library) -> dict[int, list[Subject]]:
    """The subjects of the cases by as-of date, each with its policy in its id."""
    by_day: dict[int, list[Subject]] = defaultdict(list)
    for file in read_case_files(find_case_files([POLICIES]), library):
        for case in file.cases:
            model = f"{case.policy}/{case.model}"
            by_day[case.as_of].append(replace(case.subject, id=f"{case.policy}.{case.id}", models=(model,)))
    return by_day


def test_check(tmp_path: Path) -> None:
    """Without errors and without warnings; outside of the repository, where nothing earlier is there to compare with.

    How a standard is written down may change, its version is the standard's own.
    """
    copytree(POLICIES, tmp_path / "policies")
    out, code = run_xinyong(["check", str(tmp_path / "policies"), "--lang", "en"])
    assert (code, "0 errors, 0 warnings" in out) == (0, True), out


def test_cases() -> None:
    """All of them pass, and reach everything."""
    out, code = run_xinyong(["test", str(POLICIES), "--coverage", "--min-coverage", "100", "--lang", "en"])
    assert code == 0, out


def test_every_policy_has_cases(library: Library) -> None:
    names = {path.name for path in POLICIES.glob("*.yaml")}
    assert names == {path.name for path in (POLICIES / "cases").glob("*.yaml")}
    assert names == {f"{policy.id}.yaml" for policy in library.policies}


def test_single_and_rules(library: Library, days: dict[int, list[Subject]]) -> None:
    for as_of, subjects in days.items():
        compared, differing = disagreements(library, subjects, as_of)
        assert (compared, differing) == (len(subjects), []), period.iso_text(as_of)


@pytest.mark.long
def test_arrays(library: Library, days: dict[int, list[Subject]]) -> None:
    for as_of, subjects in days.items():
        assert beside_many(library, subjects, as_of) == [], period.iso_text(as_of)
