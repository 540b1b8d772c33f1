"""Points: a fact by its scoring form to a count of 0.0001, clipped to what the indicator or item can give."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from engine.evaluating.conditions import Values, compare, compile_condition
from engine.model.number import ONE, multiply
from engine.model.scale import Scale
from engine.model.scoring import Award, Bands, Choices, Each, FirstOf, Form, Indicator, Item, Points, alternatives, awards

PointsOf = Callable[[Values], int]
Clip = Callable[[int], int]

_HALF = ONE // 2


def compile_indicator(indicator: Indicator, scale: Scale) -> PointsOf:
    """Its points, in [0, points]; 0 where its `none_when` holds."""
    points = compile_form(indicator.form, scale, 0, indicator.points)
    if indicator.none_when is None:
        return points
    none = compile_condition(indicator.none_when, scale)
    return lambda values: 0 if none(values) else points(values)


def compile_item(item: Item, scale: Scale) -> PointsOf:
    """An adjustment item's points, within its own bounds where it has any."""
    return compile_form(item.form, scale, item.at_least, item.at_most)


def compile_form(form: Form, scale: Scale, low: int | None = None, high: int | None = None) -> PointsOf:
    """A scoring form's points, clipped where there are bounds."""

    def clip(points: int) -> int:
        if low is not None and points < low:
            return low
        return high if high is not None and points > high else points

    if any(awards(form)):
        return _awarded(form, scale, clip)
    match form:
        case Each():
            return _each(form, clip)
        case Bands():
            return _bands(form, clip)
        case Choices(fact, choices, otherwise):
            table = {value: clip(_fixed(points)) for value, points in choices}
            rest = clip(_fixed(otherwise or 0))
            return lambda values: table.get(values[fact], rest)
        case FirstOf():
            return _first_of(form, scale, clip)
        case never:
            assert_never(never)


def _each(form: Each, clip: Clip) -> PointsOf:
    start, pairs, beyond, step = form.start, form.points, form.beyond, form.step
    if len(pairs) > 1:

        def several(values: Values) -> int:
            total = start
            for fact, amount in pairs:
                product = amount * values[fact]  # multiply, written out: this is where the time goes
                total += (product + _HALF) // ONE if product >= 0 else -((_HALF - product) // ONE)
            return clip(total)

        return several
    fact, amount = pairs[0]
    if beyond is None and form.short_of is None and step is None:

        def single(values: Values) -> int:
            product = amount * values[fact]
            return clip(start + ((product + _HALF) // ONE if product >= 0 else -((_HALF - product) // ONE)))

        return single

    short_of, round_up = form.short_of, form.round_up

    def points(values: Values) -> int:
        value = values[fact]
        if beyond is not None:
            value = max(value - beyond, 0)
        if short_of is not None:
            value = max(short_of - value, 0)
        if step is None:
            return clip(start + multiply(amount, value))
        steps = abs(value) // step
        if round_up and abs(value) % step:
            steps += 1
        return clip(start + amount * (steps if value >= 0 else -steps))

    return points


def _bands(form: Bands, clip: Clip) -> PointsOf:
    fact, otherwise = form.fact, clip(_fixed(form.otherwise))
    bands = [(band.operator, band.threshold, clip(_fixed(band.points))) for band in form.bands]
    if all(operator == "at_least" for operator, _, _ in bands):

        def falling(values: Values) -> int:
            value = values[fact]
            for _, threshold, points in bands:
                if value >= threshold:
                    return points
            return otherwise

        return falling

    def first(values: Values) -> int:
        value = values[fact]
        for operator, threshold, points in bands:
            if compare(operator, value, threshold):
                return points
        return otherwise

    return first


def _first_of(form: FirstOf, scale: Scale, clip: Clip) -> PointsOf:
    branches = [(compile_condition(branch.when, scale), clip(_fixed(branch.points))) for branch in form.branches]
    otherwise = clip(_fixed(form.otherwise))

    def first(values: Values) -> int:
        for holds, points in branches:
            if holds(values):
                return points
        return otherwise

    return first


def _fixed(points: Points) -> int:
    """The number that stands there, in a form in which nothing is awarded."""
    assert not isinstance(points, Award)
    return points


def _awarded(form: Form, scale: Scale, clip: Clip) -> PointsOf:
    """A form of which some points are awarded: brought to the nearer bound, where they lie outside."""
    ways = [(compile_condition(w.when, scale) if w.when else None, _given_by(w.points)) for w in alternatives(form)]

    def first(values: Values) -> int:
        return clip(next((points(values) for when, points in ways if when is None or when(values)), 0))

    return first


def _given_by(points: Points) -> PointsOf:
    match points:
        case Award(fact, low, high):
            return lambda values: min(max(values[fact], low), high)
        case number:
            return lambda values: number
