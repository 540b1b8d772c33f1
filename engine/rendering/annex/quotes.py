"""The document's own words (原文) in the column of the standard, and how the engine reads them below, beside, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from engine.rendering.annex.official import official

Reading = Literal["below", "beside", "none"]

READINGS: tuple[Reading, ...] = get_args(Reading)


class QuotedColumn(Struct, frozen=True):
    """The column of a table that says what the document says; two of them where the reading stands `beside` quotes."""

    reading: Reading
    quoted: bool

    @property
    def count(self) -> int:
        return 2 if self.quoted and self.reading == "beside" else 1

    def names(self, name: str) -> tuple[str, ...]:
        """The names of the columns for the one that has no quotes."""
        return (name,) if self.count == 1 else ("quote", "reading")

    def widths(self, width: int) -> tuple[int, ...]:
        return (width,) if self.count == 1 else (width - width // 2, width // 2)

    def texts(self, quote: str | None, reading: str) -> tuple[str, ...]:
        """The texts of the cells; what is not quoted is said as it is read."""
        if self.count == 2:
            return quote or official("blank"), reading
        match quote, self.reading:
            case None, _:
                return (reading,)
            case str(words), "none":
                return (words,)
            case str(words), _:
                return (words if reading == official("blank") else words + "\n" + official("as-read", reading=reading),)


def quoted_column(reading: Reading, quotes: Iterable[str | None]) -> QuotedColumn:
    """The column for the quotes of a table's rows."""
    return QuotedColumn(reading, any(quotes))
