"""Points: the lines that set a local to what a scoring form gives, each constant clipped beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from msgspec import Struct

from engine.evaluating.generated.conditions import condition_text
from engine.evaluating.generated.text import Lines, Namespace, chain, literal
from engine.model.condition import Comparison
from engine.model.number import ONE
from engine.model.scoring import Award, Bands, Choices, Each, FirstOf, Form, Points, awards

Test = Callable[[Comparison], str]


class Target(Struct, frozen=True):
    """The local that gets the points, their bounds, and what names the function that warns of an award outside of its band."""

    local: str
    low: int | None
    high: int | None
    warning: Callable[[Award], str]


def points_lines(form: Form, target: Target, names: Namespace, test: Test) -> Lines:
    """Sets the target's local, within the bounds that are there; `outside` gets the warnings of awards."""
    match form:
        case Each():
            return [*_line(form, target.local, names), *_clip(target)]
        case Bands(fact, bands, otherwise):
            ways = [(test(Comparison(fact, band.operator, band.threshold)), band.points) for band in bands]
        case Choices(fact, choices, otherwise) if any(awards(form)):
            ways = [(test(Comparison(fact, "is", value)), points) for value, points in choices]
        case Choices(fact, choices, otherwise):
            table = names.bind("choices", {value: _clipped(points, target) for value, points in choices})
            return [f"{target.local} = {table}.get({names.facts[fact]}, {literal(_clipped(otherwise or 0, target))})"]
        case FirstOf(branches, otherwise):
            ways = [(condition_text(branch.when, test), branch.points) for branch in branches]
        case never:
            assert_never(never)
    return chain([(text, _fixed(points, target, names)) for text, points in ways], _fixed(otherwise or 0, target, names))


def _fixed(points: Points, target: Target, names: Namespace) -> Lines:
    """What a band, choice or branch gives: a constant, or what is awarded, brought to the nearer bound."""
    if not isinstance(points, Award):
        return [f"{target.local} = {literal(_clipped(points, target))}"]
    v, low, high = names.facts[points.fact], literal(points.at_least), literal(points.at_most)
    warning = f"if {v} < {low} or {v} > {high}: outside += ({target.warning(points)}({v}),)"
    return [f"{target.local} = min(max({v}, {low}), {high})", *_clip(target), warning]


def _clipped(points: Points, target: Target) -> int:
    assert not isinstance(points, Award)
    if target.low is not None and points < target.low:
        return target.low
    return target.high if target.high is not None and points > target.high else points


def _clip(target: Target) -> Lines:
    local, low, high = target.local, target.low, target.high
    below = [f"if {local} < {literal(low)}: {local} = {literal(low)}"] if low is not None else []
    above = [f"if {local} > {literal(high)}: {local} = {literal(high)}"] if high is not None else []
    return below + ([f"el{above[0]}"] if below and above else above)


def _line(form: Each, target: str, names: Namespace) -> Lines:
    start = literal(form.start)
    if form.beyond is None and form.short_of is None and form.step is None:
        exact = [f"{literal(amount // ONE)} * {names.facts[fact]}" for fact, amount in form.points if not amount % ONE]
        rounded = [(fact, amount) for fact, amount in form.points if amount % ONE]
        lines = [f"{target} = {' + '.join([start, *exact])}"]
        for fact, amount in rounded:
            lines += [f"x = {literal(amount)} * {names.facts[fact]}", f"{target} += {_rounded('x')}"]
        return lines
    ((fact, amount),) = form.points
    lines = [f"x = {names.facts[fact]}"]
    if form.beyond is not None:
        lines += [f"x -= {literal(form.beyond)}", "if x < 0: x = 0"]
    if form.short_of is not None:
        lines += [f"x = {literal(form.short_of)} - x", "if x < 0: x = 0"]
    if form.step is None:
        return [*lines, f"x *= {literal(amount)}", f"{target} = {start} + {_rounded('x')}"]
    step = literal(form.step)
    # whole steps, or begun ones, counted from nothing in either direction
    up, down = (f"-(-x // {step})", f"x // {step}") if form.round_up else (f"x // {step}", f"-(-x // {step})")
    return [*lines, f"{target} = {start} + {literal(amount)} * ({up} if x >= 0 else {down})"]


def _rounded(x: str) -> str:
    """A product of two numbers as a number, halves away from zero."""
    half = ONE // 2
    return f"(({x} + {half}) // {ONE} if {x} >= 0 else -(({half} - {x}) // {ONE}))"
