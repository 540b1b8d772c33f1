"""Two versions of a small policy: what is proved, and the smallest subject that shows the opposite."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.model.evaluation import Evaluation
from engine.model.policy import Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    EQUIVALENT,
    MEASURES,
    NEVER_BETTER,
    NEVER_WORSE,
    PROVED,
    RESULT,
    Proof,
)  # fmt: skip
from engine.reviewing.proof.version_pairs import compare_versions
from tests.proof.policies import AS_OF, PENALTIES, each, policy

VETO = {"title": "否决", "when": {"penalties": {"at_least": 3}}, "level": "D", "basis": "plan"}


def answers(old: Policy, new: Policy) -> dict[tuple[str, str], Proof]:
    return {(proof.claim, proof.about): proof for proof in compare_versions(old, new, AS_OF)}


def test_the_same() -> None:
    """Nothing differs, though a band stands there that nobody reaches."""
    old = policy({"penalties": PENALTIES}, {"i": each(-10)})
    bands: list[dict[str, Any]] = [{"at_least": 0, "points": 100}, {"otherwise": 0}]
    same = {"points": 100, "fact": "penalties", "bands": bands}
    full = {"points": 100, "fact": "penalties", "each": 0, "start": 100}
    for left, right in ((old, old), *((policy({"penalties": PENALTIES}, {"i": i}),) * 2 for i in (same, full))):
        assert {proof.answer for proof in compare_versions(left, right, AS_OF)} == {PROVED}
    proofs = answers(policy({"penalties": PENALTIES}, {"i": same}), policy({"penalties": PENALTIES}, {"i": full}))
    assert {proof.answer for proof in proofs.values()} == {PROVED}


def test_looser_threshold() -> None:
    """A band from 3 penalties instead of 2 on: nobody is worse off, and 2 penalties show the difference."""

    def banded(threshold: int) -> Policy:
        bands = [{"at_least": threshold, "points": 0}, {"otherwise": 100}]
        return policy({"penalties": PENALTIES}, {"i": {"points": 100, "fact": "penalties", "bands": bands}})

    proofs = answers(banded(2), banded(3))
    assert proofs[NEVER_WORSE, RESULT].answer == PROVED
    assert proofs[NEVER_BETTER, RESULT].answer == COUNTEREXAMPLE
    witness = proofs[EQUIVALENT, RESULT].witness
    assert witness is not None
    assert witness.smallest
    (subject,) = witness.subjects
    assert [record.category for record in subject.records] == ["penalty", "penalty"]
    assert dict(subject.attributes) == {}
    assert [outcome.score for outcome in witness.outcomes if isinstance(outcome, Evaluation)] == [0, 1_000_000]
    assert {difference.kind for difference in witness.differences} == {"score", "level", "grade"}
    assert all(difference.worse is False for difference in witness.differences)


def test_longer_window() -> None:
    """Penalties of two years: never better, and the one that shows it lies in the year that was added."""
    longer = {**PENALTIES, "within": "24 months"}
    proofs = answers(policy({"penalties": PENALTIES}, {"i": each(-10)}), policy({"penalties": longer}, {"i": each(-10)}))
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED
    witness = proofs[NEVER_WORSE, RESULT].witness
    assert witness is not None
    (record,) = witness.subjects[0].records
    assert date(2024, 6, 30).toordinal() < record.date <= date(2025, 6, 30).toordinal()


def test_added_veto() -> None:
    """Three penalties, and a level that is worse."""
    old = policy({"penalties": PENALTIES}, {"i": each(-5)})
    new = policy({"penalties": PENALTIES}, {"i": each(-5)}, vetoes={"v": VETO})
    proofs = answers(old, new)
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED
    witness = proofs[NEVER_WORSE, RESULT].witness
    assert witness is not None
    assert len(witness.subjects[0].records) == 3
    assert {difference.kind for difference in witness.differences} == {"level", "grade", "vetoed"}
    assert proofs[EQUIVALENT, MEASURES].answer == PROVED


def test_measures() -> None:
    """An incentive from a lower level on, and a routine measure that differs for better or worse."""

    def with_measures(level: str, kind: str) -> Policy:
        measure = {
            "title": "措施",
            "kind": kind,
            "matter": "supervision",
            "when": {"level": {"at_least": level}},
            "basis": "plan",
        }
        return policy({"penalties": PENALTIES}, {"i": each(-10)}, measures={"m": measure})

    proofs = answers(with_measures("A", "incentive"), with_measures("B", "incentive"))
    assert proofs[EQUIVALENT, RESULT].answer == PROVED
    assert proofs[NEVER_WORSE, MEASURES].answer == PROVED
    assert proofs[NEVER_BETTER, MEASURES].answer == COUNTEREXAMPLE
    routine = answers(with_measures("A", "routine"), with_measures("B", "routine"))
    assert routine[NEVER_WORSE, MEASURES].answer == PROVED
    assert routine[NEVER_BETTER, MEASURES].answer == PROVED
    assert routine[EQUIVALENT, MEASURES].answer == COUNTEREXAMPLE


def test_no_longer_evaluated() -> None:
    """To be left out is worse, to be rejected too."""
    staff = {"attribute": "staff", "if_missing": 0}
    old = policy({"penalties": PENALTIES, "staff": staff}, {"i": each(-10)})
    left_out = {"small": {"title": "规模过小", "when": {"staff": {"below": 5}}}}
    new = policy({"penalties": PENALTIES, "staff": staff}, {"i": each(-10)}, not_evaluated=left_out)
    proofs = answers(old, new)
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED
    witness = proofs[NEVER_WORSE, RESULT].witness
    assert witness is not None
    assert [(difference.kind, difference.old, difference.new) for difference in witness.differences] == [
        ("outcome", "evaluated", "not_evaluated")
    ]
    rejects = policy({"penalties": PENALTIES, "staff": {**staff, "if_missing": "reject"}}, {"i": each(-10)})
    proofs = answers(old, rejects)
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED
    assert proofs[NEVER_WORSE, RESULT].answer == COUNTEREXAMPLE


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ({"percent": {"of": "certified", "to": "staff"}, "if_missing": 0}, {"each": 0.5}),
        ({"latest": "survey.percent", "if_missing": 0}, {"each": 0.7}),
        ({"mean": "survey.percent", "within": "12 months", "if_missing": 50}, {"bands": [{"at_least": 33.3333, "points": 100}, {"otherwise": 0}]}),
        ({"sum": "penalty.amount", "where": {"seriousness": {"is": "serious"}}}, {"each": -0.5, "step": 7}),
        ({"max": "penalty.amount", "if_missing": 0}, {"bands": [{"at_most": 100, "points": 100}, {"otherwise": 1}]}),
        ({"days_since": "penalty", "if_missing": 999}, {"bands": [{"above": 364, "points": 100}, {"otherwise": 1}]}),
    ],
)  # fmt: skip
def test_every_source(source: dict[str, Any], changed: dict[str, Any]) -> None:
    """A counterexample has facts of every kind, and really is one; that nothing changed is proved of each."""
    facts = {
        "certified": {"attribute": "certified", "if_missing": 0},
        "staff": {"attribute": "staff", "if_missing": 0},
        "f": source,
    }
    flat = {"points": 100, "fact": "f", "bands": [{"at_least": 0, "points": 100}, {"otherwise": 0}]}
    old = policy(facts, {"i": flat})
    other = policy(facts, {"i": {"points": 100, "fact": "f", **changed}})
    assert {proof.answer for proof in compare_versions(other, other, AS_OF)} == {PROVED}
    proofs = answers(old, other)
    assert proofs[EQUIVALENT, RESULT].answer == COUNTEREXAMPLE
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED


MORE: dict[str, Any] = {
    "title": "多查",
    "kind": "routine",
    "matter": "supervision",
    "when": {"penalties": {"at_least": 1}},
    "basis": "plan",
}
PRAISED: dict[str, Any] = {
    "title": "表扬",
    "kind": "incentive",
    "matter": "commendation",
    "when": {"level": {"at_least": "B"}},
    "basis": "plan",
}


def test_other_ids() -> None:
    """What has another id and nothing else is the same, beside a fact that has another one too; what differs is told by new ids."""
    facts, indicators = {"penalties": PENALTIES}, {"i": each(-10)}
    old = policy(facts, indicators, measures={"more": MORE, "praised": PRAISED}, vetoes={"many": VETO})
    for fact in ("penalties", "fines"):
        under = {"title": "处罚次数", **PENALTIES}
        more, veto = {**MORE, "when": {fact: {"at_least": 1}}}, {**VETO, "when": {fact: {"at_least": 3}}}
        named = {fact: under}, {"i": {**each(-10), "fact": fact}}
        new = policy(*named, measures={"checks": more, "praises": PRAISED}, vetoes={"often": veto})
        assert {proof.answer for proof in compare_versions(old, new, AS_OF)} == {PROVED}
    fewer = {**PRAISED, "when": {"level": {"at_least": "A"}}}
    proofs = answers(old, policy(facts, indicators, measures={"checks": MORE, "praised": fewer}, vetoes={"many": VETO}))
    witness = proofs[NEVER_WORSE, MEASURES].witness
    assert witness is not None
    assert [difference.name for difference in witness.differences] == ["praised"]
