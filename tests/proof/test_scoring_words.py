"""Proofs and directions where points are short_of something, rounded up, none under a condition, or come of a base."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.direction import Direction
from engine.model.policy import Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    DISPROVED,
    EQUIVALENT,
    NEVER_BETTER,
    NEVER_WORSE,
    PROVED,
    RESULT,
    Answer,
    ClaimKind,
)
from engine.reviewing.diff.elements import model_changes
from engine.reviewing.diff.policy_pair import PolicyPair
from engine.reviewing.proof.claims import prove
from engine.reviewing.proof.version_pairs import compare_versions
from tests.proof.policies import AS_OF, PENALTIES, each, policy

PERCENT = {"title": "满意度", "latest": "survey.percent", "if_missing": 100}
FACTS: dict[str, Any] = {"penalties": PENALTIES, "percent": PERCENT}


def short(**more: Any) -> Policy:
    return policy(FACTS, {"i": {"points": 100, "fact": "percent", "each": -5, "short_of": 95, **more}})


def none_when(least: int | None) -> Policy:
    none = {} if least is None else {"none_when": {"penalties": {"at_least": least}}}
    return policy(FACTS, {"i": {**each(-10), **none}})


def base(points: int) -> Policy:
    items = {"penalties": {"title": "处罚", "fact": "penalties", "each": -10}}
    adjustments = {"at_most": 0, "at_least": -100, "items": items}
    if points == 100:
        return policy(FACTS, {}, base=100, adjustments=adjustments)
    whole = 100 - points
    indicators = {"w": {"points": whole, "fact": "percent", "bands": [{"at_least": 90, "points": whole}, {"otherwise": 0}]}}
    return policy(FACTS, indicators, base=points, adjustments=adjustments)


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (short(step=5), short(step=5, round="up"), "stricter"),
        (short(step=5, round="up"), short(step=5), "looser"),
        (short(step=5), short(step=3), "stricter"),
        (short(), short(short_of=90), "looser"),
        (short(), short(short_of=95, each=-6), "stricter"),
        (short(), policy(FACTS, {"i": {"points": 100, "fact": "percent", "each": -5, "beyond": 5}}), "mixed"),
        (none_when(None), none_when(3), "stricter"),
        (none_when(3), none_when(2), "stricter"),
        (none_when(2), none_when(3), "looser"),
        (none_when(3), none_when(None), "looser"),
        (base(40), base(40), None),
    ],
)
def test_directions(old: Policy, new: Policy, direction: Direction | None) -> None:
    """What the diff says of the change, and that it is proved to be so."""
    changes = list(model_changes(PolicyPair(old, new, {}, {}), old.models["m"], new.models["m"]))
    assert {change.direction for change in changes} == ({direction} if direction else set())
    answers = {proof.claim: proof.answer for proof in compare_versions(old, new, AS_OF) if proof.about == RESULT}
    expected: dict[Direction | None, dict[ClaimKind, Answer]] = {
        "stricter": {NEVER_BETTER: PROVED, NEVER_WORSE: COUNTEREXAMPLE},
        "looser": {NEVER_WORSE: PROVED, NEVER_BETTER: COUNTEREXAMPLE},
        "mixed": {NEVER_WORSE: COUNTEREXAMPLE, NEVER_BETTER: COUNTEREXAMPLE},
        None: {EQUIVALENT: PROVED},
    }
    assert {claim: answers[claim] for claim in expected[direction]} == expected[direction]


def test_base_raised() -> None:
    """Of a base alone; the dimension that has less in its place is a change of its own."""
    old, new = base(40), base(60)
    changes = model_changes(PolicyPair(old, new, {}, {}), old.models["m"], new.models["m"])
    assert [(change.what, change.direction) for change in changes if change.what == "base"] == [("base", "looser")]


def test_the_same_in_other_words() -> None:
    """`short_of: 95, each: -1` is what people had to write as `start: -85, each: 1` of 10 points (and was not to be signed)."""
    words = {"points": 10, "fact": "percent", "each": -1, "short_of": 95}
    rest = {"points": 90, "fact": "penalties", "each": -10}
    old = policy(FACTS, {"i": {"points": 10, "fact": "percent", "each": 1, "start": -85}, "rest": rest})
    proofs = compare_versions(old, policy(FACTS, {"i": words, "rest": rest}), AS_OF)
    assert {proof.answer for proof in proofs if proof.claim == EQUIVALENT} == {PROVED}


def test_nobody_reaches_it() -> None:
    """A none_when that cannot hold is told, and so is a band that stands behind one that always does."""
    bands = {"points": 100, "fact": "percent", "bands": [{"at_least": 90, "points": 100}, {"otherwise": 0}]}
    never = policy(FACTS, {"i": {**bands, "none_when": {"percent": {"above": 100}}}})
    behind = policy(FACTS, {"i": {**bands, "none_when": {"percent": {"at_least": 80}}}})
    at = ("models", "m", "dimensions", "d", "indicators", "i")
    for version, places in ((never, {(*at, "none_when")}), (behind, {(*at, "bands", 0)})):
        refuted = {proof.path for proof in prove(version, AS_OF) if proof.answer == DISPROVED}
        assert {path for path in refuted if path[2] == "dimensions"} == places
