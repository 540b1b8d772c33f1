"""Values with Chinese quotation marks around them, or Chinese commas between them, which YAML takes as a part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.problem import Path, Problem
from engine.reading.document import SourceFile, Tree

TEXTS = frozenset((
    "title", "note", "document", "number", "issuer", "authority", "why", "law", "article", "publicity", "repair", "english",
    "objection", "contact", "quote", "name", "source", "reason", "advice", "text",
))  # fmt: skip
"""Keys of texts that people read, and nothing is compared with."""

_OF_TEXTS = frozenset(("basis", "collection", "one_of", "labels"))
"""Keys of mappings whose values are such texts."""

QUOTED = re.compile("[“”‘’「『＂＇][^“”‘’「」『』＂＇]*[“”‘’」』＂＇\"']|[\"'][^“”‘’]*[”’]")
_COMMAS = re.compile("[^、，；]+([、，；])[^、，；].*", re.DOTALL)
_MARKS = tuple(mark.encode() for mark in "“”‘’「『＂＇、，；")


def quoted_names(source: SourceFile, content: bytes) -> list[Problem]:
    """A problem for each value that names or is compared with something, and stands in such quotes or is several."""
    if not any(mark in content for mark in _MARKS):
        return []
    problems = []
    for path, text in _texts(source.tree, ()):
        if is_text(path):
            continue
        if QUOTED.fullmatch(text):
            problems.append(source.problem("chinese_quotes", path, character=f"{text[0]}{text[-1]}", plain='"'))
        elif isinstance(path[-1], int) and (several := _COMMAS.fullmatch(text)):
            problems.append(source.problem("yaml_full_width", path, character=several[1], plain=","))
    return problems


def quoted_texts(source: SourceFile) -> Iterator[tuple[Path, str]]:
    """Where a text that people read stands in such quotes as a whole."""
    yield from ((path, text) for path, text in _texts(source.tree, ()) if is_text(path) and QUOTED.fullmatch(text))


def is_text(path: Path) -> bool:
    """Whether what stands at a path is only read by people."""
    key = path[-1] if path else ""
    return key in TEXTS or (isinstance(key, str) and any(above in _OF_TEXTS for above in path[-3:-1]))


def _texts(tree: Tree, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a tree that stands below a key."""
    match tree:
        case str():
            yield from [(path, tree)] if path else ()
        case dict():
            for key, value in tree.items():
                yield from _texts(value, (*path, key))
        case list():
            for index, value in enumerate(tree):
                yield from _texts(value, (*path, index))
        case _:
            pass
