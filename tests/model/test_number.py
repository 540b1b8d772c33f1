"""Numbers: exact counts of 0.0001, rounded half away from zero."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import number

numbers = st.integers(-number.LIMIT, number.LIMIT)


@given(st.integers(-(10**20), 10**20), st.integers(-(10**12), 10**12).filter(bool))
def test_divide_rounds_half_away_from_zero(dividend: int, divisor: int) -> None:
    exact = Fraction(dividend, divisor)
    quotient = number.divide(dividend, divisor)
    assert abs(quotient - exact) <= Fraction(1, 2)
    if abs(quotient - exact) == Fraction(1, 2):
        assert abs(quotient) > abs(exact)


@given(numbers)
def test_written_and_read_again(value: int) -> None:
    assert number.count_of(Decimal(number.shortest(value))) == value
    assert number.count_of(Decimal(repr(number.plain_decimal(value)))) == value


@given(numbers)
def test_scores_round_to_two_decimals(value: int) -> None:
    rounded = Decimal(value).scaleb(-4).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert number.two_decimals(number.to_cents(value)) == str(rounded).replace("-0.00", "0.00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.00001", "number_decimals"),
        ("1.0000000000000000000000000000000001", "number_decimals"),
        ("1e-99999", "number_decimals"),
        ("100000000000.0001", "number_too_large"),
        ("1e99999", "number_too_large"),
        ("NaN", "number_not_finite"),
        ("-Infinity", "number_not_finite"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(number.NotANumber) as refused:
        number.count_of(Decimal(text))
    assert refused.value.code == code


def test_the_limit_itself_is_a_number() -> None:
    assert number.count_of(10**11) == number.LIMIT
    assert number.count_of(Decimal("-1E+11")) == -number.LIMIT
