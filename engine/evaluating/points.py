"""Points: a fact by its scoring form to a count of 0.0001, clipped to what the indicator can give."""

from __future__ import annotations

from collections.abc import Callable

from engine.evaluating.conditions import Values, compare, compile_condition
from engine.model.number import multiply
from engine.model.scale import Scale
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form, Indicator, Item

Points = Callable[[Values], int]


def compile_indicator(indicator: Indicator, scale: Scale) -> Points:
    """Its points, in [0, points]."""
    return clip(compile_form(indicator.form, scale), 0, indicator.points)


def compile_item(item: Item, scale: Scale) -> Points:
    """An adjustment item's points, within its own bounds where it has any."""
    form = compile_form(item.form, scale)
    if item.at_least is None and item.at_most is None:
        return form
    bound = 10**30
    return clip(form, -bound if item.at_least is None else item.at_least, bound if item.at_most is None else item.at_most)


def clip(points: Points, low: int, high: int) -> Points:
    def clipped(values: Values) -> int:
        found = points(values)
        return low if found < low else high if found > high else found

    return clipped


def compile_form(form: Form, scale: Scale) -> Points:
    match form:
        case Each():
            return _each(form)
        case Bands():
            return _bands(form)
        case Choices(fact, points, otherwise):
            table = dict(points)
            rest = 0 if otherwise is None else otherwise
            return lambda values: table.get(values[fact], rest)
        case FirstOf():
            return _first_of(form, scale)


def _each(form: Each) -> Points:
    start, pairs = form.start, form.points
    if len(pairs) > 1:
        return lambda values: start + sum(multiply(amount, values[fact]) for fact, amount in pairs)
    fact, amount = pairs[0]
    beyond, step = form.beyond, form.step
    if beyond is None and step is None:
        return lambda values: start + multiply(amount, values[fact])

    def points(values: Values) -> int:
        value = values[fact]
        if beyond is not None:
            value = max(value - beyond, 0)
        if step is None:
            return start + multiply(amount, value)
        steps = value // step if value >= 0 else -(-value // step)
        return int(start + amount * steps)

    return points


def _bands(form: Bands) -> Points:
    fact, otherwise = form.fact, form.otherwise
    bands = [(band.operator, band.threshold, band.points) for band in form.bands]
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


def _first_of(form: FirstOf, scale: Scale) -> Points:
    branches = [(compile_condition(branch.when, scale), branch.points) for branch in form.branches]
    otherwise = form.otherwise

    def first(values: Values) -> int:
        for holds, points in branches:
            if holds(values):
                return points
        return otherwise

    return first
