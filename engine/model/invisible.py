"""Characters that a reader does not see, or that change how others are shown; said by number, for Pythons know other Unicodes."""

from __future__ import annotations

import re
from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]

HIDDEN: Ranges = (
    (0x0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
    (0x890, 0x891), (0x8E2, 0x8E2), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E),
    (0x2060, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0xE0000, 0x10000)),
    (0xE0000, 0xE00FF), (0xE01F0, 0xEFFFF), (0xFFFFE, 0xFFFFF), (0x10FFFE, 0x10FFFF),
)  # fmt: skip
"""In no text: controls and formats, separators of lines, fillers, halves of pairs, tags, what is no character."""

PRINTABLE = "".join(map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0)))
"""Those of them that Python calls printable; all others it does not."""

VARYING: Ranges = ((0xE000, 0xF8FF), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
"""In texts, where rare characters of names are written with them, but in no identifier and in no text that is compared: private
ones, selectors of variants."""


def hides_nothing(text: str) -> bool:
    """Whether a text has none of what is HIDDEN."""
    return text.isprintable() and (text.isascii() or not any(character in text for character in PRINTABLE))


def pattern(ranges: Iterable[tuple[int, int]], but: str = "") -> re.Pattern[str]:
    """One of these characters, but for some."""
    excepted = {ord(character) for character in but}
    split: list[tuple[int, int]] = []
    for first, last in ranges:
        for code in sorted(other for other in excepted if first <= other <= last):
            split.append((first, code - 1))
            first = code + 1
        split.append((first, last))
    return re.compile("[{}]".format("".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in split if first <= last)))
