"""Check digits of identifiers. The formulas are two lines each; a library for them would cost the command 50 ms a start."""

from __future__ import annotations

from operator import mul

_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_CODE)}
REGISTRARS = "0123456789ANY"
"""With what a code begins: the kind of authority that registered it."""

_CODE_WEIGHTS = tuple(3**position % 31 for position in range(17))
_ID_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))


def credit_code_digit(code: str) -> str | None:
    """The check character of a unified social credit code (GB 32100-2015); None where a character is not of its alphabet.

    >>> credit_code_digit("91110000600037341L")
    'L'
    """
    if len(code) != 18 or code[0] not in REGISTRARS or not code[1:8].isdigit() or not _VALUES.keys() >= set(code):
        return None
    total = sum(map(mul, map(_VALUES.__getitem__, code), _CODE_WEIGHTS))
    return _CODE[-total % 31]


def organisation_code_digit(code: str) -> str | None:
    """The check character of an organisation code without its hyphen (GB 11714-1997); None where it is not nine characters.

    >>> organisation_code_digit("600037341")
    '1'
    """
    if len(code) != 9 or not code.isascii() or not code.isalnum():
        return None
    total = sum(int(character, 36) * weight for character, weight in zip(code, (3, 7, 9, 10, 5, 8, 4, 2), strict=False))
    return "0123456789X0"[(11 - total % 11)]


def registration_digit(number: str) -> str | None:
    """The check digit of a business registration number (GS 15-2006, ISO 7064 MOD 11,10); None where it is not 15 digits.

    >>> registration_digit("110108000000016")
    '6'
    """
    if len(number) != 15 or not number.isascii() or not number.isdigit():
        return None
    product = 10
    for digit in number[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def resident_id_digit(number: str) -> str | None:
    """The check character of a resident id (GB 11643-1999, ISO 7064 MOD 11-2); None where it is not 17 digits and one.

    >>> resident_id_digit("43050219630413003X")
    'X'
    """
    if len(number) != 18 or not number[:17].isdigit():
        return None
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "0123456789X"[(1 - total) % 11]
