"""What a command prints: to standard output, or to a file that is put in place when it is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.usecases.output.encodings import fitting

AT_ONCE = 2**20
"""So many characters are copied at once."""


@contextmanager
def output_to(file: Path | None) -> Iterator[Callable[[str], object]]:
    """What writes to standard output, or in UTF-8 to a file; InputError where the file cannot be written."""
    if file is None:
        yield lambda text: click.echo(text, nl=False)
        return
    from engine.usecases.output.text import text_file  # not for who prints

    with text_file(file) as write:
        yield write


@contextmanager
def whole_output_to(file: Path | None) -> Iterator[Callable[[bytes], object]]:
    """The same for JSON in UTF-8, of which a device, a pipe or standard output too takes nothing unless all of it is there."""
    from engine.usecases.output.target import target  # as above
    from engine.usecases.output.text import bytes_file
    from engine.usecases.output.workspace import disk_of, workspace

    if file is not None and not target(file).is_stream:
        with bytes_file(file) as write:
            yield write
        return
    with workspace(None) as folder:
        aside = folder / "made"
        with disk_of(None), aside.open("wb") as sink:
            yield sink.write
        with output_to(file) as print_text, aside.open(encoding="utf-8", newline="") as text:
            while some := text.read(AT_ONCE):
                print_text(fitting_json(some, file))


def json_text(value: object, to: Path | None = None, indent: int | None = None) -> str:
    r"""A value as JSON, for a file or for standard output; what that cannot take stands as `\uXXXX`, which reads the same."""
    return fitting_json(json.dumps(value, ensure_ascii=False, indent=indent), to)


def fitting_json(text: str, to: Path | None = None) -> str:
    r"""JSON for a file or for standard output, where what that cannot take stands as `\uXXXX`."""
    return fitting(text, "utf-8" if to is not None else getattr(sys.stdout, "encoding", None), "xinyong_json")
