"""Points for the solver: the scoring forms, clipped to what the indicator or item can give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, add, choose, clip, compare, constant, multiply, whole_steps
from engine.evaluating.symbolic.conditions import Texts, Value, as_amount, condition, equal
from engine.model.number import ONE
from engine.model.scale import Scale
from engine.model.scoring import Award, Bands, Choices, Each, FirstOf, Form, Points


def points(form: Form, values: Mapping[str, Value], scale: Scale, texts: Texts, low: int | None, high: int | None) -> Amount:
    """The points of a form."""
    match form:
        case Each():
            return clip(_each(form, values), low, high)
        case Bands(_, bands, rest):
            ways = [band.points for band in bands]
        case Choices(_, choices, otherwise_points):
            ways, rest = [amount for _, amount in choices], otherwise_points or 0
        case FirstOf(branches, rest):
            ways = [branch.points for branch in branches]
        case never:
            assert_never(never)
    *cases, otherwise = [_given(amount, values, low, high) for amount in (*ways, rest)]
    return choose(list(zip(conditions(form, values, scale, texts), cases, strict=True)), otherwise)


def conditions(form: Form, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Sequence[Term]:
    """What each band, choice or branch of a form asks, without that those before it do not hold."""
    match form:
        case Bands(fact, bands):
            return [compare(band.operator, as_amount(values[fact]), band.threshold) for band in bands]
        case Choices(fact, choices):
            return [equal(values[fact], value, texts) for value, _ in choices]
        case FirstOf(branches):
            return [condition(branch.when, values, scale, texts) for branch in branches]
        case Each():
            return []
        case never:
            assert_never(never)


def _given(points: Points, values: Mapping[str, Value], low: int | None, high: int | None) -> Amount:
    """What is fixed, or awarded within its own bounds."""
    if isinstance(points, Award):
        return clip(clip(as_amount(values[points.fact]), points.at_least, points.at_most), low, high)
    return _fixed(points, low, high)


def _fixed(number: int, low: int | None, high: int | None) -> Amount:
    number = number if low is None else max(number, low)
    return constant(number if high is None else min(number, high))


def _each(form: Each, values: Mapping[str, Value]) -> Amount:
    terms = [constant(form.start)]
    for name, by in form.points:
        value = as_amount(values[name])
        if form.beyond is not None:
            less = add([value, constant(-form.beyond)])
            value = clip(less, 0, None)
        if form.short_of is not None:
            value = clip(add([constant(form.short_of), multiply(-ONE, value)]), 0, None)
        if form.step is None:
            terms.append(multiply(by, value))
        elif by:
            steps = whole_steps(value, form.step, form.round_up)
            terms.append(Amount(abs(by), steps if by > 0 else -steps))
    return add(terms)
