"""`xinyong diff --git`, as `git diff` calls it for a file: what changed in meaning, in place of what changed in its lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import dirname

import click

from engine.cli.diff_report import render_report
from engine.cli.options import language, sentence, today
from engine.reading.sibling_files import HEAD, INDEX, WORKTREE
from engine.rendering.snippet import snippets
from engine.rendering.visible import visible
from engine.usecases.git_driver import FileChange, compare_file

ARGUMENTS = (1, 7, 9)
"""So many git gives: of a file that is unmerged, of one as it was and is, and of one under two names."""

SHORT = 12
"""So much of a commit's hash tells commits apart."""


def run_driver(arguments: Sequence[str]) -> int:
    """`PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE`, more of a renamed file, PATH alone of an unmerged one.

    Where a side is not sound, that is said, and the lines are compared. It ends well whatever it finds, for git would break
    off.
    """
    if len(arguments) < 7:
        click.echo(f"unmerged {visible(arguments[0])}")
        return 0
    change = compare_file(arguments, today())
    if change.problems:
        click.echo(snippets(change.problems, language()))
    else:
        click.echo(visible(f"diff {' '.join(change.sides)}"))
    if change.around is None:
        click.echo(visible(_lines(change), "\n\t"), nl=False)
        return 0
    for line in _notes(change):
        click.echo(visible(line))
    if change.report is not None:
        click.echo(render_report(change.report, "text"), nl=False)
    return 0


def _notes(change: FileChange) -> Iterator[str]:
    """From where what stands beside the file was taken, and in which other file a version of the old one goes on."""
    around = change.around
    if around is None:
        return
    if around.taken is None:
        folder = dirname(change.sides[1].removeprefix("b/")) or "."
        yield sentence("driver-alone", why=sentence(f"driver-why-{around.why}"), folder=folder)
    elif around.matters:
        yield sentence("driver-together", old=_place(around.taken[0]), new=_place(around.taken[1]))
    for it in change.successors:
        yield sentence("driver-goes-on", title=it.title, version=it.version, now=it.now, file=it.file)


def _place(named: str) -> str:
    if named in (WORKTREE, INDEX):
        return sentence(f"driver-place-{named}")
    commit, parent = (named[:-1], "^") if named.endswith("^") else (named, "")
    return named if named == HEAD else f"{commit[:SHORT]}{parent}"


def _lines(change: FileChange) -> str:
    files: tuple[Path, Path] = (change.old.file, change.new.file)
    command = ["git", "diff", "--no-index", "--no-ext-diff", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="backslashreplace")  # noqa: S603 (the user's own git)
    _, at, lines = done.stdout.partition("@@")
    names = [os.devnull if str(file) == os.devnull else visible(side) for file, side in zip(files, change.sides, strict=True)]
    return f"--- {names[0]}\n+++ {names[1]}\n{at}{lines}"
