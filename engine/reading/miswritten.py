"""Values that people write otherwise than the language does: `95%`, `６０`, `60分`, `－15`, `24个月`, a text without quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from engine.reading.day import iso_day

_DASHES = str.maketrans(dict.fromkeys("−—–‐‑‒―﹣ー", "-"))
_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_GROUPED = r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_FORMULA = rf"=.*[0-9].*|{_NUMBER}(?: *[-+*/×÷xX^] *{_NUMBER})+"
_PERCENT = rf"({_NUMBER}) *[%‰]|百分之({_NUMBER})"
_UNIT = rf"({_NUMBER}) *([万亿]?)[\u4e00-\u9fffA-Za-z℃°²³/]*"
_WORDS = r"[-负]?[〇零一二两三四五六七八九十百千]+"
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTED = (  # what a gap leaves out is said by 零: 两百五 is 250 to one and 205 to another
    "([一二两三四五六七八九]千)?零?((?:^|(?<=千))[一二两三四五六七八九]百)?零?((?:^|(?<=[百零]))[一二三四五六七八九]?十)?零?"
    "((?:^|(?<=[十零]))[一二三四五六七八九])?"
)
_MYRIADS = {"万": 4, "亿": 8}

_WINDOW = r"(?:近|最近)?([0-9]+) *个?(日|天|月|年|days?|months?|years?|d|m|y)(?:内|以内)?"
_SPANS = {"日": "days", "天": "days", "d": "days", "月": "months", "m": "months", "年": "years", "y": "years"}


class Miswritten(Struct, frozen=True):
    """The code of what is wrong with a value, and what fills its sentence: the value, and what is meant."""

    code: str
    values: Mapping[str, Any]


def miswritten_number(text: str) -> Miswritten | None:
    """What keeps a text from being the number that is meant; None where no number is meant.

    >>> [miswritten_number(text).code for text in ("95％", "60 分", "1,000", "－15", "６０", "-15*2", "60", "六十")]
    ['number_percent', 'number_unit', 'number_comma', 'number_minus', 'number_full_width', 'number_formula', 'number_quoted', 'number_in_words']
    """
    narrow = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(_WORDS, narrow):
        meant = _in_words(narrow)
        return None if meant is None else Miswritten("number_in_words", {"value": text, "meant": meant})
    plain = re.sub(r"^- +(?=[0-9.])", "-", narrow.translate(_DASHES))
    if re.fullmatch(_FORMULA, plain):
        return Miswritten("number_formula", {"value": text})
    bare = plain.replace(",", "") if re.match(_GROUPED, plain) else plain
    if percent := re.fullmatch(_PERCENT, bare):
        return Miswritten("number_percent", {"value": text, "meant": percent[1] or percent[2]})
    if re.fullmatch(_NUMBER, bare):
        return Miswritten(_sign(text, narrow, plain, bare), {"value": text, "meant": bare})
    unit = re.fullmatch(_UNIT, bare)
    if unit and unit[2]:
        whole = format(Decimal(unit[1]).scaleb(_MYRIADS[unit[2]]).normalize(), "f")
        return Miswritten("number_myriad", {"value": text, "meant": whole, "count": unit[1], "unit": unit[2]})
    return Miswritten("number_unit", {"value": text, "meant": unit[1]}) if unit else None


def _sign(text: str, narrow: str, plain: str, bare: str) -> str:
    """What is wrong with the signs of a text that is else a number."""
    if bare != plain:
        return "number_comma"
    if bare.startswith("-") and not text.strip().startswith("-"):
        return "number_minus"
    return "number_full_width" if narrow != text.strip() or plain != narrow else "number_quoted"


def _in_words(text: str) -> str | None:
    """A number below ten thousand in Chinese words, or its digits one by one; None where it is none.

    >>> [_in_words(text) for text in ("六十", "十二", "一百零五", "负三", "二〇二五", "二三十", "两百五")]
    ['60', '12', '105', '-3', '2025', None, None]
    """
    sign, words = ("-", text[1:]) if text[0] in "-负" else ("", text)
    if all(character in _DIGITS for character in words):
        return sign + str(int("".join(str(_DIGITS[character]) for character in words)))
    parts = re.fullmatch(_COUNTED, words)
    if parts is None:
        return None
    counts = [_DIGITS.get((part or "一")[0], 1) if part else 0 for part in parts.groups()]
    return sign + str(sum(count * 10**power for count, power in zip(counts, (3, 2, 1, 0), strict=True)))


def meant_window(written: object) -> tuple[str, ...]:
    """The windows that may be meant by `24个月`, `近两年`, `24months`, or by 24 alone.

    >>> meant_window("近2年"), meant_window("24months"), meant_window(24)
    (('2 years',), ('24 months',), ('24 months', '24 days', '24 years'))
    """
    text = unicodedata.normalize("NFKC", str(written)).strip()
    text = re.sub("[零一二两三四五六七八九十百千]+", lambda words: _in_words(words[0]) or "", text)
    if re.fullmatch("[1-9][0-9]*", text):
        return tuple(f"{text} {span}" for span in ("months", "days", "years"))
    window = re.fullmatch(_WINDOW, text, re.IGNORECASE)
    if window is None or window[1].startswith("0"):
        return ()
    span = _SPANS.get(window[2][0].lower(), "")
    return (f"{window[1]} {span if window[1] != '1' else span[:-1]}",)


def meant_day(written: object) -> tuple[str, ...]:
    """The day that is meant by `2025/6/1`, `2025年6月1日` or `20250601`; nothing where it is none that exists."""
    day = iso_day(unicodedata.normalize("NFKC", str(written)).strip().translate(_DASHES))
    return () if day is None or day == written else (day,)


def meant_mapping(tree: object, schema: Mapping[str, object]) -> str | None:
    """A value that stands where a mapping should, as the mapping that is likely meant: `优` → `{is: 优}`."""
    if not isinstance(tree, (str, int, Decimal)):
        return None
    properties, required = schema.get("properties"), schema.get("required")
    keys = frozenset(properties) if isinstance(properties, Mapping) else frozenset[str]()
    if {"is", "at_least"} <= keys:
        key = "is" if isinstance(tree, (str, bool)) else "at_least"
    elif isinstance(required, list) and len(required) == 1:
        key = str(required[0])
    else:
        return None
    return f"{{{key}: {_written(tree)}}}"


def _written(tree: object) -> str:
    return str(tree).lower() if isinstance(tree, bool) else str(tree)


def article(text: str, documents: Iterable[str]) -> str | None:
    """An article that stands without its document, with the document before it: `第五条` → `{plan: 第五条}`."""
    document = next(iter(documents), None)
    return None if document is None else f"{{{document}: {text}}}"
