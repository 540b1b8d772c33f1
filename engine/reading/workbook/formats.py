"""Number formats: what a format code makes of a number before a person sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0', 6: '"¥"#,##0;[Red]"¥"\\-#,##0', 7: '"¥"#,##0.00;"¥"\\-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 23: "\\$#,##0_);(\\$#,##0)", 24: "\\$#,##0_);[Red](\\$#,##0)",
    25: "\\$#,##0.00_);(\\$#,##0.00)", 26: "\\$#,##0.00_);[Red](\\$#,##0.00)",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Those that are not written out, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式|通用格式|Standard)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|e+|g+|b+|a{3,}|r+)|(?P<digit>[0#?])|(?P<mark>[.,%/@;])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"[<>=]")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_NUMERALS = re.compile(r"(?:DB|Nat)Num", re.IGNORECASE)
_LOCALE = re.compile(r"\$(?P<currency>[^-]*)(?:-(?P<locale>.*))?", re.DOTALL)
_CALENDARS = frozenset((0, 1, 3, 4, 7, 9, 10, 11, 12))
"""Those whose years are other ones, but not their months and days."""


class Section(Struct, frozen=True):
    """One of the parts of a format, for numbers of a sign; `text` is what stands beside the digits, without blanks.

    `whole` and `decimals` are the digits before and after the point as they are written (`#0`); `date` holds of `ymd` and
    `t` (a time) what is shown.
    """

    whole: str = ""
    decimals: str = ""
    text: str = ""
    date: str = ""
    is_general: bool = False
    is_text: bool = False
    is_percent: bool = False
    is_grouped: bool = False
    is_plain: bool = True
    """Not by thousands, as a fraction, by a condition, in another calendar or as a time that has elapsed."""
    is_exponent: bool = False
    is_worded: bool = False
    """Digits are Chinese ones."""

    @property
    def places(self) -> int:
        return len(self.decimals)

    def hides(self, value: Decimal) -> bool:
        """Whether nothing is shown of it, or a text alone."""
        if self.is_general:
            return False
        if not self.whole and not self.decimals:
            return True
        return "0" not in self.whole + self.decimals and abs(value) * 2 < Decimal(10) ** -self.places

    @property
    def is_itself(self) -> bool:
        """Whether a number is shown as it is, but for its decimals."""
        digits = self.is_general or bool(self.whole or self.decimals)
        return digits and not self.date and self.is_plain and not (self.text or self.is_percent or self.is_text)


class Format(Struct, frozen=True):
    """The sections for numbers (of any sign, or above, below and at zero), and the one for texts."""

    code: str
    numbers: tuple[Section, ...]
    texts: Section

    def section(self, value: Decimal) -> tuple[Section, bool]:
        """The section of a number, and whether it is one for negative numbers alone."""
        if len(self.numbers) > 2 and value == 0:
            return self.numbers[2], False
        if len(self.numbers) > 1 and value < 0:
            return self.numbers[1], True
        return self.numbers[0], False

    @property
    def shows_texts(self) -> bool:
        """Whether a text is shown as it is."""
        return (self.texts.is_text or self.texts.is_general) and not self.texts.text


ITSELF = Section(is_general=True)
TEXT = Section(is_text=True)


@lru_cache(maxsize=4096)
def read_format(code: str) -> Format:
    """
    >>> read_format('#,##0.0"人"').numbers
    (Section(whole='###0', decimals='0', text='人', date='', is_general=False, is_text=False, is_percent=False, is_grouped=True, is_plain=True, is_exponent=False, is_worded=False),)
    """
    sections = [_Reading().of(tokens) for tokens in _sections(code)]
    texts = TEXT
    if len(sections) > 3:
        texts = sections[3]
        sections = sections[:3]
    elif sections[-1].is_text:
        texts = sections.pop()
    if not sections:
        sections = [ITSELF if not texts.text else Section(text=texts.text)]
    if not all(section.is_plain for section in sections):  # of several by conditions, none is surely that of a number
        sections = [Section(is_plain=False)]
    return Format(code, tuple(sections), texts)


def _sections(code: str) -> Iterator[list[re.Match[str]]]:
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


class _Reading:
    """A section that is being read, token by token."""

    def __init__(self) -> None:
        self.digits = [""]
        self.text = ""
        self.date = ""
        self.marks = ""
        self.plain = True
        self.general = self.exponent = self.worded = False
        self.after_hours = False
        self.commas = 0
        self.grouped = self.parted = self.ended = False

    def of(self, tokens: list[re.Match[str]]) -> Section:
        for token, following in zip(tokens, _following(tokens), strict=True):
            self.read(token, following)
        odd = self.commas or "/" in self.marks or self.marks.count("%") > 1 or len(self.digits) > 2
        return Section(
            whole=self.digits[0],
            decimals="".join(self.digits[1:]),
            text="".join(self.text.split()),
            date=self.date,
            is_general=self.general,
            is_text="@" in self.marks,
            is_percent="%" in self.marks,
            is_grouped=self.grouped,
            is_plain=self.plain and bool(self.date or not odd),
            is_exponent=self.exponent,
            is_worded=self.worded,
        )

    def read(self, token: re.Match[str], following: str) -> None:
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        match kind:
            case "quoted" | "escaped" | "other":
                self.words(text)
            case "fill" if not text.isspace():
                self.words(text)
            case "bracket":
                self.bracket(text)
            case "general":
                self.general = True
            case "half":
                self.date += "t"
            case "exponent":
                self.exponent = True
            case "date":
                self.dated(text.lower(), following)
            case "digit" if not self.exponent:
                self.digit(text)
            case "mark":
                self.mark(text)

    def words(self, text: str) -> None:
        self.text += text
        if any(self.digits):
            self.ended, self.parted = self.ended or not text.isspace(), True

    def digit(self, text: str) -> None:
        if self.commas and len(self.digits) == 1:
            self.grouped, self.commas = True, 0
        if self.ended and not self.date:
            self.plain = False  # a text within the digits
        self.grouped = self.grouped or self.parted
        self.digits[-1] += text

    def mark(self, text: str) -> None:
        if text == ".":
            self.digits.append("")
        elif text == ",":
            if any(self.digits):
                self.commas += 1
        else:
            self.marks += text

    def dated(self, text: str, following: str) -> None:
        match text[0]:
            case "m" if len(text) < 3 and (self.after_hours or following == "s"):
                self.date += "t"
            case "h" | "s":
                self.date += "t"
            case "e" | "y" | "b" | "r":
                self.date += "y"
            case "m":
                self.date += "m"
            case "d" if len(text) < 3:
                self.date += "d"
        self.after_hours = text[0] == "h"

    def bracket(self, text: str) -> None:
        if _ELAPSED.fullmatch(text):
            self.date += "t"
            self.plain = False
        elif _CONDITION.match(text):
            self.plain = False
        elif _NUMERALS.match(text):
            self.worded = True
        elif locale := _LOCALE.fullmatch(text):
            self.words(locale["currency"])
            self.plain = self.plain and _is_gregorian(locale["locale"] or "")


def _following(tokens: list[re.Match[str]]) -> list[str]:
    """The letter of the next part of a date or time after each token: what is before seconds is minutes."""
    letters, letter = [], ""
    for token in reversed(tokens):
        letters.append(letter)
        if date := token["date"] or token["bracket"]:
            letter = date[0].lower()
    return letters[::-1]


def _is_gregorian(locale: str) -> bool:
    """Whether months and days are ours: `804`, `130000` (a lunar calendar), `x-sysdate`, `zh-CN`, `F800`."""
    number, _, rest = locale.partition(",")
    try:
        calendar = int(number, 16) >> 16 & 0xFF
        return calendar in _CALENDARS and (not rest or int(rest, 16) >> 16 & 0xFF in _CALENDARS)
    except ValueError:
        return not rest or rest.strip("0") == ""
