"""Check digits agree with an independent library."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from engine.model.identifier import credit_code_digit, resident_id_digit

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=9, max_size=9))
def test_credit_code(digits: str, rest: str) -> None:
    assert credit_code_digit(f"{digits}{rest}0") == uscc.calc_check_digit(f"{digits}{rest}")


@given(st.text("0123456789", min_size=17, max_size=17))
def test_resident_id(digits: str) -> None:
    assert resident_id_digit(f"{digits}0") == ric.calc_check_digit(f"{digits}0")


def test_letters_that_look_like_digits_are_not_of_the_alphabet() -> None:
    assert credit_code_digit("91430500MA4L0I0004") is None
