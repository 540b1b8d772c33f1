"""Characters that nobody sees, or that change how what stands around them is read: no policy is written with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.problem import Path, Problem
from engine.reading.document import Source, Tree

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tabs and the ends of lines
    "\xad\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff"  # without width, or of a direction
    "\u2028-\u202e\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # lines and directions, marks of notes, no characters
    "\U000e0000-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)


def unseen(source: Source) -> Iterator[Problem]:
    """A problem for each text or key of a file that holds such a character, named by its number."""
    return _within(source, source.tree, ())


def _within(source: Source, tree: Tree, path: Path) -> Iterator[Problem]:
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


def _problem(source: Source, text: str, path: Path, at_key: bool) -> Iterator[Problem]:
    if found := _UNSEEN.search(text):
        yield source.problem("unseen_character", path, at_key, character=f"U+{ord(found[0]):04X}")
