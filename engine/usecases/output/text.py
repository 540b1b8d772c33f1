"""Outputs that are texts: to a device as they come, or to a file that is put in place when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.usecases.output.placing import broken_output, open_output, put_in_place
from engine.usecases.output.target import target
from engine.usecases.output.workspace import disk_of, workspace


@contextmanager
def text_file(file: Path) -> Iterator[Callable[[str], object]]:
    """What writes to a file in UTF-8; InputError where it cannot be written."""
    goal = target(file)
    if goal.is_folder:
        raise InputError([Problem("output_exists", values={"file": str(file)})])
    if goal.is_stream:
        try:
            with open_output(goal) as sink:
                yield lambda text: sink.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            broken_output(goal, error)
        return
    with workspace(file) as folder, disk_of(file):
        result = folder / "made"
        with result.open("w", encoding="utf-8", errors="backslashreplace") as aside:
            yield aside.write
        put_in_place(result, file)
