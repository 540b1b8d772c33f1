"""Evaluating documents in bulk to lines of JSON: some at a time by several processes, of all of them the ids alone are held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path

from msgspec import Struct

from engine.model.problem import Problem
from engine.reading.inputs import lines_of, refused_names
from engine.reading.library_cache import Shelf
from engine.rendering.sentences import Lang
from engine.usecases.bulk.chunk import Chunk, chunk_evaluator
from engine.usecases.bulk.processes import processes, shared
from engine.usecases.listener import Listener

AT_ONCE, BYTES = 100, 2**21
"""A chunk has so many documents, or so many bytes and those of one more."""

Output = Callable[[], AbstractContextManager[Callable[[bytes], object]]]
"""What writes the results; nothing of it is seen unless the block ends well."""


class BulkRequest(Struct, frozen=True):
    """Files of documents a line, the day (an ordinal), the policy whose results are asked for, and the language."""

    shelf: Shelf
    inputs: tuple[Path, ...]
    as_of: int
    policy: str | None
    lang: Lang


class _HasMembers(Exception):
    """There is somebody of whom others are members."""


class _Refused(Exception):
    """There are some whose documents must not stand, as is known when all are read."""

    def __init__(self, names: Mapping[str, Problem]) -> None:
        super().__init__(len(names))
        self.names = names


def evaluate_bulk(request: BulkRequest, output: Output, listener: Listener) -> bool | None:
    """Writes the results of all documents in their order; whether some are rejected.

    None, with nothing written, where documents have members: then all have to be held at once. That somebody has two documents
    is known when all are read: the results are made anew without these.
    """
    try:
        return _evaluated(request, output, listener, {})
    except _Refused as refused:
        return _evaluated(request, output, listener, refused.names)
    except _HasMembers:
        return None


def _evaluated(request: BulkRequest, output: Output, listener: Listener, refused: Mapping[str, Problem]) -> bool:
    evaluate = chunk_evaluator(request.shelf, request.as_of, request.policy, request.lang, refused)
    steps = listener.steps("evaluated")
    names: set[str] = set()
    again: set[str] = set()
    suspects: set[str] = set()
    noticed: list[Problem] = []
    rejected = False
    with output() as write, closing(shared(evaluate, _chunks(request.inputs), processes())) as results:
        for lines in results:
            if lines.has_members:
                raise _HasMembers
            again.update(name for name in lines.names if name in names)
            again.update(_twice(lines.names))
            names.update(lines.names)
            suspects.update(lines.suspects)
            noticed += lines.noticed
            rejected = rejected or lines.rejected
            write(lines.text)
            for _ in range(lines.results):
                steps.step()
        steps.end()
        if not refused and (doubtful := refused_names(again, suspects, names)):
            raise _Refused(doubtful)
        listener.notice(noticed)
    return rejected


def _twice(names: tuple[str, ...]) -> set[str]:
    if len(set(names)) == len(names):
        return set()
    return {name for name in names if names.count(name) > 1}


def _chunks(files: Iterable[Path]) -> Iterator[Chunk]:
    for file in files:
        lines: list[tuple[bytes | Problem, int]] = []
        size = 0
        for content, number in lines_of(file):
            lines.append((content, number))
            size += len(content) if isinstance(content, bytes) else 0
            if len(lines) >= AT_ONCE or size >= BYTES:
                yield Chunk(str(file), tuple(lines))
                lines, size = [], 0
        if lines:
            yield Chunk(str(file), tuple(lines))
