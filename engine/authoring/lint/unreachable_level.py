"""A level that no score reaches."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.authoring.lint.unearnable_points import greatest_points
from engine.model.number import divide, shortest
from engine.model.policy import Model
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        if not model.scores:
            continue
        most = _most(linted, model)
        for level in linted.policy.scale.levels:
            if level.at_least is not None and level.at_least > most:
                values = {"level": level.name, "at_least": shortest(level.at_least), "most": shortest(most)}
                yield linted.warn("unreachable_level", (*top, "dimensions" if model.dimensions else "base"), True, **values)


def _most(linted: LintContext, model: Model) -> int:
    """The most that the base, the dimensions and adjustments can add up to."""
    ranges = linted.ranges[model.id]
    total = model.base or 0
    for dimension in model.dimensions:
        if any(indicator.only_when for indicator in dimension.indicators):
            points = dimension.points  # what is left out may raise the rest to the whole
        else:
            points = sum(min(max(greatest_points(i.form, ranges), 0), i.points) for i in dimension.indicators)
        total += points if dimension.counts_for is None else divide(points * dimension.counts_for, dimension.points)
    if model.adjustments:
        added = [(greatest_points(item.form, ranges), item.at_most) for item in model.items()]
        most = sum(points if bound is None else min(points, bound) for points, bound in added)
        total += max(min(most, model.adjustments.at_most), model.adjustments.at_least)
    return min(max(total, 0), linted.policy.scale.full)
