"""The last committed version of a folder of policies, where there is a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path as File

from msgspec.structs import replace

from engine.model.digest import digest
from engine.model.problem import PolicyError, Problem
from engine.reading.cache import library_of
from engine.reading.files import Files
from engine.reading.git import held
from engine.reading.library import Read


def changed_meaning(files: Files, read: Read) -> Iterator[Problem]:
    """A policy that says something else than the committed one of the same version.

    That another version takes its place on a day is nothing else that it says.
    """
    before = _committed(files)
    if before is None or (before.policies == files.policies and before.common == files.common):
        return
    try:
        old = {(policy.id, policy.version): policy for policy in library_of(before).policies}
    except PolicyError:
        return  # what was committed was not sound, and has no meaning to compare with
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        known = old.get((policy.id, policy.version))
        if known is not None and digest(replace(known, effective_until=policy.effective_until)) != policy.digest:
            yield page.source.problem("meaning_changed", ("version",), policy=policy.id, version=policy.version)


def _committed(files: Files) -> Files | None:
    """The same policies as of the last commit; None where there are none.

    Common files that were never committed, as the shipped ones may not be, are what they are now.
    """
    policies = _at_head(files.policies)
    if not policies:
        return None
    common = _at_head(files.common)
    return Files(tuple(policies.items()), tuple((name, common.get(name, content)) for name, content in files.common))


def _at_head(files: tuple[tuple[str, bytes], ...]) -> dict[str, bytes]:
    """What git has of the files, in one call for each folder; nothing without git, a repository or a commit."""
    folders: dict[File, list[str]] = {}
    for name, _ in files:
        folders.setdefault(File(name).resolve().parent, []).append(name)
    contents: dict[str, bytes] = {}
    for folder, names in folders.items():
        try:
            found = held(folder, [f"HEAD:./{File(name).name}" for name in names])
        except (OSError, subprocess.SubprocessError):
            continue
        contents |= {name: one.content for name, one in zip(names, found, strict=True) if one is not None}
    return contents
