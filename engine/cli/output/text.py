"""Outputs that are texts: to standard output, to a device as they come, or to a file that is put in place when it is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.cli.options import fail
from engine.cli.output.placing import broken_output, open_output, put_in_place
from engine.cli.output.streams import fitting
from engine.cli.output.target import target
from engine.cli.output.workspace import disk_of, workspace
from engine.model.problem import Problem


@contextmanager
def output_to(file: Path | None) -> Iterator[Callable[[str], object]]:
    """What writes to standard output, or in UTF-8 to a file; InputError where the file cannot be written."""
    if file is None:
        yield lambda text: click.echo(text, nl=False)
        return
    goal = target(file)
    if goal.is_folder:
        fail(Problem("output_exists", values={"file": str(file)}))
    if goal.is_stream:
        try:
            with open_output(goal) as sink:
                yield lambda text: sink.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            broken_output(goal, error)
        return
    with workspace(file) as folder, disk_of(file):
        made = folder / "made"
        with made.open("w", encoding="utf-8", errors="backslashreplace") as aside:
            yield aside.write
        put_in_place(made, file)


def json_text(value: object, to: Path | None = None, indent: int | None = None) -> str:
    r"""A value as JSON, for a file or for standard output; what that cannot take stands as `\uXXXX`, which reads the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return fitting(text, "utf-8" if to is not None else getattr(sys.stdout, "encoding", None), "xinyong_json")
