"""On which days two versions are compared: as few as stand for all, or some where the days are too unlike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.model.policy import Policy
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, PROVED, RESULT
from engine.reviewing.proof.days import days_of
from engine.reviewing.proof.version_pairs import compare_versions
from tests.proof.policies import PENALTIES, each, policy

LAST_OF_YEAR = date(2025, 12, 31).toordinal()


def counted(**source: Any) -> Policy:
    fact = {"title": "处罚次数", "count": "penalty", **source}
    return policy({"penalties": fact}, {"i": each(-10)})


@pytest.mark.parametrize(
    ("old", "new", "many", "every"),
    [
        ({"within": "12 months"}, {"within": "12 months"}, 1, True),
        ({"within": "12 months"}, {"within": "24 months"}, 1, True),
        ({"within": "24 months"}, {"within": "730 days"}, 2, True),
        ({"within": "12 months"}, {"during": "this year"}, 2, True),
        ({"within": "3 months"}, {"during": "last quarter"}, 2, True),
        ({}, {"within": "90 days"}, 1, True),
    ],
)
def test_windows(old: dict[str, str], new: dict[str, str], many: int, every: bool) -> None:
    first, other = counted(**old), counted(**new)
    days = days_of([(first, first.models["m"]), (other, other.models["m"])], other, LAST_OF_YEAR)
    assert (len(days.listed), days.every, days.listed[0]) == (many, every, LAST_OF_YEAR)


def test_days_that_are_all_unlike() -> None:
    """Where days are counted from periods, some are asked about, and nothing is said of the others."""
    facts = {
        "penalties": {**PENALTIES, "within": "12 months"},
        "since": {"days_since": "penalty", "during": "this year", "if_missing": 0},
    }
    first = policy(facts, {"i": each(-10)})
    days = days_of([(first, first.models["m"])], first, LAST_OF_YEAR)
    assert not days.every
    assert {date.fromordinal(day).isoformat() for day in days.listed} >= {
        "2025-12-31",
        "2020-02-29",
        "2020-06-30",
        "2020-01-01",
    }


def test_on_every_day() -> None:
    """Equal on the last day of a year, and refuted on another day."""
    old, new = counted(within="12 months"), counted(during="this year")
    proofs = {(first.claim, first.about): first for first in compare_versions(old, new, LAST_OF_YEAR)}
    proof = proofs[EQUIVALENT, RESULT]
    assert proof.answer == COUNTEREXAMPLE
    assert proof.witness is not None
    assert proof.witness.as_of != LAST_OF_YEAR
    assert proofs["never_worse", RESULT].answer == PROVED


def test_until() -> None:
    """A version that ends is looked at as long as it is in force."""
    new = counted(within="12 months")
    days = days_of([(new, new.models["m"])], new, date(2019, 5, 1).toordinal())
    assert days.listed == (new.effective_from,)
    assert (days.first, date.fromordinal(days.last or 0)) == (new.effective_from, date(2099, 12, 31))
