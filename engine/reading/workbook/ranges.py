"""Places on a sheet as workbooks write them: `C7`, `C7:D9`."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from engine.reading.workbook import limits

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Range(Struct, frozen=True):
    """A rectangle of cells; rows and columns count from 1 and are within."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number of a column, from 1; ValueError where there is none of this name.

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"no column {letters[:9]}")
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= limits.COLUMNS:
        raise ValueError(f"no column {letters[:9]}")
    return number


def read_range(text: str) -> Range:
    """A range, or a cell as a range of one; ValueError for what is none.

    >>> read_range("B2:$C$4")
    Range(top=2, left=2, bottom=4, right=3)
    """
    first, _, last = text.replace("$", "").partition(":")
    (top, left), (bottom, right) = _cell(first), _cell(last or first)
    if top > bottom or left > right:
        raise ValueError(f"no range {text[:20]}")
    return Range(top, left, bottom, right)


def _letters(column: int) -> str:
    """
    >>> _letters(28), _letters(16384)
    ('AB', 'XFD')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _cell(text: str) -> tuple[int, int]:
    parts = _CELL.fullmatch(text)
    if not parts or int(parts[2]) > limits.ROWS:
        raise ValueError(f"no cell {text[:20]}")
    return int(parts[2]), column_number(parts[1])
