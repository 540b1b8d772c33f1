"""An incentive and a restriction in one matter that the same level brings about."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.evaluating.conditions import compile_condition
from engine.model.condition import Condition, tests
from engine.model.policy import Measure
from engine.model.problem import Problem
from engine.model.scale import Scale


def find(linted: LintContext) -> Iterator[Problem]:
    scale = linted.policy.scale
    for model, top in linted.models():
        if not model.grades:
            continue
        incentives = [measure for measure in model.measures if measure.kind == "incentive"]
        for restriction in model.measures:
            if restriction.kind != "restriction":
                continue
            for incentive in incentives:
                level = _both(incentive, restriction, scale)
                if level is not None:
                    path = (*top, "measures", restriction.id)
                    values = {"measure": restriction.id, "other": incentive.id, "level": level, "matter": incentive.matter}
                    yield linted.warn("contradicting_measures", path, True, **values)


def _both(incentive: Measure, restriction: Measure, scale: Scale) -> str | None:
    """A level for which both surely apply; only conditions on the level and grade alone can tell."""
    if incentive.matter != restriction.matter or not (_on_level(incentive.when) and _on_level(restriction.when)):
        return None
    first, second = compile_condition(incentive.when, scale), compile_condition(restriction.when, scale)
    for level in scale.levels:
        values = {"level": level.name, "grade": level.grade}
        if first(values) and second(values):
            return level.name
    return None


def _on_level(condition: Condition) -> bool:
    return all(test.name in ("level", "grade") for test in tests(condition))
