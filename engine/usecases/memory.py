"""How much memory a run may use, as somebody writes it: `8GB`."""

from __future__ import annotations

import re

MOST = 2**60
"""Bytes that may be named: more than any machine has, and as many as the database counts."""


def is_amount(text: str) -> bool:
    """Whether a text is an amount with its unit, as DuckDB takes it."""
    return 1 <= bytes_of(text) <= MOST


def bytes_of(text: str) -> int:
    """How many bytes an amount is; 0 where it is none."""
    amount = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *([kKMGT])(i?)B", text)
    return int(float(amount[1]) * (1024 if amount[3] else 1000) ** " KMGT".index(amount[2].upper())) if amount else 0
