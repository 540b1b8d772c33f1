"""Exact arithmetic on the solver's whole numbers: nothing but sums, comparisons, and products and quotients by constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import gcd
from typing import Literal, assert_never

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.model.condition import Ordering
from engine.model.number import ONE

Comparing = Literal["is", "is_not", Ordering]
"""Comparisons with one number."""


class Amount(Struct, frozen=True):
    """A number of the language, unit x count of 0.0001; a large unit keeps what the solver sees small."""

    unit: int
    count: Term

    @property
    def term(self) -> Term:
        """In counts of 0.0001."""
        return self.count if self.unit == 1 else self.unit * self.count


ZERO = Amount(0, z3.IntVal(0))


def constant(number: int) -> Amount:
    return Amount(abs(number), z3.IntVal(1 if number > 0 else -1)) if number else ZERO


def all_hold(parts: Iterable[Term]) -> Term:
    return z3.And(list(parts))


def any_holds(parts: Iterable[Term]) -> Term:
    return z3.Or(list(parts))


def equal_terms(amounts: Sequence[Amount]) -> tuple[int, list[Term]]:
    """The greatest unit that all share, and the count of each in it."""
    unit = gcd(*(amount.unit for amount in amounts)) or 1
    return unit, [amount.count if amount.unit == unit else amount.count * (amount.unit // unit) for amount in amounts]


def add(amounts: Sequence[Amount]) -> Amount:
    if not amounts:
        return ZERO
    unit, counts = equal_terms(amounts)
    return Amount(unit, z3.Sum(counts) if len(counts) > 1 else counts[0])


def choose(cases: Sequence[tuple[Term, Amount]], otherwise: Amount) -> Amount:
    """The amount of the first case whose condition holds."""
    unit, counts = equal_terms([amount for _, amount in cases] + [otherwise])
    choice = counts[-1]
    for (when, _), count in reversed(list(zip(cases, counts, strict=False))):
        choice = z3.If(when, count, choice)
    return Amount(unit, choice)


def compare(operator: Comparing, amount: Amount, number: int) -> Term:
    """A comparison with a constant."""
    unit, count = amount.unit or 1, amount.count
    up, down = -(-number // unit), number // unit
    match operator:
        case "at_least":
            return count >= up
        case "above":
            return count > down
        case "at_most":
            return count <= down
        case "below":
            return count < up
        case "is" | "is_not":
            same = count == down if up == down else z3.BoolVal(False)
            return same if operator == "is" else z3.Not(same)
        case never:
            assert_never(never)


def compare_two(operator: Comparing, left: Amount, right: Amount) -> Term:
    _, (first, second) = equal_terms([left, right])
    match operator:
        case "at_least":
            return first >= second
        case "above":
            return first > second
        case "at_most":
            return first <= second
        case "below":
            return first < second
        case "is":
            return first == second
        case "is_not":
            return first != second
        case never:
            assert_never(never)


def clip(amount: Amount, low: int | None, high: int | None) -> Amount:
    """Within bounds, where there are any."""
    cases = []
    if low is not None:
        cases.append((compare("below", amount, low), constant(low)))
    if high is not None:
        cases.append((compare("above", amount, high), constant(high)))
    return choose(cases, amount) if cases else amount


def scaled(amount: Amount, by: int, over: int) -> Amount:
    """amount x by / over, halves away from zero; exact where the unit allows it."""
    if not by or not amount.unit:
        return ZERO
    unit, rest = divmod(amount.unit * by, over)
    if not rest:
        return Amount(abs(unit), amount.count if unit > 0 else -amount.count)
    common = gcd(amount.unit * by, over)
    dividend, divisor = amount.count * (amount.unit * by // common), over // common
    return Amount(1, rounded(dividend, divisor))


def rounded(dividend: Term, divisor: int) -> Term:
    """The whole number nearest to the quotient, halves away from zero."""
    up = (2 * dividend + divisor) / z3.IntVal(2 * divisor)
    return z3.If(dividend >= 0, up, -((divisor - 2 * dividend) / z3.IntVal(2 * divisor)))


def multiply(by: int, amount: Amount) -> Amount:
    """The product of two numbers of the language, rounded once."""
    return scaled(amount, by, ONE)


def whole_steps(amount: Amount, step: int, round_up: bool = False) -> Term:
    """How many whole steps there are in an amount, cut off towards zero; rounded up, begun ones count, away from zero."""
    if amount.unit % step == 0:
        return amount.count * (amount.unit // step)
    common = gcd(amount.unit, step)
    dividend, divisor = amount.count * (amount.unit // common), z3.IntVal(step // common)
    below, above = dividend / divisor, -(-dividend / divisor)
    return z3.If(dividend >= 0, above, below) if round_up else z3.If(dividend >= 0, below, above)


def nearest_at_least(dividend: Amount, divisor: Amount, number: int) -> Term:
    """Whether dividend / divisor, rounded half away from zero, is at least a number; the divisor is above 0.

    Where the divisor is small, rounding makes no difference, and smaller factors say the same.
    """
    left, right = 2 * dividend.unit * dividend.count, (2 * number - 1) * divisor.unit * divisor.count
    if number <= 0:
        return left > right
    common = gcd(dividend.unit, number * divisor.unit)
    plain = dividend.unit // common * dividend.count >= number * divisor.unit // common * divisor.count
    small = small_divisor(dividend, divisor, number)
    return z3.If(divisor.count < small, plain, left >= right) if small > 2 else left >= right


def small_divisor(dividend: Amount, divisor: Amount, number: int) -> int:
    """The count of the divisor below which rounding makes no difference to whether a quotient is at least a number.

    Below it two different fractions, of which one is number x divisor.unit / dividend.unit, are further apart than a half.
    """
    common = gcd(dividend.unit, number * divisor.unit)
    return -(-2 * common // divisor.unit)
