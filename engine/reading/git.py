"""What a git repository holds, asked of the user's own git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from msgspec import Struct


class Held(Struct, frozen=True):
    """An object of a repository: its name there, what it is (blob, tree, commit), and what it says of itself."""

    hash: str
    kind: str
    content: bytes


def held(folder: File, asked: Sequence[str]) -> list[Held | None]:
    """Objects by their names (`REV:PATH`, a hash, …), all in one call; None for what there is not.

    OSError without git, SubprocessError where it objects, as it does outside of a repository.
    """
    names = "".join(f"{name}\n" for name in asked)
    return list(_answers(len(asked), _git(folder, ["cat-file", "--batch"], names.encode(errors="surrogateescape"))))


def staged(folder: File, path: str, endings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names and hashes of the files with such endings that are staged in a folder of the repository, by name.

    Its path goes out from the root, or with `./` from the folder where git is called. Files in conflict are left out.
    """
    where = "glob" if path.startswith("./") else "top,glob"
    inside = path.removeprefix("./")
    asked = [f":({where}){inside + '/' if inside else ''}*{ending}" for ending in endings]
    for line in _git(folder, ["ls-files", "--stage", "-z", "--", *asked]).decode(errors="surrogateescape").split("\0"):
        described, _, name = line.partition("\t")
        if name and described.endswith(" 0"):
            yield name.rpartition("/")[2], described.split()[1]


def _git(folder: File, arguments: Sequence[str], given: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(folder), *arguments],  # noqa: S607 (the user's own git)
        input=given, capture_output=True, check=True, timeout=60, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    return done.stdout


def _answers(count: int, out: bytes) -> Iterator[Held | None]:
    """The answers of `git cat-file --batch`: `HASH KIND SIZE`, the content, a line's end; or `… missing`."""
    at = 0
    for _ in range(count):
        end = out.index(b"\n", at)
        head = out[at:end].split()
        at = end + 1
        if head[-1] in (b"missing", b"ambiguous"):
            yield None
            continue
        size = int(head[-1])
        yield Held(head[-3].decode(), head[-2].decode(), out[at : at + size])
        at += size + 1


def files_of(tree: Held) -> Iterator[tuple[str, str]]:
    """The names and hashes of the files of a tree, by name; folders and links aside."""
    at, content, size = 0, tree.content, len(tree.hash) // 2
    while at < len(content):
        space, end = content.index(b" ", at), content.index(b"\0", at)
        mode, name = content[at:space], content[space + 1 : end]
        at = end + 1 + size
        if mode.startswith(b"100"):
            yield name.decode(errors="surrogateescape"), content[end + 1 : at].hex()
