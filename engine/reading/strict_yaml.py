"""Strict YAML on PyYAML's parser: 1.2 core meaning, a mark for every value, nothing that runs away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from engine.model import number
from engine.model.problem import Path, Place, PolicyError, Problem
from engine.reading.document import HALF, MAX_DEPTH, SourceFile, Tree, decode, lines_of
from engine.reading.yaml_failure import LOADER, failure_of

MAX_ALIASES = 64
MAX_NODES = 500_000
"""With those that stand in by aliases."""
MAX_VALUES = 200_000
"""As they stand in the file: a few seconds."""
MAX_WIDTH = 1_000_000
"""To the end of the line."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def read_yaml(content: bytes, file: str, explained: bool = True) -> SourceFile:
    """One YAML document; PolicyError with every problem of the file's writing, each with its place.

    Who asks only whether it can be read does without the mistakes `explained`, which takes up to a second.
    """
    text = decode(content, file)
    source = SourceFile(file, None, lines_of(text))
    return _Composer(source, explained).compose(text)


def marks(content: bytes, file: str) -> SourceFile | None:
    """The places of a document, whatever is wrong with its values; None where its parts cannot be told apart."""
    try:
        composer = _Composer(SourceFile(file, None, []), explained=False)
        text = decode(content, file)
        composer.source.lines = lines_of(text)
        composer.compose(text)
    except PolicyError:
        pass
    return composer.source if composer.finished else None


class _Composer:
    """Builds the tree from PyYAML's events, and keeps the marks that its constructors would lose."""

    def __init__(self, source: SourceFile, explained: bool) -> None:
        self.source = source
        self.explained = explained
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Tree, int, int]] = {}  # with how many nodes and how deep they are
        self.aliases = 0
        self.deepest = 0
        self.nodes = 0
        self.written = 0
        self.finished = False
        self.events: Iterator[Any] = iter(())

    def compose(self, text: str) -> SourceFile:
        file = self.source.file
        try:
            self.events = yaml.parse(text, Loader=LOADER)
            next(self.events)  # stream start
            if isinstance(next(self.events), yaml.StreamEndEvent):
                raise PolicyError([Problem("empty", place=Place(file, 1, 1))])
            self.source.tree = self.node(next(self.events), (), 0)
            self.finished = True
            next(self.events)  # document end
            extra = next(self.events)
            if not isinstance(extra, yaml.StreamEndEvent):
                self.refuse("several_documents", extra)
            elif self.source.tree is None:
                self.problems.append(Problem("empty", place=Place(file, 1, 1)))
        except yaml.MarkedYAMLError as error:
            self.problems += self.mistakes(error)
        except yaml.reader.ReaderError:
            unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)  # its own position counts bytes or characters
            before = lines_of(text[: unprintable.start()] + "x") if unprintable else ["x"]
            place = Place(file, len(before), len(before[-1]))  # without the line, which holds the character
            self.problems.append(Problem("control_character", place=place))
        if self.problems:
            raise PolicyError(self.problems)
        return self.source

    def place(self, mark: Any, end: Any = None) -> Place:
        if mark is None:
            return Place(self.source.file, 1, 1)
        width = end.column - mark.column if end is not None and end.line == mark.line else 1
        return self.source.at(mark.line, mark.column, width)

    def mistakes(self, error: yaml.MarkedYAMLError) -> list[Problem]:
        """What hinders the parser, in our own words."""
        from engine.reading.mistakes.yaml_search import mistakes_of_text, unknown  # for who made one

        source, failure = self.source, failure_of(error)
        return (
            mistakes_of_text(source.lines, source.file, failure)
            if self.explained
            else [unknown(source.lines, source.file, failure)]
        )

    def refuse(self, code: str, event: Any, **values: object) -> None:
        place = self.place(event.start_mark, event.end_mark)
        self.problems.append(Problem(code, values=values, place=place))

    def stop(self, code: str, event: Any, **values: object) -> None:
        """Refuse what it would be unsafe to read on from."""
        self.refuse(code, event, **values)
        raise PolicyError(self.problems)

    def node(self, event: Any, path: Path, depth: int) -> Tree:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else MAX_WIDTH
        self.source.values[path] = (start.line, start.column, width)
        self.nodes += 1
        self.deepest = max(self.deepest, depth)
        if depth > MAX_DEPTH:
            self.stop("too_deep", event, limit=MAX_DEPTH)
        self.written += 1
        if self.written > MAX_VALUES:
            self.stop("too_many_values", event, limit=MAX_VALUES)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag is not None and event.tag != "!":
            self.refuse("tag", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        before, deepest, self.deepest = self.nodes, self.deepest, depth
        if isinstance(event, yaml.ScalarEvent):
            tree = self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            tree = self.mapping(path, depth)
        else:
            tree = self.sequence(path, depth)
        if event.anchor:
            self.anchors[event.anchor] = (tree, self.nodes - before + 1, self.deepest - depth)
        self.deepest = max(self.deepest, deepest)
        return tree

    def alias(self, event: yaml.AliasEvent, depth: int) -> Tree:
        if event.anchor not in self.anchors:
            self.refuse("alias_unknown", event, name=event.anchor)
            return None
        tree, size, height = self.anchors[event.anchor]
        self.aliases += 1
        self.nodes += size
        self.deepest = max(self.deepest, depth + height)
        if self.deepest > MAX_DEPTH:
            self.stop("too_deep", event, limit=MAX_DEPTH)
        if self.aliases > MAX_ALIASES or self.nodes > MAX_NODES:
            self.stop("too_many_aliases", event, limit=MAX_ALIASES)
        return tree

    def mapping(self, path: Path, depth: int) -> Tree:
        tree: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.stop("key_not_text", event)
            key = str(event.value)
            self.whole(key, event)
            if event.tag is not None and event.tag != "!":
                self.refuse("tag", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
            below = (*path, key)
            if key in tree:
                first = self.source.keys[below]
                self.refuse("duplicate_key", event, key=key, first=first[0] + 1)
            self.source.keys[below] = (event.start_mark.line, event.start_mark.column, len(key))
            tree[key] = self.node(next(self.events), below, depth + 1)
        return tree

    def whole(self, text: str, event: yaml.ScalarEvent) -> None:
        """Refuse half a character, which PyYAML makes of an escape where it is without libyaml."""
        if half := re.search(HALF, text):
            self.refuse("half_character", event, character=f"U+{ord(half[0]):04X}")

    def sequence(self, path: Path, depth: int) -> Tree:
        tree: list[Tree] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            tree.append(self.node(event, (*path, len(tree)), depth + 1))
        return tree

    def scalar(self, event: yaml.ScalarEvent) -> Tree:
        text = event.value
        self.whole(text, event)
        if event.style in ("'", '"', "|", ">"):
            return str(text)
        if text in _NULL:
            return None
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        if _NOT_FINITE.fullmatch(text):
            self.refuse("number_not_finite", event, number=text)
            return None
        value: Tree
        if _INTEGER.fullmatch(text):
            if len(text) > 40:
                self.refuse("number_too_large", event, number=text)
                return 0
            value = int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        elif _FLOAT.fullmatch(text):
            value = Decimal(text)
        else:
            return str(text)
        try:
            number.count_of(value)
        except number.NotANumber as refused:
            self.refuse(refused.code, event, number=text)
        return value
