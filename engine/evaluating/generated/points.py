"""Points: the lines that set a local to what a scoring form gives, each constant clipped beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from engine.evaluating.generated.conditions import condition_text
from engine.evaluating.generated.text import Lines, Namespace, chain, literal
from engine.model.condition import Comparison
from engine.model.number import ONE
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form, Points

Test = Callable[[Comparison], str]


def points_lines(form: Form, target: str, low: int | None, high: int | None, names: Namespace, test: Test) -> Lines:
    """Sets `target`, within the bounds that are there."""

    def fixed(points: Points | None) -> str:
        assert not isinstance(points, tuple)
        amount = int(points or 0)  # type: ignore[arg-type]
        return literal(_clipped(amount, low, high))

    match form:
        case Each():
            return [*_line(form, target, names), *_clip(target, low, high)]
        case Bands(fact, bands, otherwise):
            ways = [(test(Comparison(fact, band.operator, band.threshold)), band.points) for band in bands]
            return chain([(text, [f"{target} = {fixed(points)}"]) for text, points in ways], [f"{target} = {fixed(otherwise)}"])
        case Choices(fact, choices, otherwise):
            table = names.bind("choices", {value: _clipped(int(points), low, high) for value, points in choices})  # type: ignore[arg-type]
            return [f"{target} = {table}.get({names.facts[fact]}, {fixed(otherwise)})"]
        case FirstOf(branches, otherwise):
            ways = [(condition_text(branch.when, test), branch.points) for branch in branches]
            return chain([(text, [f"{target} = {fixed(points)}"]) for text, points in ways], [f"{target} = {fixed(otherwise)}"])
        case never:
            assert_never(never)


def _clipped(points: int, low: int | None, high: int | None) -> int:
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def _clip(target: str, low: int | None, high: int | None) -> Lines:
    below = [f"if {target} < {literal(low)}: {target} = {literal(low)}"] if low is not None else []
    above = [f"if {target} > {literal(high)}: {target} = {literal(high)}"] if high is not None else []
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
