"""One side of a comparison: a folder, a file, or either of them as of a git revision (`REV:PATH`)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path as File
from posixpath import normpath
from typing import TypeVar

from engine.model.problem import InputError, Problem
from engine.reading.document import MAX_BYTES
from engine.reading.files import MAX_TOGETHER, Files, common_files, find_files, is_yaml, read_common, too_large
from engine.reading.git import (
    FILE,
    FOLDER,
    TIMEOUT,
    Entry,
    GitObject,
    blob_contents,
    entries,
    git_objects,
    prefix,
    staged_entries,
)
from engine.reading.resources import resource_folder

T = TypeVar("T")


def side_files(named: str) -> Files:
    """The files that a side names: what there is in the folder as it is, or else in the repository around it.

    PATH goes out from the root of the repository, or with `./` from here, as git has it; without REV it is what is staged.
    The common files are those beside it in the same revision, or else the shipped ones. InputError where there is no such
    file, revision or repository, or where a link or a submodule stands in a file's place: git does not follow these.
    """
    if os.path.exists(named) or ":" not in named or "\n" in named:
        return find_files([File(named)])
    revision, _, path = named.partition(":")
    rooted = _git_answer(lambda: _rooted(path), named)
    named_object, commit = _objects([f"{revision}:{rooted}", f"{revision}^{{commit}}"], named)
    beginning = _beginning(revision, path)
    if named_object is not None and named_object.kind == "blob":
        above, _, name = rooted.rpartition("/")
        beside = _children(revision, above, named) or []
        inside = [entry for entry in beside if entry.name == name]
        return Files(
            tuple(_contents(inside, beginning.removesuffix(name), named)),
            _common(revision, above, beside, beginning.removesuffix(name), named),
        )
    children = None if named_object is None and revision else _children(revision, rooted, named)
    if children is None:
        code = "not_staged" if not revision else "revision_unknown" if commit is None else "not_in_revision"
        raise _error(code, revision=revision, path=path, side=named)
    beginning = beginning if beginning.endswith(("/", ":")) else f"{beginning}/"
    policies = tuple(_contents([entry for entry in children if is_yaml(entry.name)], beginning, named))
    if not policies:
        below = [f"{beginning}policies" for entry in children if (entry.name, entry.kind) == ("policies", FOLDER)]
        raise _error("no_policies", folder=named, known=below)
    return Files(policies, _common(revision, rooted, children, beginning, named))


def _rooted(path: str) -> str:
    """A path as it goes out from the root of the repository."""
    if path == "." or path.startswith(("./", "../")):
        path = prefix(File()) + path
    path = normpath(path) if path else ""
    return "" if path == "." else path


def _beginning(revision: str, path: str) -> str:
    """What people read of a path."""
    return f"{revision}:{'./' if path == '.' else path}"


def _children(revision: str, folder: str, named: str) -> list[Entry] | None:
    """What stands in a folder, in order; None where there is no folder."""
    if not revision:  # git has no tree of what is staged
        return sorted(_git_answer(lambda: list(staged_entries(File(), folder)), named), key=lambda entry: entry.name) or None
    (tree,) = _objects([f"{revision}:{folder}"], named)
    if tree is None or tree.kind != "tree":
        return None
    return sorted(entries(_contents_of([tree], named)[0], len(tree.hash)), key=lambda entry: entry.name)


def _contents(inside: Sequence[Entry], beginning: str, named: str) -> list[tuple[str, bytes]]:
    """Names and contents of what must be files."""
    for entry in inside:
        if entry.kind != FILE:
            raise _error("wrong_kind", file=f"{beginning}{entry.name}", expected=FILE, found=entry.kind)
    objects = _objects([entry.hash for entry in inside], named)
    for entry, blob in zip(inside, objects, strict=True):
        if blob is None:
            raise _error("git_failed", side=f"{beginning}{entry.name}", why=f"no object {entry.hash}")
        if blob.size > MAX_BYTES:
            raise _error("file_too_large", file=f"{beginning}{entry.name}", limit=MAX_BYTES // 2**20)
    there = [blob for blob in objects if blob is not None]
    return [(f"{beginning}{entry.name}", content) for entry, content in zip(inside, _contents_of(there, named), strict=True)]


def _common(revision: str, above: str, beside: Sequence[Entry], beginning: str, named: str) -> tuple[tuple[str, bytes], ...]:
    """The common files of a folder in which `beside` stand, or else the shipped ones."""
    folder = next((entry for entry in beside if entry.name == "common"), None)
    if folder is None:
        return read_common(resource_folder("policies") / "common")
    if folder.kind != FOLDER:
        raise _error("wrong_kind", file=f"{beginning}common", expected=FOLDER, found=folder.kind)
    inside = _children(revision, f"{above}/common" if above else "common", named) or []
    chosen = common_files((entry.name, entry) for entry in inside if is_yaml(entry.name))
    return tuple(_contents(chosen, f"{beginning}common/", named))


def _objects(names: Sequence[str], named: str) -> list[GitObject | None]:
    return _git_answer(lambda: git_objects(File(), names), named)


def _contents_of(objects: Sequence[GitObject], named: str) -> list[bytes]:
    """What objects hold, unless it is too much."""
    if sum(blob.size for blob in objects) > MAX_TOGETHER:
        raise too_large(named)
    return _git_answer(lambda: list(blob_contents(File(), objects)), named)


def _git_answer(ask: Callable[[], T], named: str) -> T:
    """What git answers; InputError where it cannot."""
    try:
        return ask()
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        code = "not_a_repository" if "not a git repository" in why else "git_failed"
        raise _error(code, side=named, why=why) from None
    except subprocess.TimeoutExpired:
        raise _error("git_slow", side=named, limit=TIMEOUT) from None
    except OSError as error:
        raise _error("git_failed", side=named, why=f"git: {error.strerror or error}") from None


def _error(code: str, **values: object) -> InputError:
    return InputError([Problem(code, values=values)])
