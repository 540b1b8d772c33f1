"""Whole-number arithmetic in columns, exact on every backend: 64 bits where they surely suffice, else 38 digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import gcd
from operator import add

import ibis
from ibis.expr.types import Column

from engine.model.number import LIMIT, ONE

SAFE = 2**62
"""What 64 bits surely hold."""

_GREATEST = 4e18  # beyond every number of the language, and within 64 bits
WIDE = "decimal(38, 0)"


def folded(join: Callable[[Column, Column], Column], parts: Sequence[Column]) -> Column:
    """Parts joined two by two, so that many are not nested as deep as they are many."""
    while len(parts) > 1:
        pairs = [join(*parts[at : at + 2]) for at in range(0, len(parts) - 1, 2)]
        parts = [*pairs, parts[-1]] if len(parts) % 2 else pairs
    return parts[0]


def least(columns: Sequence[Column]) -> Column:
    """The least of some columns; Spark takes no function of one."""
    return ibis.least(*columns) if len(columns) > 1 else columns[0]


def greatest(columns: Sequence[Column]) -> Column:
    """The greatest of some columns."""
    return ibis.greatest(*columns) if len(columns) > 1 else columns[0]


def added(columns: Sequence[Column]) -> Column:
    """The sum of some columns."""
    return folded(add, columns)


def whole(column: Column) -> Column:
    return column.cast("int64")


def wide(column: Column) -> Column:
    return column.cast(WIDE)


def literal(number: int) -> Column:
    """A constant of 64 bits; a bare number would be of as few bits as hold it, and overflow in products."""
    return ibis.literal(str(number)).cast("int64")


def quotient(dividend: Column, divisor: Column) -> Column:
    """How often the divisor goes into a dividend that is not negative; exact for quotients up to 2 x 10^15.

    What is left over is taken off first, so that the division in floating point has a whole result, and is off by
    less than a half.
    """
    exact = dividend - dividend % divisor
    close = exact.cast("float64") / divisor.cast("float64")
    return whole(ibis.ifelse(close > _GREATEST, ibis.literal(_GREATEST), close).round())  # `round` is of 64 bits already


def divide(dividend: Column, divisor: Column, bound: int) -> Column:
    """Rounded half away from zero; `bound` is the most that the dividend can be. A zero divisor gives null."""
    if bound >= SAFE // 4:
        dividend, divisor = wide(dividend), wide(divisor)
    negative = (dividend < 0) != (divisor < 0)
    above, below = dividend.abs(), divisor.abs()
    magnitude = quotient(above * 2 + below, (below * 2).nullif(0))
    return ibis.ifelse(negative, -magnitude, magnitude)


def ratio(of: Column, to: Column, per: int, negative: bool) -> Column:
    """`per` x of / to of two numbers, which may be `negative`; null where `to` is zero.

    Only what needs them has 38 digits, and what is surely not negative is not asked for its sign.
    """
    narrow = SAFE // 4 // per
    exact = divide(wide(of) * wide(literal(per)), wide(to), LIMIT * LIMIT)
    if negative:
        small = (of.abs() < narrow) & (to.abs() < narrow)
        return ibis.ifelse(small, divide(of * per, to, SAFE // 4 - 1), exact)
    above, below = of * (2 * per) + to, (to * 2).nullif(0)
    near = (above - above % below).cast("float64") / below.cast("float64")
    return ibis.ifelse((of < narrow) & (to < narrow), whole(near), exact)


def multiply(amount: int, value: Column, bound: int = LIMIT) -> Column:
    """A fixed number times a column of numbers up to `bound`, rounded once; of 38 digits where 64 bits may not hold it."""
    common = gcd(amount, ONE)
    factor, by = amount // common, ONE // common
    most = abs(factor) * bound
    if by == 1:
        return (value if most < SAFE else wide(value)) * factor
    if most < SAFE // 4:
        return divide(value * factor, literal(by), most)
    narrow = abs(amount) * bound // ONE < 2 * LIMIT
    product = divide(wide(value) * factor, literal(by), most)
    return product if narrow else wide(product)


def clip(column: Column, low: int | None, high: int | None) -> Column:
    """Between fixed bounds, and then surely of 64 bits."""
    if low is not None:
        column = ibis.greatest(column, literal(low))
    if high is not None:
        column = ibis.least(column, literal(high))
    return whole(column)
