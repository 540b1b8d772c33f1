"""Outputs that are texts: to a device as they come, or to a file that is put in place when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from engine.model.problem import InputError, Problem
from engine.usecases.output.placing import broken_output, open_output, put_in_place
from engine.usecases.output.target import target
from engine.usecases.output.workspace import disk_of, workspace


@contextmanager
def text_file(file: Path) -> Iterator[Callable[[str], object]]:
    """What writes to a file in UTF-8; InputError where it cannot be written."""
    with _opened(file) as aside:
        if isinstance(aside, TextIOWrapper):
            yield aside.write
        else:
            yield lambda text: aside.write(text.encode("utf-8", "backslashreplace"))


@contextmanager
def bytes_file(file: Path) -> Iterator[Callable[[bytes], object]]:
    """The same for a text that is there in UTF-8."""
    with _opened(file) as aside:
        yield aside.buffer.write if isinstance(aside, TextIOWrapper) else aside.write


@contextmanager
def _opened(file: Path) -> Iterator[TextIOWrapper | BinaryIO]:
    """A device as it is, or a text beside the file that takes its place when it is whole."""
    goal = target(file)
    if goal.is_folder:
        raise InputError([Problem("output_exists", values={"file": str(file)})])
    if goal.is_stream:
        try:
            with open_output(goal) as sink:
                yield sink
        except OSError as error:
            broken_output(goal, error)
        return
    with workspace(file) as folder, disk_of(file):
        result = folder / "made"
        with result.open("w", encoding="utf-8", errors="backslashreplace") as aside:
            yield aside
        put_in_place(result, file)
