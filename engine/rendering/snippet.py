"""A problem with its place: the offending line with a caret, the sentence, and the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from engine.model.problem import Path, Place, Problem
from engine.rendering.messages import message, remedy
from engine.rendering.phrases import with_label
from engine.rendering.sentences import Lang
from engine.rendering.terms import term
from engine.rendering.visible import visible

MAX_LINE = 100
TAB = "\t"


def snippet(problem: Problem, lang: Lang) -> str:
    """`error[code]: sentence`, the place with its line, and the remedy, over several lines."""
    lines = [with_label(f"{term(problem.severity, lang)}[{problem.code}]", message(problem, lang), lang)]
    if problem.place:
        lines += _placed(problem.place)
    help_text = remedy(problem, lang)
    if help_text:
        lines.append(f"  = {help_text}")
    return "\n".join(lines)


def snippets(problems: Iterable[Problem], lang: Lang) -> str:
    """Problems one after another."""
    return "\n\n".join(snippet(problem, lang) for problem in problems)


def _placed(place: Place) -> list[str]:
    lines = [f"  --> {visible(place.file)}:{place.line}:{place.column}"]
    if not place.text.strip():
        return lines
    text, column = place.text, place.column - 1
    if len(text) > MAX_LINE:  # a document on one line: what is around the place
        start = max(0, column - MAX_LINE // 3)
        text, column = text[start : start + MAX_LINE], column - start
    gutter = str(place.line)
    before = "".join("\t" if c == "\t" else " " * width(visible(c)) for c in text[:column])
    marked = max(1, width(visible(text[column : column + place.width], "\t")))
    return [
        *lines,
        f"{' ' * len(gutter)} |",
        f"{gutter} | {visible(text, TAB)}",
        f"{' ' * len(gutter)} | {before}{'^' * marked}",
    ]


def width(text: str) -> int:
    """Columns that a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def path_text(path: Path) -> str:
    """A path as people write it: `records[0].fields.seriousness`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return visible(text)
