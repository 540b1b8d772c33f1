"""Whole-number arithmetic in columns, exact on every backend: 64 bits where they surely suffice, else 38 digits."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column

SAFE = 2**62
"""What 64 bits surely hold."""

_GREATEST = 4e18  # beyond every number of the language, and within 64 bits
WIDE = "decimal(38, 0)"


def whole(column: Column) -> Column:
    return column.cast("int64")


def wide(column: Column) -> Column:
    return column.cast(WIDE)


def literal(number: int) -> Column:
    """A constant of 64 bits; a bare number would be of as few bits as hold it, and overflow in products."""
    return ibis.literal(str(number)).cast("int64")


def _quotient(dividend: Column, divisor: Column) -> Column:
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
    magnitude = _quotient(above * 2 + below, (below * 2).nullif(0))
    return ibis.ifelse(negative, -magnitude, magnitude)
