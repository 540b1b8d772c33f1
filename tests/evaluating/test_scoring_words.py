"""Base, short_of, round: up and none_when, worked out by hand, and the digest of a policy that uses none of them."""

from __future__ import annotations

from typing import Any

import pytest

from engine.evaluating import single
from engine.evaluating.points import compile_form
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.policy import Policy
from engine.model.scale import Scale
from engine.model.scoring import Each
from engine.model.subject import Subject
from tests.proof.policies import AS_OF, PENALTIES, each, policy, records

SCALE = Scale("s", 100 * ONE, ())


@pytest.mark.parametrize(
    ("value", "form", "points"),
    [
        # 低于95的，每低1扣1分
        (95, {"each": -1, "short_of": 95}, 0),
        (99, {"each": -1, "short_of": 95}, 0),
        (94.9999, {"each": -1, "short_of": 95}, -0.0001),
        (88.5, {"each": -1, "short_of": 95}, -6.5),
        (-5, {"each": -1, "short_of": 95}, -100),
        (88.5, {"each": -0.3333, "short_of": 95}, -2.1665),  # 6.5 x 0.3333 is 2.16645, and a half goes away from zero
        # in steps: 6.5 has one whole step of 5, and a begun one
        (88.5, {"each": -5, "short_of": 95, "step": 5}, -5),
        (88.5, {"each": -5, "short_of": 95, "step": 5, "round": "up"}, -10),
        (90, {"each": -5, "short_of": 95, "step": 5, "round": "up"}, -5),
        (89.9999, {"each": -5, "short_of": 95, "step": 5, "round": "up"}, -10),
        (94.9999, {"each": -5, "short_of": 95, "step": 5, "round": "up"}, -5),
        (95, {"each": -5, "short_of": 95, "step": 5, "round": "up"}, 0),
        # beyond
        (3, {"each": -2, "beyond": 3, "step": 2, "round": "up"}, 0),
        (3.0001, {"each": -2, "beyond": 3, "step": 2, "round": "up"}, -2),
        (5, {"each": -2, "beyond": 3, "step": 2, "round": "up"}, -2),
        (6, {"each": -2, "beyond": 3, "step": 2, "round": "up"}, -4),
        # neither: towards zero, or away from it
        (5, {"each": -2, "step": 3}, -2),
        (5, {"each": -2, "step": 3, "round": "up"}, -4),
        (6, {"each": -2, "step": 3, "round": "up"}, -4),
        (-5, {"each": -2, "step": 3}, 2),
        (-5, {"each": -2, "step": 3, "round": "up"}, 4),
        (0, {"each": -2, "step": 3, "round": "up"}, 0),
    ],
)
def test_lines(value: float, form: dict[str, Any], points: float) -> None:
    """What an adjustment item without bounds gives."""

    def count(number: float | None) -> int | None:
        return None if number is None else round(number * ONE)

    beyond, step, short_of = (count(form.get(key)) for key in ("beyond", "step", "short_of"))
    line = Each((("fact", count(form["each"]) or 0),), 0, beyond, step, short_of, form.get("round") == "up")
    assert compile_form(line, SCALE)({"fact": round(value * ONE)}) == round(points * ONE)


def _evaluated(of: Policy, penalties: int, awards: int = 0) -> Evaluation:
    subject = Subject("s", "organisation", (), None, {}, tuple(records(penalty=penalties, award=awards)), ())
    outcome = single.evaluate(single.compile_model(of, of.models["m"]).at(AS_OF), subject)
    assert isinstance(outcome, Evaluation)
    return outcome


DEDUCTIONS = {
    "at_most": 0, "at_least": -100, "items": {"penalties": {"title": "处罚", "fact": "penalties", "each": -12}},
}  # fmt: skip


@pytest.mark.parametrize(("penalties", "score", "level"), [(0, 100, "A"), (1, 88, "B"), (4, 52, "D"), (9, 0, "D")])
def test_base_alone(penalties: int, score: int, level: str) -> None:
    """100 less 12 for each, never below 0; a model without dimensions that has a score all the same."""
    outcome = _evaluated(policy({"penalties": PENALTIES}, {}, base=100, adjustments=DEDUCTIONS), penalties)
    assert (outcome.score, outcome.level) == (score * ONE, level)


def test_base_beside_what_is_left_out() -> None:
    """40 to begin with; of the 60 points of the dimension 30 are left out, and 20 of the other 30 stand for 40 of 60."""
    facts = {"penalties": PENALTIES, "awards": {"title": "表彰", "count": "award"}}
    indicators = {
        "i": {"points": 30, "fact": "penalties", "each": -10},
        "j": {"points": 30, "fact": "awards", "each": 10, "only_when": {"awards": {"above": 0}}},
    }
    outcome = _evaluated(policy(facts, indicators, base=40), 1)
    assert outcome.score == 80 * ONE


NONE: dict[str, Any] = {"points": 60, "fact": "penalties", "each": -10, "none_when": {"awards": {"at_least": 1}}}


@pytest.mark.parametrize(("awards", "only_when", "score"), [(0, None, 90), (1, None, 40), (1, 1, 40), (1, 2, 100), (0, 1, 100)])
def test_none_when(awards: int, only_when: int | None, score: int) -> None:
    """60 − 10 or nothing, beside 40; where it is left out it stays so, and a dimension without any counts in full."""
    left_out = {} if only_when is None else {"only_when": {"awards": {"at_least": only_when}}}
    facts = {"penalties": PENALTIES, "awards": {"title": "表彰", "count": "award"}}
    outcome = _evaluated(policy(facts, {"i": {**NONE, **left_out}}, base=40), 1, awards)
    assert outcome.score == score * ONE


def test_digests_stay() -> None:
    """A policy that uses none of the words has the digest that it had before they were there."""
    form = {**each(-10), "only_when": {"penalties": {"below": 9}}, "beyond": 1, "step": 2}
    before = policy({"penalties": PENALTIES}, {"i": form})
    assert before.digest == "sha256:d7c0d3d09aefb07ce869e07e61387727ea1511cec0d2d7bbb5eb82e6af74601e"
    others = [
        {"i": {**form, "round": "up"}},
        {"i": {**{key: part for key, part in form.items() if key != "beyond"}, "short_of": 1}},
        {"i": {**form, "none_when": {"penalties": {"above": 5}}}},
        {"i": {**form, "none_when": {"penalties": {"above": 6}}}},
        {"i": {**{key: part for key, part in form.items() if key != "only_when"}, "none_when": {"penalties": {"below": 9}}}},
    ]
    digests = {policy({"penalties": PENALTIES}, indicators).digest for indicators in others}
    assert len({*digests, before.digest}) == 6
