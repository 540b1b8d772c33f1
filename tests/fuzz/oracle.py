"""What holds of whatever the program says: places lie inside the file, and what reaches a terminal cannot move its cursor."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.model.problem import Problem
from engine.rendering.snippet import snippets
from tests.fuzz.bench import Bench

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
LONGEST = 20_000
"""Characters of a message; the longest text that is put in is 5,000, and what is known may stand beside it."""

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def check_problems(bench: Bench, problems: Iterable[Problem], content: bytes) -> None:
    """The problems of one file in both languages, each inside of it, none at length."""
    lines = _BREAKS.split(content.decode("utf-8-sig", "replace"))
    for problem in problems:
        for lang in ("zh", "en"):
            text = snippets([problem], lang)
            if len(text) > LONGEST:
                bench.note("length", f"a message of {problem.code}", f"{len(text)} characters: {text[:200]}")
            plain(bench, text[:LONGEST], "a message")
        if problem.place is not None:
            _inside(bench, problem, lines)


def _inside(bench: Bench, problem: Problem, lines: list[str]) -> None:
    place = problem.place
    assert place is not None
    place_named = f"{problem.code} at {place.line}:{place.column}"
    if not 1 <= place.line <= max(len(lines), 1):
        bench.note("place", f"{problem.code} beyond the lines of the file", f"{place_named}, of {len(lines)} lines")
    if place.text and not 1 <= place.column <= len(place.text) + 1:
        bench.note("place", f"{problem.code} beyond its line", f"{place_named}, which has {len(place.text)} characters")


def plain(bench: Bench, text: str, where: str) -> None:
    """Nothing in it that a terminal obeys."""
    for kind, pattern in (("control", CONTROL), ("turning", TURNING)):
        if match := pattern.search(text):
            around = text[max(0, match.start() - 60) : match.end() + 30]
            bench.note("raw character", f"{kind} in {where}", f"U+{ord(match[0]):04X} in {around!r}")
