"""What a subject may not come to upon missing information: a restriction, or the worst grade."""

from __future__ import annotations

from engine.model.evaluation import Evaluation, Outcome
from engine.model.policy import Measure, Model, Policy


def restrictions(model: Model) -> tuple[Measure, ...]:
    """Those that a model can bring about."""
    return tuple(measure for measure in model.measures if measure.kind == "restriction")


def worst_grade(policy: Policy, model: Model) -> str | None:
    """The last grade of the scale; None where the model gives none, or the scale has no better one."""
    grades = policy.scale.grades
    return grades[-1] if model.grades and len(grades) > 1 else None


def is_bad(outcome: Outcome) -> bool:
    """Whether it is the worst grade or has a restriction; to be left out or rejected is not bad."""
    if not isinstance(outcome, Evaluation):
        return False
    graded = outcome.grade is not None and outcome.grade == worst_grade(outcome.policy, outcome.model)
    return graded or any(measure.id in outcome.measures for measure in restrictions(outcome.model))
