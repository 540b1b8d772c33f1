"""Characters that nobody sees, or that change how what stands around them is read: no policy is written with them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.invisible import HIDDEN, pattern
from engine.model.problem import Path, Problem
from engine.reading.document import SourceFile, Tree

_UNSEEN = pattern(HIDDEN, but="\t\n")


def invisible_problems(source: SourceFile) -> Iterator[Problem]:
    """A problem for each text or key of a file that holds such a character, named by its number."""
    return _within(source, source.tree, ())


def _within(source: SourceFile, tree: Tree, path: Path) -> Iterator[Problem]:
    match tree:
        case str():
            yield from _problem(source, tree, path, False)
        case dict():
            for key, value in tree.items():
                yield from _problem(source, key, (*path, key), True)
                yield from _within(source, value, (*path, key))
        case list():
            for index, value in enumerate(tree):
                yield from _within(source, value, (*path, index))


def _problem(source: SourceFile, text: str, path: Path, at_key: bool) -> Iterator[Problem]:
    if unseen := _UNSEEN.search(text):
        yield source.problem("unseen_character", path, at_key, character=f"U+{ord(unseen[0]):04X}")
