"""What the door for programs refuses of what it is handed: TypeError and ValueError, for the program itself is to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from pathlib import Path

from engine.model.impact import LIMITS
from engine.rendering.sentences import LOCALES
from engine.usecases.memory import is_amount


def ordinal(day: date) -> int:
    """A day as its ordinal."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise TypeError(f"a day is a datetime.date, not {type(day).__name__}")
    return day.toordinal()


def paths(files: str | PathLike[str] | Iterable[str | PathLike[str]]) -> list[Path]:
    """A file, or several."""
    return [Path(files)] if isinstance(files, str | PathLike) else [Path(file) for file in files]


def check_language(lang: str) -> None:
    """ValueError where it is none of ours."""
    if lang not in LOCALES:
        raise ValueError(f"lang is one of {', '.join(LOCALES)}, not {lang!r}")


def check_width(width: int, least: int) -> None:
    """ValueError where a report would be cut."""
    if isinstance(width, bool) or not isinstance(width, int):
        raise TypeError(f"width is a whole number of columns, not {type(width).__name__}")
    if width < least:
        raise ValueError(f"width is {least} columns or more, not {width}: in less the report would be cut")


def check_memory(memory: str | None) -> None:
    """ValueError where it is no amount."""
    if memory is not None and not is_amount(memory):
        raise ValueError(f"memory is an amount with its unit, such as '8GB', not {memory!r}")


def limits(allowed: Mapping[str, float | Decimal], any_population: bool) -> dict[str, float]:
    """Limits in percent, by name; ValueError where a limit would be held against nothing: of an unknown name, no share in percent, without a population."""
    for name, limit in allowed.items():
        if name not in LIMITS:
            raise ValueError(f"a limit is one of {', '.join(LIMITS)}, not {name!r}")
        if not isinstance(limit, int | float | Decimal) or not 0 <= limit <= 100:
            raise ValueError(f"the limit {name} is a number from 0 to 100, not {limit!r}")
    if allowed and not any_population:
        raise ValueError("limits are held against a population, and there is none")
    return {name: float(limit) for name, limit in allowed.items()}
