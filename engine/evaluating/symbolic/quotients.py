"""A rounded quotient as a number of its own, held to what it stands for at the numbers that matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, nearest_at_least, scaled
from engine.model.number import divide

DIVISORS = (1, 2, 3, 4, 5, 8, 10, 20, 25, 50, 100, 1000)


class Quotient(Struct, frozen=True):
    """dividend / divisor rounded, as a number of its own that `cuts` hold to what it stands for, where the divisor is above 0."""

    term: Term
    dividend: Amount
    divisor: Amount
    cuts: set[int]
    exact: bool
    """Whether more is made of it than comparisons with constants."""


def cut(one: Quotient, numbers: Iterable[int]) -> list[Term]:
    """What ties the number to the quotient at each of these numbers."""
    rules = []
    for number in sorted(numbers):
        above = nearest_at_least(one.dividend, one.divisor, number)
        rules.append(z3.Implies(one.divisor.count > 0, (one.term >= number) == above))
    return rules


def in_order(less: Quotient, more: Quotient) -> Iterator[Term]:
    """Of two quotients alike that with less to divide, or by more, is not the greater."""
    if (less.dividend.unit, less.divisor.unit) == (more.dividend.unit, more.divisor.unit):
        both_there = [less.divisor.count >= more.divisor.count, more.divisor.count > 0]
        both_there += [less.dividend.count <= more.dividend.count, more.dividend.count >= 0]
        yield z3.Implies(z3.And(both_there), less.term <= more.term)


def is_exact(quotients: Sequence[Quotient]) -> list[Term]:
    """Divisors that people like, by which quotients are exact: some subjects, not all."""
    found: list[Term] = []
    for one in quotients:
        if one.exact:
            ways = [one.divisor.count <= 0]
            for by in DIVISORS:
                right = scaled(one.dividend, 1, one.divisor.unit * by)
                ways.append(z3.And(one.divisor.count == by, one.term == right.term))
            found.append(z3.Or(ways))
    return found


def repaired(quotients: Sequence[Quotient], model: z3.ModelRef, whatever: bool = False) -> list[Term]:
    """What a solution got wrong about quotients whose very value matters, or about any, so that the next one does not."""
    rules: list[Term] = []
    for one in quotients:
        if not (one.exact or whatever):
            continue
        values = (model.eval(term, model_completion=True).as_long() for term in (one.term, one.dividend.term, one.divisor.term))
        found, dividend, divisor = values
        if divisor > 0 and found != (right := divide(dividend, divisor)):
            rules += cut(one, {found, found + 1, right, right + 1})
    return rules
