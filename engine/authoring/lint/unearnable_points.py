"""An indicator whose full points no subject can earn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.authoring.fact_ranges import Range
from engine.authoring.lint.lint_context import LintContext, forms
from engine.authoring.lint.unreachable_band import unreachable
from engine.model.number import multiply, shortest
from engine.model.problem import Problem
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for form, path, full in forms(model, top):
            most = greatest_points(form, linted.ranges[model.id])
            if full is not None and most < full:
                yield linted.warn("unearnable_points", path, True, most=shortest(max(most, 0)), full=shortest(full))


def greatest_points(form: Form, ranges: Mapping[str, Range]) -> int:
    """The most points that a form can give, or more."""
    match form:
        case Each(points, start, beyond, step):
            return start + sum(_most(amount, ranges[fact], beyond, step) for fact, amount in points)
        case Bands(fact, bands, otherwise):
            given = [*(band.points for band in bands), otherwise]
            out = set(unreachable(form, ranges[fact]))
            return max(points for index, points in enumerate(given) if index not in out)
        case Choices(_, points, otherwise):
            return max([amount for _, amount in points] + ([] if otherwise is None else [otherwise]))
        case FirstOf(branches, otherwise):
            return max([branch.points for branch in branches] + [otherwise])


def _most(amount: int, values: Range, beyond: int | None, step: int | None) -> int:
    ends = [values.low, values.high]
    if beyond is not None:
        ends = [max(end - beyond, 0) for end in ends]
    if step is not None:
        return max(amount * (abs(end) // step) * (1 if end >= 0 else -1) for end in ends)
    return max(multiply(amount, end) for end in ends)
