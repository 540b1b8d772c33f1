"""What keeps a text from being YAML: each mistake that it may be is tried, and the one without which the reader gets on is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from engine.model.problem import Place, Problem
from engine.reading.mistakes.characters import NAME, character_mistakes, corrected, slips_of
from engine.reading.mistakes.layout import (
    BACK,
    bracket_mistakes,
    colon_mistakes,
    comma_mistakes,
    indentation_mistakes,
    odd_indents,
    quote_mistakes,
    with_odd_indents,
    with_open_quotes,
)
from engine.reading.mistakes.masked import Line, masked
from engine.reading.mistakes.mistake import MOST, Mistake, apply, problems_of
from engine.reading.mistakes.values import value_mistakes
from engine.reading.yaml_failure import Failure, first_failure

AHEAD = 40
"""So many lines after the one where the reader stops a mistake must let it read."""

TRIALS = 1500
WORK = 30_000_000
"""So many characters are read again by trials together, which takes a second or two."""
LONGEST = 5_000
"""Characters of a line that nobody wrote by hand: in a text with such lines nothing is tried."""


def mistakes_of_text(lines: Sequence[str], file: str, failure: Failure) -> list[Problem]:
    """Every mistake that keeps a text from being read, with its place; at last, where nothing is known, where the reader stops."""
    problems: list[Problem] = []
    now = list(lines)
    by_hand = max(map(len, lines), default=0) <= LONGEST
    left = min(TRIALS, WORK // (sum(map(len, lines)) + 1)) if by_hand else 0
    stop: Failure | None = failure
    while stop is not None and len(problems) < MOST:
        mistake, trials = _likeliest(now, stop, left) if left > 0 else (None, 0)
        left -= trials
        if mistake is None:
            return problems or [unknown(lines, file, stop)]
        problems += problems_of(mistake, file, lines, now)
        now = apply(mistake, now)
        stop = first_failure("\n".join(now) + "\n")
    problems += (_evident(lines, file, now) if stop is None else [])[: MOST - len(problems)]
    return sorted(problems, key=lambda problem: (problem.place.line, problem.place.column) if problem.place else (0, 0))


_GLUED = re.compile(rf"[{{,]\s*{NAME}\s*(?:：|:(?=[^\s,}}\]/\\]))")


def _evident(lines: Sequence[str], file: str, now: Sequence[str]) -> list[Problem]:
    """What else is wrong for certain, though it can be read: `{title：…}` and `{points:60}` are keys without values."""
    problems: list[Problem] = []
    for number, line in enumerate(masked(now)):
        if _GLUED.search(line.mask):
            mistake = corrected(number, line.text, [slip for slip in slips_of(line) if slip.sure])
            if first_failure("\n".join(apply(mistake, now)) + "\n") is None:
                problems += problems_of(mistake, file, lines, now)
    return problems


def _likeliest(lines: Sequence[str], failure: Failure, limit: int) -> tuple[Mistake | None, int]:
    """The mistake without which the reader gets furthest, the likelier one of equals; and how many were tried."""
    best: tuple[int, Mistake] | None = None
    trials = 0
    end = min(len(lines), max(failure.line, failure.start) + AHEAD)
    for mistake in candidates(masked(lines), failure):
        if trials >= limit:
            break
        trials += 1
        reached = _reached(apply(mistake, lines)[:end], end, end == len(lines))
        if reached == end:
            return mistake, trials
        if reached > failure.line and (best is None or reached > best[0]):
            best = (reached, mistake)
    return (best[1] if best else None), trials


def _reached(lines: Sequence[str], end: int, whole: bool) -> int:
    """The line that the reader comes to; `end` where it comes to the end, or only misses what is cut off."""
    failure = first_failure("\n".join(lines) + "\n")
    if failure is None or (not whole and failure.line >= end - 1):
        return end
    return min(failure.line, end - 1)


def candidates(lines: Sequence[Line], failure: Failure) -> Iterator[Mistake]:
    """What may be wrong, the likeliest first."""
    near = _near(lines, failure)
    back = list(dict.fromkeys([*near, *range(min(failure.line, len(lines) - 1), max(-1, failure.line - BACK), -1)]))
    yield from chain.from_iterable(character_mistakes(at, lines[at]) for at in near)
    yield from chain.from_iterable(odd_indents(lines, at) for at in with_odd_indents(lines, failure.line))
    yield from chain.from_iterable(value_mistakes(at, lines[at]) for at in near)
    yield from chain.from_iterable(comma_mistakes(lines, at) for at in near[:2])
    quoting = with_open_quotes(lines, failure.line)
    yield from chain.from_iterable(character_mistakes(at, lines[at]) for at in quoting if at not in near)
    yield from chain.from_iterable(quote_mistakes(at, lines[at]) for at in quoting)
    if "could not find expected ':'" in failure.words:
        yield from colon_mistakes(lines, min(failure.start, len(lines) - 1))
    yield from bracket_mistakes(lines, failure.line)
    yield from indentation_mistakes(lines, failure.line)
    yield from chain.from_iterable(colon_mistakes(lines, at) for at in near)
    yield from chain.from_iterable(character_mistakes(at, lines[at]) for at in back if at not in near)
    yield from chain.from_iterable(value_mistakes(at, lines[at]) for at in back if at not in near)


def _near(lines: Sequence[Line], failure: Failure) -> list[int]:
    """The line where the reader stops, those with something on them just above it, and the one where what it was in began."""
    stop = min(failure.line, len(lines) - 1)
    above: Iterable[int] = (at for at in range(stop, -1, -1) if not lines[at].bare)
    near = [at for at, _ in zip(above, range(3), strict=False)]
    return [at for at in dict.fromkeys([*near, min(failure.start, len(lines) - 1)]) if at >= 0]


_WHY = (
    ("mapping values", "yaml_why_colon"),
    ("could not find expected ':'", "yaml_why_no_colon"),
    ("flow mapping", "yaml_why_braces"),
    ("flow sequence", "yaml_why_brackets"),
    ("end of stream", "yaml_why_quote"),
    ("quoted scalar", "yaml_why_quote"),
    ("start any token", "yaml_why_character"),
    ("block", "yaml_why_block"),
)
"""By words of the reader, what we say."""


def unknown(lines: Sequence[str], file: str, failure: Failure) -> Problem:
    """That it cannot be read on here, and what kind of thing is in the way."""
    line = min(failure.line, max(len(lines) - 1, 0))
    text = lines[line] if lines else ""
    column = min(failure.column, len(text)) if failure.line == line else len(text)
    what = next((name for words, name in _WHY if words in failure.words), "yaml_why_here")
    return Problem("yaml_syntax", (), {"what": what}, place=Place(file, line + 1, column + 1, text))
