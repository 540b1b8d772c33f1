"""`xinyong diff --git`, as `git diff` calls it for a file: what changed in meaning, in place of what changed in its lines."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import dirname

import click
from msgspec.structs import replace

from engine.cli.comparison import compare_sides, render_report
from engine.cli.options import language, localized, today
from engine.model.comparison import DiffReport
from engine.model.policy import Policy
from engine.model.problem import PolicyError
from engine.reading.library import Read, read_library
from engine.reading.near_miss import POLICY, kind_of
from engine.reading.sibling_files import (
    HEAD,
    INDEX,
    SEVERAL,
    UNKNOWN,
    UNSOUND,
    WORKTREE,
    DriverArguments,
    SiblingFiles,
    file_alone,
    find_siblings,
)
from engine.rendering.snippet import snippets
from engine.rendering.visible import visible
from engine.reviewing.diff.versions import all_pairs

ARGUMENTS = (1, 7, 9)
"""So many git gives: of a file that is unmerged, of one as it was and is, and of one under two names."""

PLACES = {WORKTREE: "工作区 || the working tree", INDEX: "暂存区 || the index", HEAD: "HEAD"}
ALONE = (
    "只看这一个文件：{why}。连旁边的文件一起比，用 xinyong diff REV:{folder} REV:{folder} || "
    "this file alone: {why}; compare it with the files beside it by xinyong diff REV:{folder} REV:{folder}"
)
WHY = {
    UNKNOWN: "git 没有说比的是哪两个版本 || git does not say which revisions are compared",
    SEVERAL: "有几个版本都有这样的文件，旁边的文件不同，git 没有说比的是哪个 || "
    "several revisions have it, with other files beside it, and git does not say which is meant",
    UNSOUND: "旁边的文件有错误 || the files beside it are not sound",
}
SHORT = 12
"""So much of a commit's hash tells commits apart."""


def run_driver(arguments: Sequence[str]) -> int:
    """`PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE`, more of a renamed file, PATH alone of an unmerged one.

    Both sides are read with the other files of the policy and the common files of the revisions that are compared, as far
    as these can be found, which is said. Where a side is not sound, that is said, and the lines are compared. It ends well
    whatever it finds, for git would break off.
    """
    path, *rest = arguments
    if len(rest) < 6:
        click.echo(f"unmerged {visible(path)}")
        return 0
    old, new = _given(path, rest[0], rest[1]), _given(rest[6] if len(rest) > 6 else path, rest[3], rest[4])
    sides = [f"a/{old.path}", f"b/{new.path}"]
    if any(kind_of(one.content, one.path) != POLICY for one in (old, new) if one.hash is not None):
        click.echo(visible(f"diff {' '.join(sides)}"))  # common files and cases have no meaning of their own
        click.echo(visible(_lines(old.file, new.file, sides), "\n\t"), nl=False)
        return 0
    try:
        around, before, after = _read(old, new)
        click.echo(visible(f"diff {' '.join(sides)}"))
        for line in _notes(around, before, after, sides):
            click.echo(visible(line))
        found = _of_file(compare_sides(sides, before, after, today=today()), before, after, sides)
        if found.policies or new.hash is not None or not before.pages or around.taken is None:  # else all goes on elsewhere
            click.echo(render_report(found, "text"), nl=False)
    except PolicyError as error:
        click.echo(snippets(error.problems, language()))
        click.echo(visible(_lines(old.file, new.file, sides), "\n\t"), nl=False)
    return 0


def _given(path: str, file: str, key: str) -> DriverArguments:
    """git writes zeros for the hash of what it has not hashed, and the null device in place of a file that is not there."""
    return DriverArguments(path, Path(file), None if file == os.devnull else key if key.strip("0") else "")


def _read(old: DriverArguments, new: DriverArguments) -> tuple[SiblingFiles, Read, Read]:
    """Both sides with what stands beside the file; by itself where that is not sound, or not to be known."""
    around = find_siblings(old, new)
    try:
        return around, read_library(around.sides[0]), read_library(around.sides[1])
    except PolicyError:
        around = file_alone(old, new, UNSOUND)
        return around, read_library(around.sides[0]), read_library(around.sides[1])


def _notes(around: SiblingFiles, old: Read, new: Read, sides: Sequence[str]) -> Iterator[str]:
    """From where what stands beside the file was taken, and in which other file a version of the old one goes on."""
    if around.taken is None:
        folder = dirname(sides[1].removeprefix("b/")) or "."
        yield (localized(ALONE) or "").format(why=localized(WHY[around.why]), folder=folder)
    elif around.matters:
        taken = "连旁边的文件一起看：a/ 取自{old}，b/ 取自{new} || with the files beside it: a/ from {old}, b/ from {new}"
        yield (localized(taken) or "").format(old=_place(around.taken[0]), new=_place(around.taken[1]))
    both = [(was, now) for was, now in all_pairs(old.library.policies, new.library.policies) if was is not None]
    here = {id(was) for was, now in both if now is not None and _file(new, now) == sides[1]}
    for was, now in both:
        if now is not None and _file(old, was) == sides[0] and id(was) not in here:
            goes_on = "{title} {version} 由 {file} 的 {now} 接替，见那个文件 || {title} {version} goes on as {now} in {file}, see there"
            yield (localized(goes_on) or "").format(title=was.title, version=was.version, now=now.version, file=_file(new, now))


def _place(named: str) -> str:
    commit, parent = (named[:-1], "^") if named.endswith("^") else (named, "")
    return localized(PLACES.get(named)) or f"{commit[:SHORT]}{parent}"


def _of_file(comparison: DiffReport, old: Read, new: Read, sides: Sequence[str]) -> DiffReport:
    """What concerns the versions in the file: those that it has now, and those that are gone with it."""

    def of_it(was: Policy | None, now: Policy | None) -> bool:
        if now is not None:
            return _file(new, now) == sides[1]
        return was is not None and _file(old, was) == sides[0]

    mine = (one for one in comparison.policies if of_it(one.changed.old, one.changed.new))
    policies = tuple(replace(one, changed=replace(one.changed, readers={})) for one in mine)  # who reads it is not looked at
    names = {one.changed.policy.id for one in policies}
    shared = tuple(one for one in comparison.shared if any(it.reads and it.policy in names for it in one.concerned))
    return replace(comparison, policies=policies, shared=shared)


def _file(read: Read, policy: Policy) -> str:
    return next(page.source.file for one, page in zip(read.library.policies, read.pages, strict=True) if one is policy)


def _lines(old: Path, new: Path, sides: Sequence[str]) -> str:
    command = ["git", "diff", "--no-index", "--no-ext-diff", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="backslashreplace")  # noqa: S603 (the user's own git)
    _, at, lines = done.stdout.partition("@@")
    names = [os.devnull if str(file) == os.devnull else visible(side) for file, side in zip((old, new), sides, strict=True)]
    return f"--- {names[0]}\n+++ {names[1]}\n{at}{lines}"
