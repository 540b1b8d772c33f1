"""The last committed version of a folder of policies, where there is a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path as File

from msgspec.structs import replace

from engine.model.digest import digest
from engine.model.problem import PolicyError, Problem
from engine.reading.cache import library_of
from engine.reading.document import MAX_BYTES
from engine.reading.files import Files
from engine.reading.git import TIMEOUT, contents, held
from engine.reading.library import Read


def changed_meaning(files: Files, read: Read) -> Iterator[Problem]:
    """A policy that says something else than the committed one of the same version; a warning where git cannot tell.

    That another version takes its place on a day is nothing else that it says.
    """
    unknown: list[Problem] = []
    before = _committed(files, unknown)
    yield from unknown
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


def _committed(files: Files, unknown: list[Problem]) -> Files | None:
    """The same policies as of the last commit; None where there are none.

    Common files that were never committed, as the shipped ones may not be, are what they are now.
    """
    policies = _at_head(files.policies, unknown)
    if not policies:
        return None
    common = _at_head(files.common, unknown)
    return Files(tuple(policies.items()), tuple((name, common.get(name, content)) for name, content in files.common))


def _at_head(files: tuple[tuple[str, bytes], ...], unknown: list[Problem]) -> dict[str, bytes]:
    """What git has of the files (of those that links lead to), in two calls for each folder; nothing without a repository."""
    folders: dict[File, list[tuple[str, File]]] = {}
    for name, _ in files:
        file = File(name).resolve()
        folders.setdefault(file.parent, []).append((name, file))
    found: dict[str, bytes] = {}
    for folder, inside in folders.items():
        try:
            found |= _held(folder, inside)
        except subprocess.CalledProcessError as error:
            why = error.stderr.decode(errors="replace").strip().partition("\n")[0]
            if "not a git repository" not in why:
                unknown.append(Problem("git_failed", (), {"side": str(folder), "why": why}, "warning"))
        except subprocess.TimeoutExpired:
            unknown.append(Problem("git_slow", (), {"side": str(folder), "limit": TIMEOUT}, "warning"))
        except OSError:
            pass  # no git, and nothing that it could tell
    return found


def _held(folder: File, inside: list[tuple[str, File]]) -> dict[str, bytes]:
    objects = held(folder, [f"HEAD:./{file.name}" for _, file in inside])
    there = {
        name: one
        for (name, _), one in zip(inside, objects, strict=True)
        if one is not None and one.kind == "blob" and one.size <= MAX_BYTES
    }
    return dict(zip(there, contents(folder, list(there.values())), strict=True)) if there else {}
