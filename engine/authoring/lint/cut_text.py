"""A text that a `#` cuts: what follows it is a comment, and was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Path, Problem
from engine.reading.document import SourceFile
from engine.reading.library import Read
from engine.reading.mistakes.quoted import is_text
from engine.reading.mistakes.values import single_quoted

_CUT = re.compile(r" #.*")
"""Comments stand two blanks after what they are about, and those who mean one write it so."""


def find(linted: LintContext) -> Iterator[Problem]:
    yield from find_in(linted.source)


def find_in_common(read: Read) -> Iterator[Problem]:
    """The same in the common files."""
    for source in read.sources.values():
        yield from find_in(source)


def find_in(source: SourceFile) -> Iterator[Problem]:
    for path, (number, column, width) in source.values.items():
        if not is_text(path) or number >= len(source.lines):
            continue
        line = source.lines[number]
        if line[column : column + 1] not in ("", '"', "'", "|", ">", "{", "[") and (cut := _CUT.match(line, column + width)):
            yield _problem(source, path, line[column : cut.end()].rstrip(), cut[0].strip())


def _problem(source: SourceFile, path: Path, text: str, rest: str) -> Problem:
    written = single_quoted(text)
    return source.problem("cut_text", path, severity="warning", rest=rest, written=written)
