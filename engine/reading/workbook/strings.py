"""Texts of a workbook: those that cells share, and the escapes that texts are written with."""

from __future__ import annotations

import re

from engine.reading.workbook import limits
from engine.reading.workbook.package import Package
from engine.reading.workbook.xml import Attributes, Elements, TooLarge

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_(?:_x([Dd][C-Fc-f][0-9A-Fa-f]{2})_)?")


def read_strings(package: Package, part: str | None) -> list[str]:
    """The shared texts, by their numbers: their runs joined, without phonetic guides."""
    strings: list[str] = []
    if part is None:
        return strings
    elements = Elements("sst")
    text = Text(elements)

    def item(_: Attributes) -> None:
        if len(strings) >= limits.STRINGS:
            raise TooLarge("strings", limits.STRINGS)
        text.begin(_)

    elements.begins = {"si": item, **text.begins}
    elements.ends = {"si": lambda: strings.append(text.end()), **text.ends}
    package.read_all(part, elements)
    return strings


class Text:
    """A text that is being read: of runs, or of one."""

    def __init__(self, elements: Elements) -> None:
        self.elements = elements
        self.runs: list[str] | None = None
        self.guides = 0
        self.begins = {"t": self.begin_run, "rPh": self.begin_guide}
        self.ends = {"t": self.end_run, "rPh": self.end_guide}

    def begin(self, _: Attributes) -> None:
        self.runs = []

    def end(self) -> str:
        text, self.runs = "".join(self.runs or ()), None
        return unescaped(text).strip()

    def begin_run(self, _: Attributes) -> None:
        if self.runs is not None and not self.guides:
            self.elements.gather()

    def end_run(self) -> None:
        if self.runs is not None and not self.guides:
            self.runs.append(self.elements.gathered())

    def begin_guide(self, _: Attributes) -> None:
        self.guides += 1

    def end_guide(self) -> None:
        self.guides -= 1


def unescaped(text: str) -> str:
    r"""Characters that XML does not have are written as their numbers, and so is the line that begins such a number.

    >>> unescaped("a_x000D_b_x005F_x0007_ _xD83D__xDE00_")
    'a\rb_x0007_ 😀'
    """
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    first, second = escape[1], escape[2]
    if not 0xD800 <= int(first, 16) < 0xE000:
        rest = escape[0][7:]
        return chr(int(first, 16)) + (unescaped(rest) if rest else "")
    if second is None or int(first, 16) >= 0xDC00 or int(second, 16) < 0xDC00:
        return escape[0]  # half a character is none
    return (bytes.fromhex(first)[::-1] + bytes.fromhex(second)[::-1]).decode("utf-16-le")
