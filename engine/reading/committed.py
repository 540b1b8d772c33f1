"""The last committed version of a folder of policies, where there is a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path as File

from engine.model.problem import PolicyError, Problem
from engine.reading.cache import library_of
from engine.reading.files import Files
from engine.reading.git import held
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
        found = held(folder, [f"HEAD:./{File(name).name}" for name in names])
        yield from ((name, one.content) for name, one in zip(names, found, strict=True) if one is not None)
