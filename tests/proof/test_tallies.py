"""Tallies for the solver: exact over the cells of records, so that what nobody reaches is proved and a witness is shown."""

from __future__ import annotations

from typing import Any

from engine.model.evaluation import Evaluation
from engine.model.policy import Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    DIRECTION,
    DISPROVED,
    EQUIVALENT,
    MEASURES,
    NEVER_BETTER,
    NEVER_WORSE,
    PROVED,
    REACHED,
    RESULT,
)
from engine.reviewing.proof.claims import prove
from engine.reviewing.proof.version_pairs import compare_versions
from tests.proof.policies import AS_OF, policy

BRANCHES: list[dict[str, Any]] = [
    {"where": {"amount": {"at_least": 50000}}, "value": 10},
    {"where": {"amount": {"at_least": 20000}}, "value": 8},
    {"otherwise": 6},
]


def version(branches: list[dict[str, Any]], **more: Any) -> Policy:
    facts = {"acts": {"tally": "penalty", "within": "12 months", "first_of": branches, "direction": "adverse"}}
    return policy(facts, {"i": {"points": 100, "fact": "acts", "each": -1}}, **more)


def test_order_that_matters() -> None:
    """With the milder branch first, the severe one is never taken: nobody is worse off, and one fine shows who is better."""
    old, new = version(BRANCHES), version([BRANCHES[1], BRANCHES[0], BRANCHES[2]])
    proofs = {(proof.claim, proof.about): proof for proof in compare_versions(old, new, AS_OF)}
    assert proofs[NEVER_WORSE, RESULT].answer == PROVED
    assert proofs[NEVER_BETTER, RESULT].answer == COUNTEREXAMPLE
    witness = proofs[EQUIVALENT, RESULT].witness
    assert witness is not None
    (subject,) = witness.subjects
    assert [int(record.fields["amount"]) >= 50000 * 10_000 for record in subject.records] == [True]
    assert [outcome.score for outcome in witness.outcomes if isinstance(outcome, Evaluation)] == [900_000, 920_000]


def test_branches_written_otherwise() -> None:
    """The same table in another order, with bounds on both sides."""
    same: list[dict[str, Any]] = [
        {"where": {"amount": {"below": 20000}}, "value": 6},
        {"where": {"amount": {"at_least": 20000, "below": 50000}}, "value": 8},
        {"otherwise": 10},
    ]
    proofs = compare_versions(version(BRANCHES), version(same), AS_OF)
    assert {proof.answer for proof in proofs if proof.about in (RESULT, MEASURES)} == {PROVED}


def test_sums_that_do_not_come() -> None:
    """Of 6, 8 and 10 no sum is 2, 4 or odd; 98 points are had by nobody."""
    vetoes = {
        name: {"title": "否决", "when": {"acts": {"is": number}}, "level": "D", "basis": "plan"}
        for name, number in (("v2", 2), ("v4", 4), ("v7", 7), ("v6", 6), ("v22", 22))
    }
    proofs = prove(version(BRANCHES, vetoes=vetoes), AS_OF)
    answers = {proof.path[-1]: proof.answer for proof in proofs if proof.claim == REACHED and proof.about == "veto"}
    assert answers == {"v2": DISPROVED, "v4": DISPROVED, "v7": DISPROVED, "v6": PROVED, "v22": PROVED}


def test_direction() -> None:
    """More of what takes points away is never better; what gives points is against its direction."""
    against = version([{**BRANCHES[0], "value": -10}, *BRANCHES[1:]])
    for side in (version(BRANCHES), against):
        assert [proof.answer for proof in prove(side, AS_OF) if proof.claim == DIRECTION] == [PROVED]
