"""One version of a small policy: what nobody reaches, what goes together, and facts that go against their direction."""

from __future__ import annotations

from engine.model.evaluation import Evaluation
from engine.model.policy import Policy
from engine.model.proof import COUNTEREXAMPLE, DIRECTION, DISPROVED, PROVED, REACHED, TOGETHER, VETO_LEVEL, Proof
from engine.reviewing.proof.claims import prove
from tests.proof.policies import AS_OF, PENALTIES, each, policy

AWARDS = {"title": "表彰", "count": "award", "within": "12 months", "direction": "favourable"}
VETO = {"title": "否决", "when": {"penalties": {"at_least": 3}}, "level": "D", "basis": "plan"}


def claims(version: Policy, claim: str) -> list[Proof]:
    return [proof for proof in prove(version, AS_OF) if proof.claim == claim]


def test_everything_is_reached() -> None:
    """Every level, band, veto, and the exclusion."""
    bands = [{"at_most": 0, "points": 100}, {"at_most": 1, "points": 60}, {"otherwise": 0}]
    scored = {"points": 100, "fact": "penalties", "bands": bands}
    left_out = {"many": {"title": "太多", "when": {"penalties": {"above": 10}}}}
    proofs = prove(policy({"penalties": PENALTIES}, {"i": scored}, vetoes={"v": VETO}, not_evaluated=left_out), AS_OF)
    assert len([proof for proof in proofs if proof.claim == REACHED]) == 8
    assert {proof.answer for proof in proofs} == {PROVED}


def test_unreachable_band() -> None:
    """No satisfaction is above 100, and with it goes the best level."""
    bands = [{"above": 100, "points": 100}, {"otherwise": 60}]
    facts = {"satisfaction": {"latest": "survey.percent", "if_missing": 0}}
    version = policy(facts, {"i": {"points": 100, "fact": "satisfaction", "bands": bands}})
    places = [proof.path[2:] for proof in claims(version, REACHED) if proof.answer == DISPROVED]
    assert places == [("levels", "A"), ("levels", "D"), ("dimensions", "d", "indicators", "i", "bands", 0)]


def test_branch_taken_by_an_earlier_one() -> None:
    """Facts over the same records: with a penalty in half a year there is one in a year."""
    recent = {**PENALTIES, "within": "6 months"}
    branches = [
        {"when": {"penalties": {"at_least": 1}}, "points": 10}, {"when": {"recent": {"at_least": 1}}, "points": 5}, {"otherwise": 100},
    ]  # fmt: skip
    version = policy({"penalties": PENALTIES, "recent": recent}, {"i": {"points": 100, "first_of": branches}})
    places = [proof.path[-1] for proof in claims(version, REACHED) if proof.answer == DISPROVED and proof.about == "branch"]
    assert places == [1]


def test_veto_ends_in_its_level() -> None:
    """Whichever of the three things it does."""
    does = ({"level": "D"}, {"score_at_most": 59.99}, {"lower_by": {"grades": 1}})
    for effect in does:
        veto = {"title": "否决", "when": {"penalties": {"at_least": 1}}, "basis": "plan", **effect}
        (proof,) = claims(policy({"penalties": PENALTIES}, {"i": each(-1)}, vetoes={"v": veto}), VETO_LEVEL)
        assert proof.answer == PROVED


def test_measure_and_its_opposite() -> None:
    """Both in one matter for two penalties, which is the least that does it."""
    measures = {
        "ease": {"title": "便利", "kind": "incentive", "matter": "approval", "when": {"level": {"at_least": "B"}}, "basis": "plan"},
        "limit": {"title": "限制", "kind": "restriction", "matter": "approval", "item": "limit", "when": {"penalties": {"at_least": 2}}},
    }  # fmt: skip
    (proof,) = claims(policy({"penalties": PENALTIES}, {"i": each(-10)}, measures=measures), TOGETHER)
    assert proof.answer == COUNTEREXAMPLE
    assert proof.witness is not None
    assert len(proof.witness.subjects[0].records) == 2
    (outcome,) = proof.witness.outcomes
    assert isinstance(outcome, Evaluation)
    assert outcome.measures == ("ease", "limit")
    apart = {**measures, "limit": {**measures["limit"], "when": {"level": {"is": "D"}}}}
    (proof,) = claims(policy({"penalties": PENALTIES}, {"i": each(-10)}, measures=apart), TOGETHER)
    assert proof.answer == PROVED


def test_direction() -> None:
    """A favourable fact that lowers points is found, with the two subjects between whom it does."""
    good = {"points": 40, "fact": "awards", "each": 10}
    bad = {"points": 40, "fact": "awards", "each": -10}
    rest = {"points": 60, "fact": "penalties", "each": -10}
    facts = {"penalties": PENALTIES, "awards": AWARDS}
    assert {proof.answer for proof in claims(policy(facts, {"i": rest, "a": good}), DIRECTION)} == {PROVED}
    proofs = {proof.about: proof for proof in claims(policy(facts, {"i": rest, "a": bad}), DIRECTION)}
    assert proofs["penalties"].answer == PROVED
    assert proofs["awards"].answer == COUNTEREXAMPLE
    witness = proofs["awards"].witness
    assert witness is not None
    more, less = witness.subjects
    assert (len(more.records), len(less.records)) == (1, 0)
    assert [difference.worse for difference in witness.differences if difference.kind == "score"] == [False]


def test_direction_of_a_ratio() -> None:
    """Of what enters a ratio the ratio's direction holds; and what leaves an indicator out may raise the rest."""
    facts = {
        "certified": {"attribute": "certified", "if_missing": 0},
        "staff": {"attribute": "staff", "if_missing": 0},
        "share": {"percent": {"of": "certified", "to": "staff"}, "if_missing": 0, "direction": "favourable"},
    }
    (proof,) = claims(policy(facts, {"i": {"points": 100, "fact": "share", "each": 0.3333}}), DIRECTION)
    assert proof.answer == PROVED
    (proof,) = claims(policy(facts, {"i": {"points": 100, "fact": "share", "each": -0.5}}), DIRECTION)
    assert proof.answer == COUNTEREXAMPLE
    left_out = {"points": 50, "fact": "penalties", "each": -10, "only_when": {"penalties": {"below": 3}}}
    rest = {"points": 50, "fact": "awards", "each": 10}
    (penalties, awards) = claims(policy({"penalties": PENALTIES, "awards": AWARDS}, {"i": left_out, "a": rest}), DIRECTION)
    assert penalties.answer == COUNTEREXAMPLE
    assert awards.answer == PROVED
