"""Coverage: which bands, choices, branches, vetoes, measures and other parts of a model no case reaches."""

from __future__ import annotations

from collections.abc import Iterable

from engine.evaluating.coverage_targets import coverage_targets
from engine.model.case import CaseResult, Coverage, Target
from engine.model.evaluation import Outcome, Rejection
from engine.model.policy import Policy


def coverage(policy: Policy, results: Iterable[CaseResult]) -> Coverage:
    """What of one version of a policy the cases reach that examine it."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in policy.models}
    for result in results:
        outcome = result.outcome
        if not isinstance(outcome, Rejection) and outcome.policy == policy:
            outcomes[result.case.model].append(outcome)
    targets, unreached = [], []
    for model in policy.models.values():
        for part in coverage_targets(policy, model):
            target = Target(part.kind, model.id, ("models", model.id, *part.path))
            targets.append(target)
            if not any(part.reaches(outcome) for outcome in outcomes[model.id]):
                unreached.append(target)
    return Coverage(policy, tuple(targets), tuple(unreached))
