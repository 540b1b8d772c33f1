"""An indicator whose full points no subject can earn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from engine.authoring.lint.lint_context import LintContext
from engine.authoring.lint.unreachable_band import unreachable
from engine.model.fact_range import Range
from engine.model.number import multiply, shortest
from engine.model.problem import Problem
from engine.model.scoring import Alternative, Award, Each, Form, Indicator, Item, Points, normal_form, single_fact


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for path, element in model.scored():
            match element:
                case Indicator(points=full):
                    most = greatest_points(element.form, linted.ranges[model.id])
                    if most < full:
                        values = {"most": shortest(max(most, 0)), "full": shortest(full)}
                        yield linted.warn("unearnable_points", (*top, *path), True, **values)
                case Item():
                    pass
                case never:
                    assert_never(never)


def greatest_points(form: Form, ranges: Mapping[str, Range]) -> int:
    """The most points that a form can give, or more."""
    match normal_form(form):
        case Each(points, start) as line:
            return start + sum(_most(amount, ranges[fact], line) for fact, amount in points)
        case several:
            return max(_awardable(way.points, ranges) for way in _reachable(several, single_fact(form), ranges))


def _awardable(points: Points, ranges: Mapping[str, Range]) -> int:
    """The most that may be given, or that the awarded fact can hold."""
    match points:
        case Award(fact, low, high):
            return min(max(ranges[fact].high, low), high)
        case number:
            return number


def _reachable(several: Sequence[Alternative], fact: str | None, ranges: Mapping[str, Range]) -> Iterator[Alternative]:
    """Without the bands that nothing reaches."""
    bands = [alternative for alternative in several if alternative.kind == "band"]
    out = set(unreachable(bands, ranges[fact])) if bands and fact is not None else set()
    yield from (alternative for index, alternative in enumerate(several) if index not in out)


def _most(amount: int, values: Range, line: Each) -> int:
    ends, step = [values.low, values.high], line.step
    if line.beyond is not None:
        ends = [max(end - line.beyond, 0) for end in ends]
    if line.short_of is not None:
        ends = [max(line.short_of - end, 0) for end in ends]
    if step is not None:
        begun = step - 1 if line.round_up else 0
        return max(amount * ((abs(end) + begun) // step) * (1 if end >= 0 else -1) for end in ends)
    return max(multiply(amount, end) for end in ends)
