"""Where PyYAML stops in a text, and why, as data: its own words are nobody's but ours."""

from __future__ import annotations

from typing import Any

import yaml
from msgspec import Struct

LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml where PyYAML has it."""


class Failure(Struct, frozen=True):
    """Line and column (from 0) where the reader stops, where what it was in began, and its words, which nobody is told."""

    line: int
    column: int
    start: int
    words: str


def failure_of(error: yaml.MarkedYAMLError) -> Failure:
    """What an error of PyYAML says."""
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    words = f"{error.context or ''} {error.problem or ''}"
    return Failure(mark.line, mark.column, start.line, words) if mark and start else Failure(0, 0, 0, words)


def first_failure(text: str) -> Failure | None:
    """Where a text cannot be read on; None where it can be to its end."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return failure_of(error)
    except yaml.reader.ReaderError:
        return Failure(0, 0, 0, "")
    return None
