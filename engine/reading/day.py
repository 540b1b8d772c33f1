"""A day as people and programs write it in tables: 2025-06-01, 2025/6/1, 2025.6.1, 2025年6月1日, 20250601, at midnight."""

from __future__ import annotations

import re
from datetime import date

ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SPELT = r"^([0-9]{4}) *[-/.年] *([0-9]{1,2}) *[-/.月] *([0-9]{1,2}) *日?([ T]+0?0:00(:00([.]0+)?)?)?$"
DIGITS = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"
"""Patterns of Python, RE2 and Java alike."""


def iso_day(text: str) -> str | None:
    """A day as YYYY-MM-DD; None where the text is none, or names a time of the day or a day that does not exist.

    >>> [iso_day(one) for one in ("2025/6/1", "2025年3月1日", "20250601", "2025-06-01 00:00:00", "2025-02-30", "1/6/2025")]
    ['2025-06-01', '2025-03-01', '2025-06-01', '2025-06-01', None, None]
    """
    written = re.match(SPELT, text) or re.match(DIGITS, text)
    try:
        return date(int(written[1]), int(written[2]), int(written[3])).isoformat() if written else None
    except ValueError:
        return None
