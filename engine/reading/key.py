"""What a cell that names something (a subject, record, model, category …) says, however it was typed or exported.

Documents, text files, Parquet, databases, workbooks and Spark all ask here, so a name is the same name everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from msgspec import Struct

from engine.model.identifier import (
    REGISTRARS,
    credit_code_digit,
    organisation_code_digit,
    registration_digit,
    resident_id_digit,
)
from engine.model.invisible import HIDDEN, VARYING, pattern
from engine.model.period import read_day

PLAIN = r"^[0-9A-Za-z_\x{4e00}-\x{9fff}〔〕【】][0-9A-Za-z_\x{4e00}-\x{9fff}〔〕【】.:/#()\[\]-]*$"
"""What `read_key` leaves as it is unless it is EXPORTED, as a pattern of RE2 and Java, so that a backend may pass it over."""

EXPORTED = r"^[0-9]+[.][0-9]*([eE][0-9]+)?$"
"""Numbers that a program wrote where a name belongs: `4.3050319E17`, `430503196304130038.0`."""

PLAIN_SUBJECT = (
    r"^([0-9ANY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}|[B-LO-XZb-lo-xz_]([0-9A-Za-z_.:/#-]{0,13}[0-9A-Za-z_])?|[0-9]{1,14})$"
)
"""What `read_subject_key` leaves as it is; letters with which codes of one register or another begin are not among them."""

_NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE](?:[+-][0-9]+)|[0-9]+[.,][0-9]*[eE][0-9]+"
_FLOAT = r"[+-]?[0-9]{6,}\.0*"
_QUOTES = "'\"`=‘’‚‛“”„‟′″«»‹›「」『』〝〞"
_SCRIPTS = (
    "CJK ", "HIRAGANA ", "KATAKANA", "BOPOMOFO ", "HANGUL SYLLABLE", "TIBETAN ", "MONGOLIAN ", "ARABIC LETTER ", "YI SYLLABLE",
    "IDEOGRAPHIC ",
)  # fmt: skip
"""Whose letters nobody takes for a Latin letter or a digit."""

LETTERS_AS_DIGITS = str.maketrans("OIZS", "0125")
"""Letters that codes do not have, since they look like digits."""

_CODE = re.compile(rf"[{REGISTRARS}][0-9]{{7}}[0-9A-Z]{{10}}")
_ORGANISATION = r"[0-9A-Z]{8}-[0-9X]|MA[0-9A-Z]{6}[0-9X]"
_KINDS = frozenset(
    f"{registrar}{kind}"
    for registrar, kinds in {
        "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129", "8": "19", "9": "123",
        "A": "19", "N": "1239", "Y": "1",
    }.items()
    for kind in kinds
)  # fmt: skip
"""With which two characters codes begin, as far as we know: who registered it, and what it is (GB 32100-2015).

Fragments are recognised by them, and nothing else: a whole code is taken by its check digit, however it begins.
"""

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)


class KeyRefused(Struct, frozen=True):
    """Why a text names nothing: the code of the problem, what fills its sentence, and what may have been meant."""

    code: str
    values: dict[str, object] = {}
    near: tuple[str, ...] = ()


def read_key(written: str) -> str | KeyRefused:
    """The name in NFKC without blanks around it; refused where characters are in it that nobody sees or takes for others.

    >>> read_key(" ｒ－1　"), read_key("r\\u200b1").code, read_key("4.30503E+17").code, read_key("'0012").code
    ('r-1', 'key_invisible', 'key_scientific', 'key_quoted')
    """
    if is_plain_key(written):
        return written
    text = unicodedata.normalize("NFKC", written).strip()
    if is_plain_key(text):
        return text
    if unseen := [f"U+{ord(character):04X}" for character in dict.fromkeys(text) if is_invisible(character)]:
        return KeyRefused("key_invisible", {"value": written, "characters": unseen})
    if text and (text[0] in _QUOTES or text[-1] in _QUOTES):
        return KeyRefused("key_quoted", {"value": written})
    if re.fullmatch(_NUMBER, text) or re.fullmatch(_FLOAT, text):
        return KeyRefused("key_scientific", {"value": written})
    if foreign := list(dict.fromkeys(character for character in text if not character.isascii() and _is_foreign(character))):
        return KeyRefused(
            "key_lookalike", {"value": written, "characters": [f"{character} U+{ord(character):04X}" for character in foreign]}
        )
    return text


def is_plain_key(text: str) -> bool:
    """Whether a text is the name that it is read as, as nearly every one is: Latin letters, digits, dashes."""
    return text.isascii() and (text.isalnum() or text.replace("-", "").replace("_", "").isalnum())


def read_subject_key(written: str) -> str | KeyRefused:
    """A subject's identifier: codes in capitals without blanks or unseen characters, and nothing that is nearly a code.

    >>> read_subject_key("91110000 6000\u200b37341l"), read_subject_key("9111-0000600037341L").near
    ('91110000600037341L', ('91110000600037341L',))
    >>> read_subject_key("9111000060003734").code, read_subject_key("60003734-1").code
    ('code_length', 'other_register')
    """
    code = written.upper() if _is_bare(written) else _bare(written)
    if _CODE.fullmatch(code):
        return code
    text = read_key(written)
    if isinstance(text, KeyRefused):
        return text
    bare = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(LETTERS_AS_DIGITS)
    if text.isascii() and _CODE.fullmatch(bare) and _is_sound(bare):
        return KeyRefused("code_nearly", {"value": written}, (bare,))
    if text.isascii() and _is_fragment(re.sub(r"[^0-9A-Z]", "", text.upper()), bare):
        return KeyRefused("code_length", {"value": written, "length": len(bare)})
    if register := _other_register(text.upper()):
        return KeyRefused("other_register", {"value": written, "register": register})
    return text


def _is_bare(written: str) -> bool:
    """Whether a text has but Latin letters and digits, as nearly every identifier has."""
    return written.isascii() and written.isalnum()


def _bare(written: str) -> str:
    """A text in capitals without blanks and what nobody sees."""
    return _unseen().sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))).upper()


@cache
def _unseen() -> re.Pattern[str]:
    """What nobody sees; a millisecond's work."""
    return pattern(HIDDEN + VARYING)


def meant_code(code: str) -> tuple[str, ...]:
    """The code that is meant where letters that codes do not have stand for digits; none where there is no such code."""
    meant = code.translate(LETTERS_AS_DIGITS)
    return (meant,) if meant != code and _is_sound(meant) else ()


def _is_sound(code: str) -> bool:
    return code[-1] in (credit_code_digit(code), resident_id_digit(code))


def _is_fragment(plain: str, bare: str) -> bool:
    """Whether a text is a code or a resident id to which characters came, or from which some went, likelier than another number."""
    if len(bare) in (16, 17, 19, 20) and _begins_as_resident(bare):
        return True
    if not 10 <= len(plain) <= 24 or len(plain) == 18 or (plain.isdigit() and len(plain) not in (16, 17, 19, 20)):
        return False
    return (
        _begins_as_code(plain) or (len(plain) == 17 and _holds_organisation(plain)) or (len(plain) == 19 and _holds_code(plain))
    )


def _begins_as_code(plain: str) -> bool:
    """Registrar, kind and region, where one of them is missing or a character came before them."""
    whole = plain[:2] in _KINDS and plain[2:4] in _PROVINCES and plain[4:7].isdigit()
    without = len(plain) == 17 and not plain.isdigit() and plain[0] in REGISTRARS and plain[1:3] in _PROVINCES
    return whole or (without and plain[3:7].isdigit())


def _holds_organisation(plain: str) -> bool:
    """Whether it ends as a code does, in an organisation code and a check character, and begins with the digits of one."""
    begins = plain[:2] in _KINDS and plain[2:7].isdigit()
    return begins and organisation_code_digit(plain[-10:-1]) == plain[-2] and not plain[-10:].isdigit()


def _holds_code(plain: str) -> bool:
    """Whether it is a sound code but for one character."""
    shorter = (plain[:at] + plain[at + 1 :] for at in range(len(plain)))
    return any(code[:2] in _KINDS and code[2:4] in _PROVINCES and credit_code_digit(code) == code[-1] for code in shorter)


def _begins_as_resident(bare: str) -> bool:
    born = f"{bare[6:10]}-{bare[10:12]}-{bare[12:14]}"
    return bare[:2] in _PROVINCES and bare[:14].isdigit() and bare[6:8] in ("19", "20") and read_day(born) is not None


def _other_register(text: str) -> str | None:
    """The register of which a text is a number, beside the two that name subjects: as it is written, and by its check digit."""
    bare = text.replace("-", "")
    if re.fullmatch(_ORGANISATION, text) and organisation_code_digit(bare) == bare[-1]:
        return "organisation_code"
    if re.fullmatch(r"[0-9]{15}", text) and text[:2] in _PROVINCES:
        if registration_digit(text) == text[-1]:
            return "registration_number"
        if read_day(f"19{text[6:8]}-{text[8:10]}-{text[10:12]}") is not None:
            return "resident_id_15"
    return None


def is_invisible(character: str) -> bool:
    """Whether a character is one that a reader does not see, or that changes how others are shown."""
    return _unseen().match(character) is not None


def invisible_in(text: str) -> list[str]:
    """The code points of such characters in a text of several lines."""
    if (text.isascii() and text.isprintable()) or not _unseen().search(text):
        return []
    return [
        f"U+{ord(character):04X}" for character in dict.fromkeys(text) if character not in "\t\n\r" and is_invisible(character)
    ]


def _is_foreign(character: str) -> bool:
    """Whether a character is a letter or digit of an alphabet that has ones like ours."""
    if not unicodedata.category(character).startswith(("L", "N", "M", "Cn")):
        return False
    return not unicodedata.name(character, "").startswith(_SCRIPTS)
