"""Which subjects an identifier that is none of theirs may be meant for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from engine.model.identifier import credit_code_digit, organisation_code_digit, resident_id_digit
from engine.reading.key import LETTERS_AS_DIGITS, KeyRefused, read_subject_key

_CODE = re.compile(r"[0-9]{8}[0-9A-Z]{10}")
_EXPORTED = re.compile(r"\s*([0-9])(?:[.,]([0-9]*))?[eE]\+?([0-9]{1,2})\s*")

_LATIN = dict(
    zip("АВЕЅІЈКМНОРСТУХҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧΥ〇Ӏ", "ABESIJKMHOPCTYXYQWABEZHIKMNOPTYXY0I", strict=True)
)  # fmt: skip
"""Capitals of other alphabets that look as Latin ones do."""


def meant_subjects(suspects: Iterable[str], ids: Iterable[str]) -> dict[str, str]:
    """The ids that suspects may be meant for, each with the suspect; a suspect that is an id itself is among them.

    Suspects are texts that are refused as identifiers, or nobody's.

    >>> meant_subjects(["shop-1\\u200b", "4.30502E+17"], ["shop-1", "shop-2", "43050219630413003X"])
    {'shop-1': 'shop-1\\u200b', '43050219630413003X': '4.30502E+17'}
    """
    wanted: dict[str, str] = {}
    exported: list[tuple[str, int, str]] = []
    suspects = set(suspects)
    for suspect in sorted(suspects):
        for likeness in likenesses(suspect):
            wanted.setdefault(likeness, suspect)
        if what := _shortened(suspect):
            exported.append((*what, suspect))
    found: dict[str, str] = {}
    there: set[str] = set()
    for name in ids if wanted or exported else ():
        there.update({name} & suspects)
        meant = next((wanted[one] for one in likenesses(name) if wanted.get(one, name) != name), None)
        if meant is None:
            meant = next((one for digits, count, one in exported if len(name) == count and name.startswith(digits)), None)
        if meant is not None and meant != name:
            found[name] = meant
    return found | {suspect: name for name, suspect in sorted(found.items(), reverse=True) if suspect in there}


def is_suspect(name: str) -> bool:
    """Whether an identifier is refused as such, or is of an older kind that a newer one holds."""
    if isinstance(read_subject_key(name), KeyRefused):
        return True
    bare = name.replace("-", "").upper()
    return bool(re.fullmatch(r"[0-9]{15}", bare)) or (len(bare) == 9 and organisation_code_digit(bare) == bare[-1])


def likenesses(written: str) -> Iterator[str]:
    """What a text is alike to, whoever typed it: two that share one of these may well name the same subject.

    Not only widths, capitals, blanks and dashes aside: a unified social credit code holds the older organisation code
    (characters 9 to 17, GB 32100), and a resident id of 18 digits the older one of 15 (GB 11643).

    >>> set(likenesses("MA1B3N1N-2")) & set(likenesses("91230500MA1B3N1N2M")), set(likenesses("А-1")) & set(likenesses("a1"))
    ({'organisation MA1B3N1N2'}, {'A1'})
    """
    bare = "".join(_skeleton(unicodedata.normalize("NFKC", written))).translate(LETTERS_AS_DIGITS)
    if not bare:
        return
    yield bare
    if _CODE.fullmatch(bare):
        if resident_id_digit(bare) == bare[-1]:
            yield f"person {bare[:6]}{bare[8:17]}"
        if credit_code_digit(bare) is not None:
            yield f"organisation {bare[8:17]}"
    elif re.fullmatch(r"[0-9A-Z]{9}", bare):
        yield f"organisation {bare}"
    elif re.fullmatch(r"[0-9]{15}", bare):
        yield f"person {bare}"


def _skeleton(text: str) -> Iterator[str]:
    """The letters and digits alone, in Latin capitals where they look so."""
    for character in unicodedata.normalize("NFD", text.upper()):
        plain = _LATIN.get(character, character)
        if plain.isalnum():
            yield str(unicodedata.digit(plain, plain))


def _shortened(written: str) -> tuple[str, int] | None:
    """The first digits of a number that was written `4.30503E+17`, without the last, which is rounded, and how many it had."""
    found = _EXPORTED.fullmatch(unicodedata.normalize("NFKC", written))
    if not found:
        return None
    digits = found[1] + (found[2] or "").rstrip("0")
    return digits[: max(1, len(digits) - 1)], int(found[3]) + 1
