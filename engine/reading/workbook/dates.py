"""Days as workbooks have them: numbers of days, and texts as people type them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

from engine.reading.day import iso_day

_1900, _1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP, _END = 60, date.max.toordinal() - _1900.toordinal()
_MILLISECONDS = 86_400_000


def written_day(text: str) -> str:
    """A day as YYYY-MM-DD; what is none as it was typed, to be refused with its row.

    >>> written_day("2025年6月1日"), written_day("20250601"), written_day("2025-06-01 00:00:00"), written_day("2025-06-01 08:00")
    ('2025-06-01', '2025-06-01', '2025-06-01', '2025-06-01 08:00')
    """
    return iso_day(" ".join(unicodedata.normalize("NFKC", text).split())) or text


def numbered_day(number: float, from_1904: bool) -> str | None:
    """The day of a number, with its time where it is not midnight; None for a number of no day.

    >>> numbered_day(45809, False), numbered_day(45809.5, False), numbered_day(44347, True), numbered_day(60, False)
    ('2025-06-01', '2025-06-01T12:00:00', '2025-06-01', None)
    """
    if not (0 if from_1904 else 1) <= number < _END + 1:
        return None
    if not from_1904 and int(number) == _LEAP:  # 1900-02-29, which there never was
        return None
    days, milliseconds = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
    if not from_1904 and days < _LEAP:
        days += 1
    try:
        moment = (_1904 if from_1904 else _1900) + timedelta(days=days, milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment.date().isoformat() if milliseconds == 0 else moment.isoformat()
