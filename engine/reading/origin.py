"""Where a side of a comparison comes from: its files with their digests, the commit of git, and the cases beside it."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path as File
from posixpath import dirname, normpath

from engine.model.preparation import Content, Origin
from engine.model.problem import InputError
from engine.reading.cases import find_case_files
from engine.reading.files import Files, is_yaml
from engine.reading.git import FILE, Entry, blob_contents, entries, git_objects, prefix, staged_entries

_NOT_GIT = (OSError, subprocess.SubprocessError)
"""Without git, or outside of a repository."""


def origin(named: str, files: Files) -> Origin:
    """Of a side that is named as on the command line, and was read from these files."""
    read = tuple(content_of(name, content) for name, content in (*files.policies, *files.common))
    if _on_disk(named):
        folder = _folder(named)
        commit = _commit(folder, "HEAD")
        return Origin(commit, None if commit is None else _differs(folder, files, named), read)
    revision = named.partition(":")[0]
    return Origin(_commit(File(), revision) if revision else None, None, read)


def content_of(name: str, content: bytes) -> Content:
    """A file that was read."""
    return Content(name, hashlib.sha256(content).hexdigest(), len(content))


def cases_of(named: str) -> tuple[tuple[str, bytes], ...]:
    """Names and contents of the case files that belong to a side: in `cases/` of its folder. None where there are none."""
    if _on_disk(named):
        folder = _folder(named)
        try:
            return find_case_files([folder]) if os.path.isdir(folder / "cases") else ()
        except InputError:
            return ()
    try:
        return tuple(_cases_at(named))
    except _NOT_GIT:
        return ()


def resolved_side(named: str, commit: str | None) -> str:
    """The side as it can be named for good: by the commit's id in place of what the revision is called today."""
    revision, colon, path = named.partition(":")
    return named if commit is None or _on_disk(named) or not revision else f"{commit}{colon}{path}"


def _on_disk(named: str) -> bool:
    return os.path.exists(named) or ":" not in named


def _folder(named: str) -> File:
    path = File(named)
    return path if os.path.isdir(path) else path.parent


def _commit(folder: File, revision: str) -> str | None:
    try:
        (commit,) = git_objects(folder, [f"{revision}^{{commit}}"])
    except _NOT_GIT:
        return None
    return commit.hash if commit is not None and commit.kind == "commit" else None


def _differs(folder: File, files: Files, named: str) -> bool:
    """Whether what was read from a folder, or from a file in it, is something else than the commit has there."""
    common = folder / "common"
    read = {File(name): content for name, content in (*files.policies, *files.common)}
    ours = {path: content for path, content in read.items() if path.parent in (folder, common)}
    committed = _at_head(folder)
    if committed is None:
        return True
    if not os.path.isdir(named):
        committed = {path: key for path, key in committed.items() if path in ours}
    return committed != {path: _key(content, len(next(iter(committed.values()), ""))) for path, content in ours.items()}


def _at_head(folder: File) -> dict[File, str] | None:
    """The YAML files that the commit has in a folder of policies and in its `common/`, by the names of their contents."""
    files: dict[File, str] = {}
    try:
        for tree, place in (("HEAD:./", folder), ("HEAD:./common", folder / "common")):
            (there,) = git_objects(folder, [tree])
            if there is not None and there.kind == "tree":
                (content,) = blob_contents(folder, [there])
                for entry in entries(content, len(there.hash)):
                    if entry.kind == FILE and is_yaml(entry.name):
                        files[place / entry.name] = entry.hash
    except _NOT_GIT:
        return None
    return files


def _key(content: bytes, width: int) -> str:
    """The name that git gives to a content, in repositories of either kind."""
    hasher = hashlib.sha256() if width == 64 else hashlib.sha1(usedforsecurity=False)
    hasher.update(b"blob %d\0" % len(content))
    hasher.update(content)
    return hasher.hexdigest()


def _cases_at(named: str) -> Iterator[tuple[str, bytes]]:
    """In a revision, or among what is staged where none is named."""
    revision, _, path = named.partition(":")
    if path == "." or path.startswith(("./", "../")):
        path = prefix(File()) + path
    folder = normpath(path or ".")
    if is_yaml(folder):
        folder = dirname(folder) or "."
    inside = "cases" if folder == "." else f"{folder}/cases"
    files = [entry for entry in _entries(revision, inside) if entry.kind == FILE and is_yaml(entry.name)]
    objects = [blob for blob in git_objects(File(), [entry.hash for entry in files]) if blob is not None]
    for entry, content in zip(files, blob_contents(File(), objects), strict=True):
        yield f"{revision}:{inside}/{entry.name}", content


def _entries(revision: str, folder: str) -> list[Entry]:
    if not revision:
        return list(staged_entries(File(), folder))
    (tree,) = git_objects(File(), [f"{revision}:{folder}"])
    if tree is None or tree.kind != "tree":
        return []
    (content,) = blob_contents(File(), [tree])
    return list(entries(content, len(tree.hash)))
