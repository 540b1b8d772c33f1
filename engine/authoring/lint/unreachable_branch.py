"""A branch of `first_of` or `decisions` that nothing reaches, because it contradicts itself or an earlier one takes all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.authoring.lint.lint_context import LintContext
from engine.model.condition import Condition
from engine.model.fact_range import Range, range_box
from engine.model.problem import Problem
from engine.model.scoring import alternatives


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        ranges = linted.ranges[model.id]
        for path, element in model.scored():
            branches = [alternative for alternative in alternatives(element.form) if alternative.kind == "branch"]
            for index in unreachable([branch.when for branch in branches if branch.when is not None], ranges):
                yield linted.warn("unreachable_branch", (*top, *path, *branches[index].path))
        if model.decisions:
            for index in unreachable([when for when, _ in model.decisions.branches], ranges):
                yield linted.warn("unreachable_branch", (*top, "decisions", index))


def unreachable(conditions: Sequence[Condition], ranges: Mapping[str, Range]) -> Iterator[int]:
    """Positions of the conditions that cannot be the first to hold."""
    boxes: list[dict[str, Range]] = []
    for index, condition in enumerate(conditions):
        mine = range_box(condition, ranges)
        if condition in conditions[:index]:
            yield index
        elif mine is not None:
            if any(values.empty for values in mine.values()) or any(_covers(other, mine) for other in boxes):
                yield index
            boxes.append(mine)


def _covers(outer: Mapping[str, Range], inner: Mapping[str, Range]) -> bool:
    return all(name in inner and inner[name].within(values) for name, values in outer.items())
