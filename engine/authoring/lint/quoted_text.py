"""A text that stands in Chinese quotation marks as a whole, which makes them a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Problem
from engine.reading.document import SourceFile
from engine.reading.library import Read
from engine.reading.mistakes.quoted import quoted_texts


def find(linted: LintContext) -> Iterator[Problem]:
    yield from find_in(linted.source)


def find_in_common(read: Read) -> Iterator[Problem]:
    """The same in the common files."""
    for source in read.sources.values():
        yield from find_in(source)


def find_in(source: SourceFile) -> Iterator[Problem]:
    for path, text in quoted_texts(source):
        yield source.problem("quoted_text", path, severity="warning", quotes=text[0] + text[-1], text=text[1:-1])
