"""What a git repository holds, asked of the user's own git, and of nothing that the repository would have it run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from msgspec import Struct

TIMEOUT = 60
"""Seconds that git may take."""

COMMITS = 1000
"""So far back it is looked for the commit that made a change."""

_SAFE = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # what a partial clone lacks is not fetched: its configuration names the programs that would do so
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_PATHSPECS = ("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
"""What these say would be said of our own patterns."""

FILE, FOLDER, LINK, SUBMODULE = "file", "folder", "link", "submodule"
_KINDS = {"10": FILE, "04": FOLDER, "40": FOLDER, "12": LINK, "16": SUBMODULE}


class GitObject(Struct, frozen=True):
    """An object of a repository: its name there, what it is (blob, tree, commit), and how many bytes it has."""

    hash: str
    kind: str
    size: int


class Entry(Struct, frozen=True):
    """What stands in a folder of a repository: a file, folder, link or submodule."""

    name: str
    kind: str
    hash: str


class Reference(Struct, frozen=True):
    """A commit, the reference that this one leads to, and the one whose changes the branch takes; empty where there is none."""

    hash: str
    leads_to: str
    upstream: str


def git_objects(folder: File, names: Sequence[str]) -> list[GitObject | None]:
    """Objects by their names (`REV:PATH`, a hash, …), all in one call; None for what there is not.

    OSError without git, SubprocessError where it objects, as it does outside of a repository.
    """
    sound = [name for name in names if "\n" not in name]  # git reads a name a line
    lines = _git(folder, ["cat-file", "--batch-check"], _lines(sound)).split(b"\n")[:-1]
    described = dict(zip(sound, map(_described, lines), strict=True))
    return [described.get(name) for name in names]


def blob_contents(folder: File, objects: Sequence[GitObject]) -> Iterator[bytes]:
    """What objects hold, in their order; errors as git_objects."""
    out = _git(folder, ["cat-file", "--batch"], _lines([blob.hash for blob in objects]))
    at = 0
    for blob in objects:
        at = out.index(b"\n", at) + 1
        yield out[at : at + blob.size]
        at += blob.size + 1


def prefix(folder: File) -> str:
    """Where a folder stands in its repository, `policies/` or empty; errors as git_objects."""
    return os.fsdecode(_git(folder, ["rev-parse", "--show-prefix"])).removesuffix("\n")


def branch(folder: File) -> str | None:
    """The branch that is checked out, `refs/heads/…`; None where a commit is by itself; errors as git_objects."""
    try:
        return os.fsdecode(_git(folder, ["symbolic-ref", "--quiet", "HEAD"])).removesuffix("\n")
    except subprocess.CalledProcessError as error:
        if error.returncode == 1:
            return None
        raise


def references(folder: File, patterns: Sequence[str]) -> dict[str, Reference]:
    """Branches and the like, by their full names, that begin with patterns or match them; errors as git_objects."""
    form = "%(refname)%00%(objectname)%00%(symref)%00%(upstream)"
    lines = os.fsdecode(_git(folder, ["for-each-ref", f"--format={form}", *patterns])).split("\n")
    fields = (line.split("\0") for line in lines if line)
    return {name: Reference(key, leads_to, upstream) for name, key, leads_to, upstream in fields}


def merge_base(folder: File, first: str, second: str) -> str | None:
    """The commit in which two, by their hashes, part; None where they have none in common; errors as git_objects."""
    try:
        return os.fsdecode(_git(folder, ["merge-base", first, second])).partition("\n")[0] or None
    except subprocess.CalledProcessError as error:
        if error.returncode == 1:
            return None
        raise


def commits_of(folder: File, path: str) -> list[str]:
    """The last commits before HEAD in which a path of the repository differs; errors as git_objects."""
    pattern = f":(top,literal){path}"
    return _git(folder, ["rev-list", f"--max-count={COMMITS}", "HEAD", "--", pattern]).decode().split()


def entries(tree: bytes, width: int) -> Iterator[Entry]:
    """What stands in a folder, from the content of a tree whose hashes have so many digits."""
    at = 0
    while at < len(tree):
        space, end = tree.index(b" ", at), tree.index(b"\0", at)
        mode, name = tree[at:space].decode(), os.fsdecode(tree[space + 1 : end])
        at = end + 1 + width // 2
        yield Entry(name, _KINDS.get(mode[:2], mode), tree[end + 1 : at].hex())


def staged_entries(folder: File, path: str) -> Iterator[Entry]:
    """What is staged in a folder of the repository, whose path goes out from its root; what is in conflict is left out."""
    pattern = f":(top,literal){path}"
    inside = f"{path}/" if path else ""
    folders: set[str] = set()
    for line in os.fsdecode(_git(folder, ["ls-files", "--stage", "--full-name", "-z", "--", pattern])).split("\0"):
        described, _, name = line.partition("\t")
        if not name.startswith(inside) or not described.endswith(" 0"):
            continue
        name, _, below = name.removeprefix(inside).partition("/")
        mode, key, _ = described.split()
        if not below:
            yield Entry(name, _KINDS.get(mode[:2], mode), key)
        elif name not in folders:
            folders.add(name)
            yield Entry(name, FOLDER, "")


def _lines(names: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(name) + b"\n" for name in names)


def _described(line: bytes) -> GitObject | None:
    """An answer of `git cat-file --batch-check`: `HASH KIND SIZE`, or `… missing`."""
    head = line.split()
    if len(head) < 3 or not head[-1].isdigit():
        return None
    return GitObject(head[-3].decode(), head[-2].decode(), int(head[-1]))


def _git(folder: File, arguments: Sequence[str], lines: bytes = b"") -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _PATHSPECS} | _ENVIRONMENT
    done = subprocess.run(  # noqa: S603
        [_program(), "-C", str(folder), *_SAFE, *arguments],
        input=lines, capture_output=True, check=True, timeout=TIMEOUT, env=environment,
    )  # fmt: skip
    return done.stdout


def _program() -> str:
    """The user's own git: Windows would take one that lies in the current folder."""
    if os.name != "nt":
        return "git"
    for folder in os.get_exec_path():
        if os.path.isabs(folder) and os.path.isfile(os.path.join(folder, "git.exe")):
            return os.path.join(folder, "git.exe")
    raise FileNotFoundError("git")
