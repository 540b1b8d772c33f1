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


def cut(quotient: Quotient, numbers: Iterable[int]) -> list[Term]:
    """What ties the number to the quotient at each of these numbers."""
    rules = []
    for number in sorted(numbers):
        above = nearest_at_least(quotient.dividend, quotient.divisor, number)
        rules.append(z3.Implies(quotient.divisor.count > 0, (quotient.term >= number) == above))
    return rules


def in_order(less: Quotient, more: Quotient) -> Iterator[Term]:
    """Of two quotients alike that with less to divide, or by more, is not the greater."""
    if (less.dividend.unit, less.divisor.unit) == (more.dividend.unit, more.divisor.unit):
        both_there = [less.divisor.count >= more.divisor.count, more.divisor.count > 0]
        both_there += [less.dividend.count <= more.dividend.count, more.dividend.count >= 0]
        yield z3.Implies(z3.And(both_there), less.term <= more.term)


def is_exact(quotients: Sequence[Quotient]) -> list[Term]:
    """Divisors that people like, by which quotients are exact: some subjects, not all."""
    rules: list[Term] = []
    for quotient in quotients:
        if quotient.exact:
            ways = [quotient.divisor.count <= 0]
            for by in DIVISORS:
                right = scaled(quotient.dividend, 1, quotient.divisor.unit * by)
                ways.append(z3.And(quotient.divisor.count == by, quotient.term == right.term))
            rules.append(z3.Or(ways))
    return rules


def repaired(quotients: Sequence[Quotient], model: z3.ModelRef, whatever: bool = False) -> list[Term]:
    """What a solution got wrong about quotients whose very value matters, or about any, so that the next one does not."""
    rules: list[Term] = []
    for quotient in quotients:
        if not (quotient.exact or whatever):
            continue
        values = (
            model.eval(term, model_completion=True).as_long()
            for term in (quotient.term, quotient.dividend.term, quotient.divisor.term)
        )
        value, dividend, divisor = values
        if divisor > 0 and value != (right := divide(dividend, divisor)):
            rules += cut(quotient, {value, value + 1, right, right + 1})
    return rules
