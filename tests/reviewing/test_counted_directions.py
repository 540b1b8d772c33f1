"""Directions of a change of which records count, where it is decided by what it does to the fact; mixed where it is not."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.library import Library
from engine.reviewing.diff.policies import compare_libraries
from tests.agreement.compare import read_world
from tests.agreement.counted_worlds import small_world
from tests.agreement.draw import Seeded

Tree = dict[str, Any]
COUNT = {"count": "penalty"}
FINES = {"sum": "penalty.fine"}
GRAVE = {"where": {"serious": {"is": True}}}
OWN = {"during": {"years": 1, "from": "licensed"}, "if_missing": 0}


def library(fact: Tree, at_least: float | None) -> Library:
    """A policy that takes points for each of what a fact counts."""
    drawn = small_world(Seeded("directions"), 1)
    penalty = drawn.common["catalogue"]["categories"]["penalty"]
    penalty.pop("absent_means", None)
    penalty["fields"]["fine"] = {"title": "罚款", "type": "number", "optional": True}
    if at_least is not None:
        penalty["fields"]["fine"]["at_least"] = at_least
    indicator = {"title": "处罚", "fact": "penalties", "points": 100, "each": -1}
    model = drawn.policies[0]["models"]["shop"]
    model["feeds"] = "none"
    model["facts"] = {"penalties": {"title": "处罚", **fact}}
    model["dimensions"] = {"law": {"title": "守法", "points": 100, "indicators": {"penalties": indicator}}}
    drawn.subjects.clear()
    return read_world(drawn)[0]


def directions(old: Tree, new: Tree, at_least: float | None = 0) -> list[tuple[str, str]]:
    changes = compare_libraries(*(library(fact, at_least).policies[0] for fact in (old, new))).changes
    return [(change.what, change.direction) for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (COUNT, COUNT | {"before": "3 months"}, [("before", "looser")]),
        (COUNT | {"before": "3 months"}, COUNT | {"before": "2 months"}, [("before", "stricter")]),
        (COUNT | {"before": "30 days"}, COUNT | {"before": "1 month"}, [("before", "mixed")]),
        (COUNT | {"before": "27 days"}, COUNT | {"before": "1 month"}, [("before", "looser")]),
        (COUNT, COUNT | {"newest": 2}, [("newest", "looser")]),
        (COUNT | GRAVE | {"newest": 2}, COUNT | GRAVE | {"newest": 3}, [("newest", "stricter")]),
        (COUNT | {"newest": 2, "within": "1 year"}, COUNT | {"newest": 2, "within": "2 years"}, [("window", "stricter")]),
        (COUNT | GRAVE | {"newest": 2, "within": "1 year"}, COUNT | GRAVE | {"newest": 2, "within": "2 years"}, [("window", "mixed")]),
        (COUNT | GRAVE | {"newest": 2}, COUNT | {"newest": 2}, [("where", "stricter")]),
        (COUNT, COUNT | {"once_per": "matter"}, [("once_per", "looser")]),
        (FINES | {"once_per": "matter"}, FINES, [("once_per", "stricter")]),
        (COUNT | OWN, COUNT | OWN | {"during": {"years": 1, "from": "licensed", "last": True}}, [("window", "mixed")]),
        (COUNT | OWN, COUNT | OWN | GRAVE, [("where", "looser")]),
        (COUNT | {"where": {"fine": {"given": True}}}, COUNT, [("where", "stricter")]),
        (
            COUNT | {"where": {"fine": {"above": 0}}},
            COUNT | {"where": {"any": [{"fine": {"above": 0}}, {"fine": {"given": False}}]}},
            [("where", "stricter")],
        ),
        (COUNT | {"where": {"fine": {"given": True}}}, COUNT | {"where": {"fine": {"at_least": 0}}}, []),
    ],
)  # fmt: skip
def test_direction(old: Tree, new: Tree, expected: list[tuple[str, str]]) -> None:
    """A fact that takes points: more of it is stricter."""
    assert [pair for pair in directions(old, new) if pair[1] != "neutral"] == expected


def test_sums_that_may_fall() -> None:
    """Of values that may be below zero, fewer may be more."""
    assert directions(FINES, FINES | {"once_per": "matter"}, None) == [("once_per", "mixed")]
    assert directions(FINES, FINES | {"newest": 1}, None) == [("newest", "mixed")]


def test_rejected_without_a_period() -> None:
    """Whom it rejects are others, though nothing else changes."""
    reject = COUNT | OWN | {"if_missing": "reject"}
    assert directions(reject, reject | {"during": {"years": 2, "from": "renewed"}}) == [("window", "mixed")]
