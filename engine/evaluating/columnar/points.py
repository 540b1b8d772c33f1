"""Points in columns: the scoring forms, clipped to what the indicator or item can give."""

from __future__ import annotations

from typing import assert_never

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import SAFE, added, clip, literal, multiply, quotient, wide
from engine.evaluating.columnar.conditions import condition
from engine.model.number import LIMIT, ONE
from engine.model.scale import Scale
from engine.model.scoring import Award, Bands, Choices, Each, FirstOf, Form, Points


def points(table: Table, form: Form, scale: Scale, low: int | None, high: int | None) -> Column:
    """The points of a form over the fact columns of a table."""

    def fact(name: str) -> Column:
        return table[f"fact_{name}"]

    def awarded_or_fixed(amount: Points) -> Column:
        return _awarded(fact(amount.fact), amount, low, high) if isinstance(amount, Award) else _fixed(amount, low, high)

    match form:
        case Each():
            return clip(_each(table, form), low, high)
        case Bands(name, bands, otherwise):
            tests = {"at_least": "__ge__", "above": "__gt__", "at_most": "__le__", "below": "__lt__"}
            branches = [
                (getattr(fact(name), tests[band.operator])(band.threshold), awarded_or_fixed(band.points)) for band in bands
            ]
            return _first(branches, awarded_or_fixed(otherwise))
        case Choices(name, choices, otherwise):
            branches = [(fact(name) == value, awarded_or_fixed(amount)) for value, amount in choices]
            return _first(branches, awarded_or_fixed(otherwise or 0))
        case FirstOf(several, otherwise):
            branches = [(condition(branch.when, fact, scale), awarded_or_fixed(branch.points)) for branch in several]
            return _first(branches, awarded_or_fixed(otherwise))
        case never:
            assert_never(never)


def _first(branches: list[tuple[Column, Column]], otherwise: Column) -> Column:
    return ibis.cases(*branches, else_=otherwise) if branches else otherwise


def _fixed(number: int, low: int | None, high: int | None) -> Column:
    number = number if low is None else max(number, low)
    return literal(number if high is None else min(number, high))


def _awarded(awarded: Column, award: Award, low: int | None, high: int | None) -> Column:
    """What was awarded, within the band, and then within what the indicator or item can give."""
    return clip(clip(awarded, award.at_least, award.at_most), low, high)


def _each(table: Table, form: Each) -> Column:
    terms, most = [], abs(form.start)
    for name, amount in form.points:
        value = table[f"fact_{name}"]
        if form.beyond is not None:
            value = ibis.greatest(value - form.beyond, literal(0))
        if form.short_of is not None:
            value = ibis.greatest(literal(form.short_of) - value, literal(0))
        if form.step is None:
            terms.append(multiply(amount, value, 2 * LIMIT))
            most += abs(amount) * 2 * LIMIT // ONE + 1
            continue
        size = value.abs() + (form.step - 1) if form.round_up else value.abs()
        steps = quotient(size, literal(form.step))
        steps = ibis.ifelse(value < 0, -steps, steps)
        bound = abs(amount) * (2 * LIMIT // form.step + 1)
        terms.append((steps if bound < SAFE else wide(steps)) * amount)
        most += bound
    if most < SAFE:
        return added([literal(form.start), *terms])
    return added([wide(literal(form.start)), *map(wide, terms)])
