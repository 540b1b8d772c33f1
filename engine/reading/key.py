"""What a cell that names something (a subject, record, model, category …) says, however it was typed or exported.

Documents, text files, Parquet, databases, workbooks and Spark all ask here, so a name is the same name everywhere.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from engine.model.identifier import credit_code_digit, resident_id_digit
from engine.model.invisible import HIDDEN, VARYING, pattern
from engine.model.period import read_day

PLAIN = r"^[0-9A-Za-z_\x{4e00}-\x{9fff}〔〕【】][0-9A-Za-z_\x{4e00}-\x{9fff}〔〕【】.:/#()\[\]-]*$"
"""What `read_key` leaves as it is unless it is EXPORTED, as a pattern of RE2 and Java, so that a backend may pass it over."""

EXPORTED = r"^[0-9]+[.][0-9]*([eE][0-9]+)?$"
"""Numbers that a program wrote where a name belongs: `4.3050319E17`, `430503196304130038.0`."""

PLAIN_SUBJECT = r"^([0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}|[A-Za-z_]([0-9A-Za-z_.:/#-]{0,13}[0-9A-Za-z_])?|[0-9]{1,14})$"
"""What `read_subject_key` leaves as it is."""

_UNSEEN = pattern(HIDDEN + VARYING)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE](?:[+-][0-9]+)|[0-9]+[.,][0-9]*[eE][0-9]+")
_FLOAT = re.compile(r"[+-]?[0-9]{6,}\.0*")
_QUOTES = "'\"`=‘’‚‛“”„‟′″«»‹›「」『』〝〞"
_SCRIPTS = (
    "CJK ", "HIRAGANA ", "KATAKANA", "BOPOMOFO ", "HANGUL SYLLABLE", "TIBETAN ", "MONGOLIAN ", "ARABIC LETTER ", "YI SYLLABLE",
    "IDEOGRAPHIC ",
)  # fmt: skip
"""Whose letters nobody takes for a Latin letter or a digit."""

LETTERS_AS_DIGITS = str.maketrans("OIZS", "0125")
"""Letters that codes do not have, since they look like digits."""

_CODE = re.compile(r"[0-9]{8}[0-9A-Z]{10}")
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
    text = unicodedata.normalize("NFKC", written).strip()
    if text.isascii() and text.replace("-", "").replace("_", "").isalnum():
        return text
    if unseen := [f"U+{ord(character):04X}" for character in dict.fromkeys(text) if is_invisible(character)]:
        return KeyRefused("key_invisible", {"value": written, "characters": unseen})
    if text and (text[0] in _QUOTES or text[-1] in _QUOTES):
        return KeyRefused("key_quoted", {"value": written})
    if _NUMBER.fullmatch(text) or _FLOAT.fullmatch(text):
        return KeyRefused("key_scientific", {"value": written})
    if foreign := list(dict.fromkeys(character for character in text if not character.isascii() and _is_foreign(character))):
        return KeyRefused(
            "key_lookalike", {"value": written, "characters": [f"{character} U+{ord(character):04X}" for character in foreign]}
        )
    return text


def read_subject_key(written: str) -> str | KeyRefused:
    """A subject's identifier: codes in capitals, and nothing that is nearly a code.

    >>> read_subject_key("91110000600037341l"), read_subject_key("9111-0000600037341L").near
    ('91110000600037341L', ('91110000600037341L',))
    """
    text = read_key(written)
    if isinstance(text, KeyRefused):
        return text
    capital = text.upper()
    if _CODE.fullmatch(capital) and capital.isascii():
        return capital
    bare = re.sub(r"[^0-9A-Z]", "", capital).translate(LETTERS_AS_DIGITS)
    if text.isascii() and _CODE.fullmatch(bare) and _is_sound(bare):
        return KeyRefused("code_nearly", {"value": written}, (bare,))
    if text.isascii() and len(bare) in (16, 17, 19, 20) and _begins_as_code(bare):
        return KeyRefused("code_length", {"value": written, "length": len(bare)})
    return text


def meant_code(code: str) -> tuple[str, ...]:
    """The code that is meant where letters that codes do not have stand for digits; none where there is no such code."""
    meant = code.translate(LETTERS_AS_DIGITS)
    return (meant,) if meant != code and _is_sound(meant) else ()


def _is_sound(code: str) -> bool:
    return code[-1] in (credit_code_digit(code), resident_id_digit(code))


def _begins_as_code(bare: str) -> bool:
    """Whether a code or a resident id from which, or to which, a character came is likelier than another number."""
    if bare[0] in "159Y" and bare[1] in "1239" and bare[2:4] in _PROVINCES and bare[2:8].isdigit() and not bare.isdigit():
        return True
    born = f"{bare[6:10]}-{bare[10:12]}-{bare[12:14]}"
    return bare[:2] in _PROVINCES and bare[:14].isdigit() and bare[6:8] in ("19", "20") and read_day(born) is not None


def is_invisible(character: str) -> bool:
    """Whether a character is one that a reader does not see, or that changes how others are shown."""
    return _UNSEEN.match(character) is not None


def invisible_in(text: str) -> list[str]:
    """The code points of such characters in a text of several lines."""
    return [
        f"U+{ord(character):04X}" for character in dict.fromkeys(text) if character not in "\t\n\r" and is_invisible(character)
    ]


def _is_foreign(character: str) -> bool:
    """Whether a character is a letter or digit of an alphabet that has ones like ours."""
    if not unicodedata.category(character).startswith(("L", "N", "M", "Cn")):
        return False
    return not unicodedata.name(character, "").startswith(_SCRIPTS)
