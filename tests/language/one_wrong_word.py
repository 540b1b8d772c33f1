"""One wrong word in a file that was sound, for every word of it: a key, or a text without quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.model.problem import Path
from engine.reading.document import SourceFile
from engine.reading.strict_yaml import read_yaml

WORDS = ("组织", "zzwrong")
"""One that is the title of something, and one that is nothing."""


class Spoilt(NamedTuple):
    """A file with one word wrong, and which."""

    content: bytes
    path: Path
    word: str


def spoilt(content: bytes, file: str) -> Iterator[Spoilt]:
    """The file with each of its words wrong in turn."""
    source = read_yaml(content, file)
    for path, line, column, width in _words(source):
        for word in WORDS:
            lines = list(source.lines)
            lines[line] = lines[line][:column] + word + lines[line][column + width :]
            yield Spoilt("".join(f"{text}\n" for text in lines).encode(), path, word)


def _words(source: SourceFile) -> Iterator[tuple[Path, int, int, int]]:
    """Where keys and texts stand that are written plainly."""
    for path, mark in source.keys.items():
        yield (path, *mark)
    for path, mark in source.values.items():
        if isinstance(_at(source, path), str) and source.lines[mark[0]][mark[1] : mark[1] + 1] not in "|>\"'":
            yield (path, *mark)


def _at(source: SourceFile, path: Path) -> object:
    tree: object = source.tree
    for part in path:
        tree = tree[part] if isinstance(tree, (dict, list)) else None  # type: ignore[index]
    return tree
