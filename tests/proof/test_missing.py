"""Nobody of whom nothing adverse is known fares badly because information is missing: proved, or shown by two subjects."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from engine.evaluating.single import compile_model, evaluate
from engine.model.bad_outcome import is_bad
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.policy import Policy
from engine.model.proof import COUNTEREXAMPLE, MISSING, PROVED, UNKNOWN, Proof
from engine.model.subject import Record, Subject
from engine.reading.files import Files
from engine.reading.library import read_library
from engine.reviewing.proof.claims import prove
from tests.agreement.compare import as_bytes
from tests.proof.policies import AS_OF, CATALOGUE, ITEMS, PENALTIES, SCALES, each, tree

DIRECTIONS = {"penalty": "adverse", "award": "favourable", "survey": "neutral"}
LIMIT = {"title": "限制", "kind": "restriction", "matter": "approval", "item": "limit", "when": {"level": {"is": "D"}}}


def directed(facts: dict[str, Any], indicators: dict[str, Any], directions: dict[str, str] = DIRECTIONS, **more: Any) -> Policy:
    catalogue: dict[str, Any] = deepcopy(CATALOGUE)
    for name, direction in directions.items():
        catalogue["categories"][name]["direction"] = direction
    common = {"catalogue.yaml": catalogue, "scales.yaml": SCALES, "measures.yaml": ITEMS}
    named = tuple((name, as_bytes(content)) for name, content in common.items())
    return read_library(Files((("p.yaml", as_bytes(tree(facts, indicators, **more))),), named)).library.policies[0]


def claim(policy: Policy, timeout: float = 10.0) -> Proof:
    (proof,) = (proof for proof in prove(policy, AS_OF, timeout) if proof.claim == MISSING)
    return proof


def satisfaction(points_missing: int, indicator: int = 100) -> Policy:
    """A survey of which nothing is known counts as so much per cent."""
    facts = {"satisfaction": {"latest": "survey.percent", "if_missing": points_missing}}
    return directed(facts, {"i": {"points": indicator, "fact": "satisfaction", "each": 1}})


@pytest.mark.parametrize(("percent", "answer"), [(0, COUNTEREXAMPLE), (59, COUNTEREXAMPLE), (60, PROVED), (100, PROVED)])
def test_points_of_what_is_missing(percent: int, answer: str) -> None:
    """Below 60 is the worst grade."""
    assert claim(satisfaction(percent)).answer == answer


def test_a_rejection_is_not_bad() -> None:
    facts = {"satisfaction": {"latest": "survey.percent", "if_missing": "reject"}}
    assert claim(directed(facts, {"i": {"points": 100, "fact": "satisfaction", "each": 1}})).answer == PROVED


def test_to_be_left_out_is_not_bad() -> None:
    facts = {"satisfaction": {"latest": "survey.percent", "if_missing": 0}, "surveys": {"count": "survey"}}
    left_out = {"unknown": {"title": "暂不评价", "when": {"surveys": {"is": 0}}}}
    scored = {"i": {"points": 100, "fact": "satisfaction", "each": 1}}
    assert claim(directed(facts, scored)).answer == COUNTEREXAMPLE
    assert claim(directed(facts, scored, not_evaluated=left_out)).answer == PROVED


def test_known_by_halves() -> None:
    """Where only the whole is known, none of it seems to be certified; nobody would see it with all or with nothing known."""
    facts = {
        "certified": {"attribute": "certified", "if_missing": 0},
        "staff": {"attribute": "staff", "if_missing": 0},
        "share": {"percent": {"of": "certified", "to": "staff"}, "if_missing": 70},
    }
    policy = directed(facts, {"i": {"points": 100, "fact": "share", "each": 1}})
    proof = claim(policy)
    assert proof.answer == COUNTEREXAMPLE
    assert proof.witness is not None
    better, less = proof.witness.subjects
    assert set(better.attributes) == {"certified", "staff"}
    assert set(less.attributes) == {"staff"}


def test_adverse_records_are_no_want() -> None:
    """Penalties may lead to what they will; a failed survey is known to be bad."""
    facts = {"penalties": PENALTIES, "satisfaction": {"latest": "survey.percent", "if_missing": 80}}
    indicators = {
        "i": {"points": 50, "fact": "penalties", "each": -50},
        "j": {"points": 50, "fact": "satisfaction", "each": 0.5},
    }
    assert claim(directed(facts, indicators, measures={"limit": LIMIT})).answer == PROVED


def test_a_category_without_direction_is_left_alone() -> None:
    """Nobody can say whether to have no award is want of information."""
    facts = {"awards": {"count": "award"}, "staff": {"attribute": "staff", "if_missing": 0}}
    indicators = {"i": {"points": 100, "fact": "awards", "each": 100}}
    assert claim(directed(facts, indicators)).answer == COUNTEREXAMPLE
    assert claim(directed(facts, indicators, {"penalty": "adverse"})).answer == PROVED


def test_where_nothing_may_be_missing_nothing_is_claimed() -> None:
    policy = directed({"penalties": PENALTIES}, {"i": each(-10)})
    assert MISSING not in {proof.claim for proof in prove(policy, AS_OF)}


def test_no_time_is_no_proof() -> None:
    assert claim(satisfaction(0), timeout=0.0).answer == UNKNOWN


def test_both_subjects_are_replayed() -> None:
    """The less known one has nothing that the other has not, and it alone fares badly."""
    facts = {
        "satisfaction": {"latest": "survey.percent", "if_missing": 0},
        "awards": {"count": "award", "within": "12 months"},
    }
    indicators = {
        "i": {"points": 60, "fact": "satisfaction", "each": 0.6},
        "j": {"points": 40, "fact": "awards", "each": 40},
    }
    policy = directed(facts, indicators, measures={"limit": LIMIT})
    witness = claim(policy).witness
    assert witness is not None
    better, less = witness.subjects
    assert all(record in better.records for record in less.records)
    known, unknown = (evaluate(compile_model(policy, policy.models["m"]).at(AS_OF), subject) for subject in (better, less))
    assert isinstance(known, Evaluation)
    assert known.grade == "优"
    assert not is_bad(known)
    assert is_bad(unknown)
    assert [difference.name for difference in witness.differences if difference.kind == "restriction"] == ["limit"]


@pytest.mark.parametrize("missing", [0, 30, 40, 50, 70])
@pytest.mark.parametrize("each_award", [0, 20])
def test_as_every_small_subject_says(missing: int, each_award: int) -> None:
    """Of surveys at each ten per cent and up to three awards, each known or not."""
    facts = {"satisfaction": {"latest": "survey.percent", "if_missing": missing}, "awards": {"count": "award"}}
    indicators = {
        "i": {"points": 60, "fact": "satisfaction", "each": 0.6},
        "j": {"points": 40, "fact": "awards", "start": 40 - 2 * each_award, "each": each_award},
    }
    policy = directed(facts, indicators)
    evaluator = compile_model(policy, policy.models["m"]).at(AS_OF)

    def outcome(percent: int | None, awards: int) -> Evaluation:
        surveys = [] if percent is None else [Record("s", "survey", AS_OF, {"percent": percent * ONE})]
        award_records = [Record(f"a{at}", "award", AS_OF, {}) for at in range(awards)]
        evaluation = evaluate(evaluator, Subject("s", "organisation", (), None, {}, (*surveys, *award_records)))
        assert isinstance(evaluation, Evaluation)
        return evaluation

    bad = any(
        outcome(percent, awards).grade == "优" and (percent is None or percent >= missing) and is_bad(outcome(seen, left))
        for percent in (None, *range(0, 101, 10))
        for awards in range(4)
        for seen in (percent, None)
        for left in (awards, 0)
    )
    assert claim(policy).answer == (COUNTEREXAMPLE if bad else PROVED)
