"""Periods and numbers that a Chinese title states beyond doubt: 近两年, 三年内, 不满一年, 3次以上, 低于60分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from engine.model import number
from engine.model.number import ONE

_DIGITS = "一二三四五六七八九"
_NUMBER = r"(?P<number>[0-9]+(?:\.[0-9]{1,4})?|[一二两三四五六七八九十]+)"
_TIME = r"(?P<unit>个月|年|日|天|周)"
_PERIODS = (
    re.compile(rf"(?:最近|(?<![就附临邻])近|过去)(?:{_NUMBER}|(?P<half>半))个?{_TIME}(?![度初末底])(?:以?内)?"),
    re.compile(rf"^{_NUMBER}个?{_TIME}以?内"),
)
_OTHER_PERIODS = re.compile(r"[上本去今前当]一?(?:年|季|月)|季度|学年|年度")
"""Beside these it is not certain what a period is about."""

_UNIT = r"(?P<unit>次|件|起|年|分|%|％)"
_INCLUDED = r"(?:（含）|\(含\)|及|或者?)?"
_BOUNDS = (
    ("at_least", re.compile(rf"不(?:低|少|小)于{_NUMBER}{_UNIT}")),
    ("at_least", re.compile(rf"(?:满|达到?)?{_NUMBER}{_UNIT}{_INCLUDED}以上")),
    ("below", re.compile(rf"(?:不满|不足|未满|不到|(?<!不)低于|(?<!不)少于|(?<!不)小于){_NUMBER}{_UNIT}")),
    ("above", re.compile(rf"(?<![不未])(?:超过|多于|高于|大于){_NUMBER}{_UNIT}")),
    ("below", re.compile(rf"{_NUMBER}{_UNIT}{_INCLUDED}以下")),
    ("at_least", re.compile(rf"(?<![不未期届])(?:满|达到?){_NUMBER}{_UNIT}")),
    ("at_least", re.compile(r"(?<![第每逐再多首末近0-9一二两三四五六七八九十.])(?P<number>[0-9]+|[二两三四五六七八九十]+)(?P<unit>次)(?![性内中以及数])")),
)  # fmt: skip
_ANY = re.compile(rf"{_NUMBER}(?:个?(?:月|季度)|{_UNIT}|日|天|周|万|元)")


class StatedNumber(Struct, frozen=True):
    """What a title states: the words, the number as a count of 0.0001, its unit, and for a bound on which side of it."""

    words: str
    count: int
    unit: str
    side: str = ""


def period(title: str) -> StatedNumber | None:
    """The one period that a title states, in months or days; None where it states none, several, or other times beside it."""
    matches = list(_found(title))
    if len(matches) != 1 or _OTHER_PERIODS.search(_without(title, matches[0])):
        return None
    match = matches[0]
    unit = match["unit"]
    count = ONE // 2 if match.groupdict().get("half") else _count(match["number"])
    if count is None or (match.groupdict().get("half") and unit != "年"):
        return None
    times = {"年": 12, "周": 7}.get(unit, 1)
    return StatedNumber(match[0], count * times, "months" if unit in ("年", "个月") else "days")


def bound(title: str) -> StatedNumber | None:
    """The one bound that a title states beside a period; None where there is none, or more than one number of its kind."""
    rest = title
    for match in _found(title):
        rest = rest.replace(match[0], "，", 1)
    numbers: list[StatedNumber] = []
    for side, pattern in _BOUNDS:
        for match in pattern.finditer(rest):
            count = _count(match["number"])
            if count is not None:
                numbers.append(StatedNumber(match[0], count, match["unit"].replace("％", "%"), side))
        rest = pattern.sub("，", rest)
    return numbers[0] if len(numbers) == 1 and not _ANY.search(rest) else None


def _found(title: str) -> Iterator[re.Match[str]]:
    for pattern in _PERIODS:
        yield from pattern.finditer(title)


def _without(title: str, match: re.Match[str]) -> str:
    return title[: match.start()] + title[match.end() :]


def _count(text: str) -> int | None:
    """A number below 100 in Chinese, or any in digits.

    >>> [_count(text) // 10000 for text in ("3", "两", "十二", "二十", "六十五")], _count("十十")
    ([3, 2, 12, 20, 65], None)
    """
    if text[0].isdigit():
        return number.count_of(Decimal(text))
    text = text.replace("两", "二")
    tens, ten, ones = text.partition("十")
    if not ten:
        return (_DIGITS.index(text) + 1) * ONE if text in _DIGITS and len(text) == 1 else None
    if not all(part == "" or (len(part) == 1 and part in _DIGITS) for part in (tens, ones)):
        return None
    return ((_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)) * ONE
