"""Which subjects an identifier that is none of theirs may be meant for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from engine.model.identifier import REGISTRARS, credit_code_digit, organisation_code_digit, resident_id_digit
from engine.reading.key import LETTERS_AS_DIGITS, KeyRefused, read_subject_key

_CODE = rf"[{REGISTRARS}][0-9]{{7}}[0-9A-Z]{{10}}"
_EXPORTED = r"\s*([0-9])(?:[.,]([0-9]*))?[eE]\+?([0-9]{1,2})\s*"

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
    suspect_of: dict[str, str] = {}
    exported: list[tuple[str, int, str]] = []
    suspects = set(suspects)
    for suspect in sorted(suspects):
        for likeness in likenesses(suspect):
            suspect_of.setdefault(likeness, suspect)
        if what := _shortened(suspect):
            exported.append((*what, suspect))
    meant_by: dict[str, str] = {}
    there: set[str] = set()
    for name in ids if suspect_of or exported else ():
        there.update({name} & suspects)
        meant = next((suspect_of[likeness] for likeness in likenesses(name) if suspect_of.get(likeness, name) != name), None)
        if meant is None:
            meant = next(
                (exported_id for digits, count, exported_id in exported if len(name) == count and name.startswith(digits)), None
            )
        if meant is not None and meant != name:
            meant_by[name] = meant
    return meant_by | {suspect: name for name, suspect in sorted(meant_by.items(), reverse=True) if suspect in there}


def is_suspect(name: str) -> bool:
    """Whether an identifier is refused as such, or is of an older kind that a newer one holds."""
    if re.fullmatch(_CODE, name):
        return False
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
    if re.fullmatch(_CODE, bare):
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
    export = re.fullmatch(_EXPORTED, unicodedata.normalize("NFKC", written))
    if not export:
        return None
    digits = export[1] + (export[2] or "").rstrip("0")
    return digits[: max(1, len(digits) - 1)], int(export[3]) + 1
