"""The last committed version of a folder of policies, where there is a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path as File

from engine.model.problem import PolicyError, Problem
from engine.reading.cache import library_of
from engine.reading.files import Files
from engine.reading.library import Read


def changed_meaning(files: Files, read: Read) -> Iterator[Problem]:
    """A policy that says something else than the committed one of the same version."""
    before = _committed(files)
    if before is None or (before.policies == files.policies and before.common == files.common):
        return
    try:
        old = {(policy.id, policy.version): policy for policy in library_of(before).policies}
    except PolicyError:
        return  # what was committed was not sound, and has no meaning to compare with
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        known = old.get((policy.id, policy.version))
        if known is not None and known.digest != policy.digest:
            yield page.source.problem("meaning_changed", ("version",), policy=policy.id, version=policy.version)


def _committed(files: Files) -> Files | None:
    """The same files as of the last commit; None where git, a repository or a commit is missing."""
    try:
        policies = tuple(_at_head(files.policies))
        return Files(policies, tuple(_at_head(files.common))) if policies else None
    except (OSError, subprocess.SubprocessError):
        return None


def _at_head(files: tuple[tuple[str, bytes], ...]) -> Iterator[tuple[str, bytes]]:
    """One call of git for all files of a folder, which are asked for by name."""
    folders: dict[File, list[str]] = {}
    for name, _ in files:
        folders.setdefault(File(name).resolve().parent, []).append(name)
    for folder, names in folders.items():
        asked = "".join(f"HEAD:./{File(name).name}\n" for name in names)
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), "cat-file", "--batch"],  # noqa: S607 (the user's own git)
            input=asked.encode(), capture_output=True, check=True, timeout=20,
        )  # fmt: skip
        yield from _batch(names, done.stdout)


def _batch(names: list[str], out: bytes) -> Iterator[tuple[str, bytes]]:
    """The answers of `git cat-file --batch`: `HASH blob SIZE`, the content, a line's end; or `… missing`."""
    at = 0
    for name in names:
        end = out.index(b"\n", at)
        head = out[at:end].split()
        at = end + 1
        if head[-1] != b"missing":
            size = int(head[-1])
            yield name, out[at : at + size]
            at += size + 1
