"""`xinyong diff --git`, as `git diff` calls it for a file: what changed in meaning, in place of what changed in its lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import click

from engine.cli.comparison import compare, told
from engine.cli.options import language
from engine.model.problem import PolicyError
from engine.reading.document import read_bytes
from engine.reading.files import Files, common_beside
from engine.reading.library import Read, read_library
from engine.telling.snippet import snippets
from engine.telling.visible import visible

ARGUMENTS = (1, 7, 9)
"""So many git gives: of a file that is unmerged, of one as it was and is, and of one under two names."""


def drive(arguments: Sequence[str]) -> int:
    """`PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE`, more of a renamed file, PATH alone of an unmerged one.

    Both sides take the common files that stand beside PATH now. Where a side is not sound, that is said, and the lines are
    compared. It ends well whatever it finds, for git would break off.
    """
    path, *rest = arguments
    if len(rest) < 6:
        click.echo(f"unmerged {visible(path)}")
        return 0
    old, new = Path(rest[0]), Path(rest[3])
    sides = [f"a/{path}", f"b/{rest[6] if len(rest) > 6 else path}"]
    try:
        before, after = _read(old, Path(path), sides[0]), _read(new, Path(path), sides[1])
        click.echo(visible(f"diff {' '.join(sides)}"))
        click.echo(told(compare(sides, before, after), "text"), nl=False)
    except PolicyError as error:
        click.echo(snippets(error.problems, language()))
        click.echo(visible(_lines(old, new, sides), "\n\t"), nl=False)
    return 0


def _read(file: Path, path: Path, side: str) -> Read:
    """A side's own content under its name; a file that is not there has no policies."""
    content = b"" if str(file) == os.devnull else read_bytes(file)
    return read_library(Files(((side, content),) if content else (), common_beside(path.parent)))


def _lines(old: Path, new: Path, sides: Sequence[str]) -> str:
    command = ["git", "diff", "--no-index", "--no-ext-diff", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="backslashreplace")  # noqa: S603 (the user's own git)
    _, at, lines = done.stdout.partition("@@")
    names = [os.devnull if str(file) == os.devnull else visible(side) for file, side in zip((old, new), sides, strict=True)]
    return f"--- {names[0]}\n+++ {names[1]}\n{at}{lines}"
