"""What a command prints: to standard output, or to a file that is put in place when it is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.usecases.output.encodings import fitting


@contextmanager
def output_to(file: Path | None) -> Iterator[Callable[[str], object]]:
    """What writes to standard output, or in UTF-8 to a file; InputError where the file cannot be written."""
    if file is None:
        yield lambda text: click.echo(text, nl=False)
        return
    from engine.usecases.output.text import text_file  # not for who prints

    with text_file(file) as write:
        yield write


def json_text(value: object, to: Path | None = None, indent: int | None = None) -> str:
    r"""A value as JSON, for a file or for standard output; what that cannot take stands as `\uXXXX`, which reads the same."""
    return fitting_json(json.dumps(value, ensure_ascii=False, indent=indent), to)


def fitting_json(text: str, to: Path | None = None) -> str:
    r"""JSON for a file or for standard output, where what that cannot take stands as `\uXXXX`."""
    return fitting(text, "utf-8" if to is not None else getattr(sys.stdout, "encoding", None), "xinyong_json")
