"""What stands beside a file on the two sides of a `git diff`, as far as git lets its driver know."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path as File
from posixpath import dirname

from msgspec import Struct

from engine.model.problem import InputError, PolicyError
from engine.reading.document import read_bytes
from engine.reading.files import Files, common_beside, find_files
from engine.reading.git import commits_of, git_objects
from engine.reading.published_commit import HERE, published_commit
from engine.reading.revisions import side_files
from engine.reading.strict_yaml import read_yaml

WORKTREE, INDEX, HEAD = "worktree", "index", "HEAD"
USUAL = ((INDEX, WORKTREE), (HEAD, WORKTREE), (HEAD, INDEX))
"""What people compare; either may be the old side."""

UNKNOWN, SEVERAL, UNSOUND = "unknown", "several", "unsound"

MOST = 3
"""Of so many commits that made the same change it is seen whether they tell the same."""

_POLICY = re.compile(rb"^policy:[ \t]*[\"']?([a-z0-9_-]+)", re.MULTILINE)


class DriverArguments(Struct, frozen=True):
    """A side as git gives it: the file's path in the repository, where its content lies, and the content's hash.

    The hash is empty of what is in the working tree, and None where there is no such file.
    """

    path: str
    file: File
    hash: str | None

    @property
    def content(self) -> bytes:
        return b"" if self.hash is None else read_bytes(self.file)


class SiblingFiles(Struct, frozen=True):
    """Both sides with the other files of the policy and the common files, under the names `a/…` and `b/…`.

    `taken` is where each side's were found: worktree, index, HEAD or a commit. None where they were not, and `why`: that is
    `unknown`, there are `several` such places with other files beside it, or what is there is `unsound`.
    """

    sides: tuple[Files, Files]
    taken: tuple[str, str] | None
    why: str = ""

    matters: bool = False
    """Whether there are other files of the policy, or other common files on the other side."""


def find_siblings(old: DriverArguments, new: DriverArguments) -> SiblingFiles:
    """What stands beside; the file alone, with the common files that are there now, where that is not to be known.

    git hands its driver one file, by the hashes of its contents, and not the revisions that it compares. They are found as
    those that have these contents: working tree, index and HEAD, or a commit before HEAD that made this very change, or the
    branch that this one goes back to.
    """
    ids = {policy_id for side in (old, new) for policy_id in _ids([(side.path, side.content)])}
    readings: dict[object, SiblingFiles] = {}
    try:
        for pair in _places(old, new):
            siblings = _taken(old, new, pair, ids)
            readings.setdefault(
                tuple((_in_either(side.policies), _in_either(side.common)) for side in siblings.sides), siblings
            )
    except (OSError, subprocess.SubprocessError, InputError):
        readings = {}
    if len(readings) == 1:
        return next(iter(readings.values()))
    return file_alone(old, new, SEVERAL if readings else UNKNOWN)


def file_alone(old: DriverArguments, new: DriverArguments, why: str) -> SiblingFiles:
    """The file alone, with the common files that stand beside it now."""
    now = common_beside(File(dirname(new.path)))
    return SiblingFiles((Files(_own("a", old), now), Files(_own("b", new), now)), None, why)


def _in_either(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """Names below `a/` or `b/`, and contents."""
    return tuple((name[2:] if name[:2] in ("a/", "b/") else name, content) for name, content in files)


def _own(letter: str, side: DriverArguments) -> tuple[tuple[str, bytes], ...]:
    """A side's own content under its name; a file that is not there has no policies."""
    return () if side.hash is None else ((f"{letter}/{side.path}", side.content),)


# Which places have these contents


def _places(old: DriverArguments, new: DriverArguments) -> list[tuple[str, str]]:
    """Where both sides may have been taken from: the usual places, else commits that made the change, else another branch."""
    has = _known([old.path, new.path])
    now = "" in (old.hash, new.hash)  # the working tree is one side for certain; else it is the least likely one
    ways = [pair for places in (USUAL if now else USUAL[::-1]) for pair in (places, places[::-1])]
    usual = [pair for pair in ways if has(pair[0], old) and has(pair[1], new)]
    return usual or ([] if now else _same_change(old, new)) or _parted(old, new, has)


def _same_change(old: DriverArguments, new: DriverArguments) -> list[tuple[str, str]]:
    """The commits before HEAD that made this very change, each after the one before it."""
    commits = commits_of(File(), new.path if new.hash is not None else old.path)
    names = [name for commit in commits for name in (f"{commit}^:{old.path}", f"{commit}:{new.path}")]
    hashes = [blob and blob.hash for blob in git_objects(File(), names)]
    both = zip(commits, hashes[::2], hashes[1::2], strict=True)
    same = [commit for commit, before, after in both if (before, after) == (old.hash, new.hash)]
    return [(f"{commit}^", commit) for commit in same[:MOST]]


def _parted(old: DriverArguments, new: DriverArguments, has: Callable[[str, DriverArguments], bool]) -> list[tuple[str, str]]:
    """The branch that this one goes back to, as it is and where they part, beside what is here."""
    base = published_commit(File())
    if base is None or base.of == HERE:
        return []
    places = [base.of, base.commit]
    names = [f"{place}:{side.path}" for place in places for side in (old, new)]
    hashes = [blob and blob.hash for blob in git_objects(File(), names)]
    pairs = []
    for place, before, after in zip(places, hashes[::2], hashes[1::2], strict=True):
        pairs += [(place, here) for here in (WORKTREE, INDEX, HEAD) if before == old.hash and has(here, new)]
        pairs += [(here, place) for here in (WORKTREE, INDEX, HEAD) if after == new.hash and has(here, old)]
    return pairs


def _known(paths: Sequence[str]) -> Callable[[str, DriverArguments], bool]:
    """Whether a usual place has the content of a side."""
    names = [(place, path) for place in (INDEX, HEAD) for path in dict.fromkeys(paths)]
    objects = git_objects(File(), [f"{'' if place == INDEX else place}:{path}" for place, path in names])
    hashes = {name: blob and blob.hash for name, blob in zip(names, objects, strict=True)}

    def has(place: str, side: DriverArguments) -> bool:
        if place != WORKTREE:
            return side.hash != "" and hashes[place, side.path] == side.hash
        if side.hash is None:
            return not os.path.lexists(side.path)
        return side.hash == "" or (os.path.isfile(side.path) and _hash(side.path, len(side.hash)) == side.hash)

    return has


def _hash(path: str, digits: int) -> str:
    """What git calls the content of a file, where nothing is done to it on the way."""
    content = read_bytes(File(path))
    hasher = hashlib.sha1(usedforsecurity=False) if digits == 40 else hashlib.sha256()
    hasher.update(b"blob %d\0" % len(content) + content)
    return hasher.hexdigest()


# What they have beside it


def _taken(old: DriverArguments, new: DriverArguments, places: tuple[str, str], ids: set[str]) -> SiblingFiles:
    folders = [_folder(place, dirname(side.path)) for place, side in zip(places, (old, new), strict=True)]
    sides, more = [], False
    for letter, side, folder, other in (("a", old, folders[0], folders[1]), ("b", new, folders[1], folders[0])):
        policies = _renamed(letter, folder.policies if folder else ())
        own = _own(letter, side)
        name = f"{letter}/{side.path}"
        siblings = [(each, content) for each, content in policies if each != name and ids & set(_ids([(each, content)]))]
        there = folder or other
        common = _renamed(letter, there.common) if there else common_beside(File(dirname(side.path)))
        sides.append(Files((*own, *siblings), common))
        more = more or bool(siblings)
    return SiblingFiles(
        (sides[0], sides[1]), places, matters=more or _in_either(sides[0].common) != _in_either(sides[1].common)
    )


def _renamed(letter: str, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """Files of a place as `git diff` names them; the shipped ones keep their names."""
    return tuple((name if os.path.isabs(name) else f"{letter}/{name}", content) for name, content in files)


def _folder(place: str, folder: str) -> Files | None:
    """What a folder holds at a place, by paths in the repository; None where there is no such folder with policies."""
    revision = f"{'' if place == INDEX else place}:"
    try:
        if place == WORKTREE:
            return find_files([File(folder)])
        files = side_files(f"{revision}{folder}")
    except InputError:
        return None
    groups = (
        tuple((name.removeprefix(revision), content) for name, content in group) for group in (files.policies, files.common)
    )
    return Files(*groups)


def _ids(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """The ids of the policies in these files, quickly where they stand at the head of a line."""
    for name, content in files:
        match = _POLICY.search(content)
        if match:
            yield match[1].decode()
            continue
        try:
            tree = read_yaml(content, name).tree
        except PolicyError:
            continue
        if isinstance(tree, dict) and isinstance(tree.get("policy"), str):
            yield str(tree["policy"])
