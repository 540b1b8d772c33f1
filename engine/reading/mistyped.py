"""The subjects that a row of nobody's may be meant for, because a hand slipped: a few characters of a code wrong, zeros lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.model.identifier import REGISTRARS, credit_code_digit, resident_id_digit
from engine.reading.key import KeyRefused, read_subject_key

_CODE = re.compile(rf"[{REGISTRARS}][0-9A-Z]{{16,18}}")
_LETTERS = 4
"""So many letters an identifier of somebody's own must have, before one of them wrong is taken for a slip."""


def mistyped_subjects(nobodys: Iterable[str], ids: Iterable[str]) -> dict[str, str]:
    """The ids that identifiers which are nobody's may be meant for, each with the one it was mistyped as.

    A sound code is somebody else's, and so is an identifier of one's own with another number.

    >>> mistyped_subjects(["91110000600037431L", "12", "shpo-7"], ["91110000600037341L", "0012", "shop-7", "shop-8"])
    {'91110000600037341L': '91110000600037431L', '0012': '12', 'shop-7': 'shpo-7'}
    """
    codes: dict[str, str] = {}
    others: dict[str, str] = {}
    for name in sorted(set(nobodys)):
        plain = name.upper()
        slips, kinds = (codes, _shorter_codes(plain)) if _CODE.fullmatch(plain) else (others, _kinds(plain))
        for kind in () if slips is codes and _is_sound(plain) else kinds:
            slips.setdefault(kind, name)
    meant: dict[str, str] = {}
    for known in ids if codes or others else ():
        slips, kinds = (codes, _shorter_codes(known)) if _CODE.fullmatch(known) else (others, _kinds(known.upper()))
        slip = next((slips[kind] for kind in kinds if kind in slips), known) if slips else known
        if slip != known:
            meant[known] = slip
    return meant


_CUTS = tuple((at, at + run) for run in (1, 2, 3) for at in range(19))


def _shorter_codes(code: str) -> Iterator[str]:
    """A code, and what it is without up to three characters in a row: two that share one of these differ there alone."""
    yield code
    for start, end in _CUTS:
        yield code[:start] + code[end:]


def _kinds(plain: str) -> Iterator[str]:
    """An identifier of one's own without zeros that a program takes away, and without one of many letters."""
    letters, digits = re.sub("[0-9]+", "0", plain), tuple(int(number) for number in re.findall("[0-9]+", plain))
    yield f"{letters} {digits}"
    if digits and sum(character.isalpha() for character in letters) >= _LETTERS:
        yield from (f"{letters[:at]}{letters[at + 1 :]} {digits}" for at in range(len(letters)))


def _is_sound(code: str) -> bool:
    """Whether a code is one that there may be, of somebody else."""
    if isinstance(read_subject_key(code), KeyRefused):
        return False
    return code[-1] in (credit_code_digit(code), resident_id_digit(code))
