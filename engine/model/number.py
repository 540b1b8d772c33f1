"""A number is an integer count of 0.0001, so that every evaluator computes the same thing exactly."""

from __future__ import annotations

from decimal import Decimal

DECIMALS = 4
ONE = 10_000
LIMIT = 10**11 * ONE


class NotANumber(ValueError):
    """What was written is no number of the language; `code` names the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def count_of(value: int | Decimal) -> int:
    """The count of 0.0001 in a written number; NotANumber beyond 4 decimals or 10^11, or where it is not finite.

    >>> count_of(Decimal("0.5"))
    5000
    """
    if isinstance(value, int):
        scaled = value * ONE
    else:
        scaled = _scaled(value)
    if abs(scaled) > LIMIT:
        raise NotANumber("number_too_large")
    return scaled


def _scaled(value: Decimal) -> int:
    """Exact, whatever the precision of the decimal context."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise NotANumber("number_not_finite")
    count_kept = len(digits)
    while count_kept and not digits[count_kept - 1]:
        count_kept -= 1
    digits, shift = digits[:count_kept], exponent + len(digits) - count_kept + DECIMALS
    if not digits:
        return 0
    if len(digits) + shift > 20:
        raise NotANumber("number_too_large")
    if shift < 0:
        raise NotANumber("number_decimals")
    count: int = int("".join(map(str, digits))) * 10**shift
    return -count if sign else count


def divide(dividend: int, divisor: int) -> int:
    """The whole number nearest to the quotient, halves away from zero (四舍五入).

    >>> divide(5, 2), divide(-5, 2), divide(1, 3)
    (3, -3, 0)
    """
    if divisor < 0:
        dividend, divisor = -dividend, -divisor
    if dividend >= 0:
        return (2 * dividend + divisor) // (2 * divisor)
    return -((divisor - 2 * dividend) // (2 * divisor))


def multiply(left: int, right: int) -> int:
    """The product of two numbers, rounded once."""
    return divide(left * right, ONE)


def to_cents(number: int) -> int:
    """Rounded to 2 decimals, as scores are."""
    return divide(number, 100) * 100


def shortest(number: int) -> str:
    """As people write it, without trailing zeros.

    >>> shortest(785000), shortest(-5)
    ('78.5', '-0.0005')
    """
    whole, rest = divmod(abs(number), ONE)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def two_decimals(number: int) -> str:
    """As scores are written.

    >>> two_decimals(780000)
    '78.00'
    """
    whole, rest = divmod(abs(number), ONE)
    return f"{'-' if number < 0 else ''}{whole}.{rest // 100:02d}"


def plain_decimal(number: int) -> int | float:
    """As a JSON number; a float of at most 15 digits prints back exactly."""
    return number // ONE if number % ONE == 0 else number / ONE
