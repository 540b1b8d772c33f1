"""What YAML takes in another way than it is meant: mistakes of writing that show only in a file's shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from engine.model.problem import PolicyError, Problem
from engine.reading.document import SourceFile
from engine.reading.mistakes.characters import NAME, character_mistakes
from engine.reading.mistakes.layout import moved_lines, odd_indents
from engine.reading.mistakes.masked import Line, masked
from engine.reading.mistakes.mistake import MOST, Mistake, Spot, apply, problems_of
from engine.reading.mistakes.values import single_quoted
from engine.reading.strict_yaml import read_yaml

Shape = Callable[[SourceFile], list[Problem]]
"""What is wrong with a file that can be read."""

TRIALS = 60

_OF_PLACE = ("unknown_key", "missing_key", "choose_one", "not_together", "wrong_type", "bad_id")
"""What a key brings about that stands where it does not belong."""


class Meant(Struct, frozen=True):
    """The mistakes of writing that were seen, the file as it would be without them, and what is wrong with that."""

    mistakes: list[Problem]
    source: SourceFile
    problems: list[Problem]


def as_meant(source: SourceFile, problems: Sequence[Problem], shape: Shape) -> Meant:
    """A file whose shape has problems, read as it is meant, as far as mistakes of writing bring them about.

    Each is tried: it is one where `shape` has less to say of the lines without it.
    """
    now, rest = list(source.lines), list(problems)
    mistakes: list[Problem] = []
    trials = 0
    for number in _lines(problems):
        if trials >= TRIALS or len(mistakes) >= MOST:
            break
        best: tuple[int, Mistake, list[Problem]] | None = None
        for mistake in _candidates(masked(now), number, [p for p in rest if _line(p) == number]):
            trials += 1
            left = _tried(apply(mistake, now), source.file, shape)
            if left is not None and _helps(rest, left, number) and (best is None or len(left) < best[0]):
                best = (len(left), mistake, left)
        if best:
            mistakes += problems_of(best[1], source.file, source.lines, now)
            now, rest = apply(best[1], now), best[2]
    if not mistakes:
        return Meant([], source, list(problems))
    repaired = read_yaml(_content(now), source.file)
    repaired.lines = source.lines  # what is shown is what is written
    return Meant(mistakes, repaired, shape(repaired))


def _content(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode(errors="surrogatepass")


def _line(problem: Problem) -> int:
    return problem.place.line - 1 if problem.place else -1


def _lines(problems: Iterable[Problem]) -> list[int]:
    """Where the problems are, each line once."""
    return [number for number in dict.fromkeys(map(_line, problems)) if number >= 0]


def _tried(lines: Sequence[str], file: str, shape: Shape) -> list[Problem] | None:
    """What is wrong with the lines; None where they cannot be read."""
    try:
        return shape(read_yaml(_content(lines), file, explained=False))
    except PolicyError:
        return None


def _name(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.path, str(problem.values.get("key", ""))


def _helps(before: Sequence[Problem], after: Sequence[Problem], number: int) -> bool:
    """Whether something of the line is no longer wrong, and nothing else is instead."""
    old, new = {_name(problem) for problem in before}, {_name(problem) for problem in after}
    gone = any(_line(problem) == number and _name(problem) not in new for problem in before)
    keys = {problem.path[-1] for problem in before if _line(problem) == number and problem.path}

    def instead(problem: Problem) -> bool:  # of the line, or that what it begins on the next is nothing for its place
        of_value = problem.code == "wrong_type" and problem.path[-1:] and problem.path[-1] in keys
        return (_line(problem) == number or bool(of_value)) and _name(problem) not in old

    return gone and len(after) <= len(before) and not any(map(instead, after))


def _candidates(lines: Sequence[Line], number: int, problems: Sequence[Problem]) -> Iterator[Mistake]:
    """What may be wrong in a line, the likeliest first."""
    line = lines[number]
    yield from odd_indents(lines, number)
    yield from character_mistakes(number, line)
    yield from _number_commas(number, line)
    yield from _hash(number, line)
    yield from _commas_in_values(number, line)
    yield from _stray(number, line)
    if any(problem.code in _OF_PLACE for problem in problems):
        yield from _misplaced(lines, number)


def _number_commas(number: int, line: Line) -> Iterator[Mistake]:
    """`1,000` in brackets, where a comma ends the item."""
    matches = list(re.finditer(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?!\d)", line.mask))
    if matches:
        first = matches[0]
        text = line.text
        for match in reversed(matches):
            text = text[: match.start()] + _plain(match[0]) + text[match.end() :]
        values = {"value": first[0], "meant": _plain(first[0])}
        yield Mistake((Spot("number_comma", number, first.start(), len(first[0]), values),), {number: text})


def _plain(number: str) -> str:
    return str(int(number.replace(",", "")))


def _hash(number: int, line: Line) -> Iterator[Mistake]:
    """`title: #1 …`: nothing but a comment where a value is needed."""
    if match := re.match(rf"(\s*(?:- +)*{NAME}\s*:\s+)(#.*)$", line.text):
        quoted = single_quoted(match[2].rstrip())
        spot = Spot("yaml_hash", number, match.start(2), len(match[2].rstrip()), {"written": quoted[:60]})
        yield Mistake((spot,), {number: match[1] + quoted})


def _commas_in_values(number: int, line: Line) -> Iterator[Mistake]:
    """`{title: 甲, 乙, count: x}`: a comma of a text that ends it."""
    for match in re.finditer(rf"[{{,]\s*{NAME}\s*:\s+([^\s\"'{{\[].*?)(?=,\s*[^\s,:{{}}\[\]]+\s*:\s|\s*}})", line.text):
        if "," in match[1]:
            quoted = single_quoted(match[1])
            spot = Spot("yaml_comma_in_value", number, match.start(1), len(match[1]), {"written": quoted[:60]})
            yield Mistake((spot,), {number: line.text[: match.start(1)] + quoted + line.text[match.end(1) :]})


def _stray(number: int, line: Line) -> Iterator[Mistake]:
    """A bracket at the end of a line that nothing opens, which is part of a text to YAML."""
    match = re.match(rf"(\s*(?:- +)*)({NAME}\s*:\s+)?([^{{}}\[\]]*)([}}\]])\s*$", line.text)
    if match and not line.depth:
        at = match.start(4)
        opening = {"}": "{", "]": "["}[match[4]]
        values = {"character": match[4], "plain": opening}
        yield Mistake((Spot("bracket_stray", number, at, 1, values),), {number: line.text[:at] + line.text[at + 1 :]})
        for start in dict.fromkeys((match.start(3), len(match[1]))):
            spot = Spot("bracket_unopened", number, at, 1, values)
            yield Mistake((spot,), {number: line.text[:start] + opening + line.text[start:]})


def _misplaced(lines: Sequence[Line], number: int) -> Iterator[Mistake]:
    """A key that stands too far left or right, and so belongs to another one."""
    key = re.match(rf"\s*(?:- +)*({NAME})\s*:", lines[number].text)
    for move in moved_lines(lines, [number]) if key else ():
        indent = move.spots[0].values["needed"]
        above = next(
            (at for at in range(number - 1, -1, -1) if not lines[at].bare and lines[at].indent < int(str(indent))), None
        )
        name = re.match(rf"\s*(?:- +)*({NAME})\s*:", lines[above].text) if above is not None else None
        if key and name:
            values = {"key": key[1], "needed": indent, "above": name[1]}
            yield Mistake((Spot("yaml_misplaced", number, key.start(1), len(key[1]), values),), move.repaired)
        else:
            yield move
