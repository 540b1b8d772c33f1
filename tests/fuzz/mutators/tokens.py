"""Texts, numbers and days that readers stumble over, and the mutation that puts one in the place of a token."""

from __future__ import annotations

import json
import re
from random import Random

NUMBERS = (
    "0", "-0", "-0.0", "1", "-1", "0.0001", "0.00001", "1.00000", "1e3", "1E+3", "1e-5", "1e400", "-1e400",
    "100000000000", "100000000000.0001", "99999999999.9999", "9007199254740993", "9223372036854775808",
    "18446744073709551616", "340282366920938463463374607431768211456", "1" + "0" * 45, "9" * 400, "9" * 5000, "0." + "0" * 5000 + "1",
    "1." + "0" * 5000, "0." + "3" * 400, "NaN", "nan", "Infinity", "-Infinity", ".inf", ".nan", ".5", "5.", "+5", "007", "0x1F",
    "0o17", "0b1", "1_000", "1,000", "1 000", "12:30:45", "190:20:30", "１２", "三", "½", "٣", "1e", "--1", "0.1e-3", "1.5",
)  # fmt: skip
ENORMOUS = ("1e999999", "1e9999999999", "-1e99999999", "0e999999999", "1E-999999999")
"""Numbers of few digits that are long when they are written out: seldom drawn, since one of them can take all the time there is."""

DAYS = (
    "0000-01-01", "0001-01-01", "0001-12-31", "9999-12-31", "9999-01-01", "10000-01-01", "2025-02-29", "2024-02-29", "2025-13-01", "2025-00-10",
    "2025-06-31", "2025-6-1", "2025/06/01", "20250601", "2025-06-01T00:00:00Z", "2025-06-01 00:00:00", "-2025-06-01", "infinity",
    "-infinity", "2025-W23-1", "２０２５-06-01", "2025-06-01\n", " 2025-06-01", "2025年6月1日", "1900-02-29", "1970-01-01", "0999-01-01",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\n", "a\nb", "a\r\nb", "a\rb", "\x00", "a\x00b", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x07", "\x08", "\x0b", "\x0c",
    "\x7f", "\x85", "\x9b31m", "\u2028", "\u2029", "\u200b", "a\u200bb", "\ufeff", "\u202egnp.exe", "\u2066x\u2069", "\u00ad", "\ud800", "a\udc00b",
    "\udfff\ud800", "\uffff", "\ufffe", "\U0001f600", "\U0010ffff", "e\u0301", "\u0301", "ｆｕｌｌ", "Ⅳ", "ﬁ", "İ", "ß", "甲", "a b", "a/b",
    "a/b/c", "/", "//", "..", "../x", "a:b", "[x]", "{x}", "[bold]x[/bold]", "{0}", "{name}", "%s", "%(x)s", "$x", "`x`", "**x**", "|x|", "<script>",
    "&amp;", "=1+1", "+1", "-1", "@x", "'", '"', "''", '"x"', "\\", "\\n", "null", "~", "true", "yes", "no", "on", "none", "nan", "1e5", "-0",
    "<<", "*a", "&a", "!x", "!!python/object:x", "#x", "- x", "? x", "key: value", "x" * 70, "x" * 5000, "甲" * 3000, "a\u0301" * 300, "x " * 2000,
    "_", "-", "id", "policy", "__class__", "constructor", "91430500MA4L0L019H", "91430500MA4L0L019X", "4.30503E+17", "43050219630413003X",
)  # fmt: skip
TOKEN = re.compile(rb'"(?:\\.|[^"\\\n])*"|-?[0-9][0-9.eE+-]*|[A-Za-z_][A-Za-z0-9_/-]*|[\x80-\xff]+|[{}\[\],:]')


def quoted(dice: Random, text: str) -> str:
    """A text as JSON writes it, with its characters escaped or not."""
    return json.dumps(text, ensure_ascii=dice.random() < 0.5)


def number(dice: Random) -> str:
    """A number as it would be written."""
    return dice.choice(ENORMOUS if dice.random() < 0.01 else NUMBERS)


def odd(dice: Random) -> str:
    """A value as it would be written."""
    match dice.randrange(4):
        case 0:
            return number(dice)
        case 1:
            return dice.choice(("null", "true", "false", "[]", "{}", '""', "[[]]", "[1]", '{"a": 1}', "~", "|", "*a", "&a"))
        case 2:
            return quoted(dice, dice.choice(DAYS))
        case _:
            return quoted(dice, dice.choice(TEXTS))


def mutated(dice: Random, content: bytes, most: int = 3) -> bytes:
    """The content with some of its tokens replaced, doubled, exchanged or taken away."""
    for _ in range(dice.randint(1, most)):
        spans = [match.span() for match in TOKEN.finditer(content)]
        if not spans:
            return content
        start, end = dice.choice(spans)
        match dice.randrange(8):
            case 0:
                new = b""
            case 1:
                new = content[start:end] * 2
            case 2 | 3:
                other = dice.choice(spans)
                new = content[other[0] : other[1]]
            case 4:
                new = content[start:end].swapcase()
            case _:
                new = odd(dice).encode("utf-8", "surrogatepass")
        content = content[:start] + new + content[end:]
    return content
