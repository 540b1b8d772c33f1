"""Which of many cases run each time, and which in the long lane alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], quick: int) -> list[Any]:
    """So many first ones run each time, the others in the long lane."""
    return [
        value if place < quick else pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.long)
        for place, value in enumerate(values)
    ]
