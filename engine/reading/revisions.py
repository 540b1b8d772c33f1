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
    git_object,
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
    rooted = _said(lambda: _rooted(path), named)
    found, commit = _ask([f"{revision}:{rooted}", f"{revision}^{{commit}}"], named)
    shown = _beginning(revision, path)
    if found is not None and found.kind == "blob":
        above, _, name = rooted.rpartition("/")
        beside = _children(revision, above, named) or []
        inside = [one for one in beside if one.name == name]
        return Files(
            tuple(_contents(inside, shown.removesuffix(name), named)),
            _common(revision, above, beside, shown.removesuffix(name), named),
        )
    children = None if found is None and revision else _children(revision, rooted, named)
    if children is None:
        code = "not_staged" if not revision else "revision_unknown" if commit is None else "not_in_revision"
        raise _error(code, revision=revision, path=path, side=named)
    shown = shown if shown.endswith(("/", ":")) else f"{shown}/"
    policies = tuple(_contents([one for one in children if is_yaml(one.name)], shown, named))
    if not policies:
        below = [f"{shown}policies" for one in children if (one.name, one.kind) == ("policies", FOLDER)]
        raise _error("no_policies", folder=named, known=below)
    return Files(policies, _common(revision, rooted, children, shown, named))


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
        return sorted(_said(lambda: list(staged_entries(File(), folder)), named), key=lambda one: one.name) or None
    (found,) = _ask([f"{revision}:{folder}"], named)
    if found is None or found.kind != "tree":
        return None
    return sorted(entries(_read([found], named)[0], len(found.hash)), key=lambda one: one.name)


def _contents(inside: Sequence[Entry], beginning: str, named: str) -> list[tuple[str, bytes]]:
    """Names and contents of what must be files."""
    for one in inside:
        if one.kind != FILE:
            raise _error("wrong_kind", file=f"{beginning}{one.name}", expected=FILE, found=one.kind)
    objects = _ask([one.hash for one in inside], named)
    for one, found in zip(inside, objects, strict=True):
        if found is None:
            raise _error("git_failed", side=f"{beginning}{one.name}", why=f"no object {one.hash}")
        if found.size > MAX_BYTES:
            raise _error("file_too_large", file=f"{beginning}{one.name}", limit=MAX_BYTES // 2**20)
    there = [found for found in objects if found is not None]
    return [(f"{beginning}{one.name}", content) for one, content in zip(inside, _read(there, named), strict=True)]


def _common(revision: str, above: str, beside: Sequence[Entry], beginning: str, named: str) -> tuple[tuple[str, bytes], ...]:
    """The common files of a folder in which `beside` stand, or else the shipped ones."""
    folder = next((one for one in beside if one.name == "common"), None)
    if folder is None:
        return read_common(resource_folder("policies") / "common")
    if folder.kind != FOLDER:
        raise _error("wrong_kind", file=f"{beginning}common", expected=FOLDER, found=folder.kind)
    inside = _children(revision, f"{above}/common" if above else "common", named) or []
    chosen = common_files((one.name, one) for one in inside if is_yaml(one.name))
    return tuple(_contents(chosen, f"{beginning}common/", named))


def _ask(asked: Sequence[str], named: str) -> list[GitObject | None]:
    return _said(lambda: git_object(File(), asked), named)


def _read(objects: Sequence[GitObject], named: str) -> list[bytes]:
    """What objects hold, unless it is too much."""
    if sum(one.size for one in objects) > MAX_TOGETHER:
        raise too_large(named)
    return _said(lambda: list(blob_contents(File(), objects)), named)


def _said(ask: Callable[[], T], named: str) -> T:
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
