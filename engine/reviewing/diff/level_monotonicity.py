"""Whether a better score or level ever brings something worse: a veto, fewer incentives, more restrictions."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from engine.model.condition import facts_in
from engine.model.policy import MeasureKind, Model, Policy
from engine.reviewing.diff import name_domains
from engine.reviewing.diff.condition_relation import polarity, steps

RESULTS = ("score", "level", "grade", "vetoed")


class Helps(Struct, frozen=True):
    """Whether a better score, or level, never brings anything worse."""

    score: bool
    level: bool


def helps(policy: Policy, model: Model) -> Helps:
    """Both, of a model."""
    level = level_helps(policy, model)
    return Helps(level and no_veto_of_more(policy, model), level)


def no_veto_of_more(policy: Policy, model: Model) -> bool:
    """Whether more points never bring a veto."""
    known = name_domains.of_model(policy, model)
    return not any(polarity(veto.when, "score", policy.scale, known) in ("up", "both") for veto in model.vetoes)


def level_helps(policy: Policy, model: Model) -> bool:
    """Whether no step to a better result brings fewer incentives or more restrictions, whatever else holds.

    Measures take each other's place (减收押金 in one grade, 免收押金 in the next), so they are counted.
    """
    return all(
        _never_fewer(policy, model, name, kind, backwards=(name == "vetoed") != (kind == "restriction"))
        for name in RESULTS
        for kind in ("incentive", "restriction")
    )


def _never_fewer(policy: Policy, model: Model, name: str, kind: MeasureKind, backwards: bool) -> bool:
    """Whether no step of a result brings fewer measures of a kind; backwards, whether none to a lesser one does."""
    known = name_domains.of_model(policy, model)
    balance: Counter[object] = Counter()
    for when in (measure.when for measure in model.measures if measure.kind == kind and name in facts_in(measure.when)):
        answers_by_step = steps(when, name, policy.scale, known)
        if answers_by_step is None:
            return False
        for pair, answers in answers_by_step:
            changes = {(after, before) if backwards else (before, after) for before, after in answers}
            balance[pair] += (changes == {(False, True)}) - ((True, False) in changes)
    return min(balance.values(), default=0) >= 0
