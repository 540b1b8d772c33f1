"""One side of a comparison: a folder, a file, or either of them as of a git revision (`REV:PATH`)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as File
from typing import TypeVar

from engine.model.problem import InputError, Problem
from engine.reading.files import COMMON_FILES, Files, find_files, read_common
from engine.reading.git import Held, files_of, held, staged
from engine.reading.shipped import shipped

T = TypeVar("T")

ENDINGS = (".yaml", ".yml")


def side_files(named: str) -> Files:
    """The files that a side names: what there is in the folder as it is, or else in the repository around it.

    PATH goes out from the root of the repository, or with `./` from here, as git has it; without REV it is what is staged.
    The common files are those beside it in the same revision, or else the shipped ones. InputError where there is no such
    file, revision or repository.
    """
    if File(named).exists() or ":" not in named or "\n" in named:
        return find_files([File(named)])
    revision, _, path = named.partition(":")
    path = "./" if path in (".", "./") else path.rstrip("/")
    found, commit = _ask([f"{revision}:{path}", f"{revision}^{{commit}}"], named)
    if found is not None and found.kind == "blob":
        return Files(((named, found.content),), _common(revision, path.rpartition("/")[0], named))
    inside = _listed(found, revision, path, named)
    if inside is None:
        code = "not_staged" if not revision else "revision_unknown" if commit is None else "not_in_revision"
        raise _error(code, revision=revision, path=path, side=named)
    policies = tuple(_policies(inside, _beginning(revision, path), named))
    if not policies:
        raise _error("no_policies", folder=named)
    return Files(policies, _common(revision, path, named))


def _listed(found: Held | None, revision: str, folder: str, named: str) -> list[tuple[str, str]] | None:
    """The names and hashes of the YAML files of a folder, in order; None where there is no folder."""
    if found is not None and found.kind == "tree":
        return sorted((name, key) for name, key in files_of(found) if name.endswith(ENDINGS))
    if not revision:  # git has no tree of what is staged
        return sorted(_said(lambda: list(staged(File(), folder, ENDINGS)), named)) or None
    return None


def _beginning(revision: str, folder: str) -> str:
    """What a name in the folder begins with."""
    return f"{revision}:{folder}" + ("/" if folder and not folder.endswith("/") else "")


def _policies(inside: Sequence[tuple[str, str]], prefix: str, named: str) -> Iterator[tuple[str, bytes]]:
    """Files by their names and hashes."""
    for (name, _), one in zip(inside, _ask([key for _, key in inside], named), strict=True):
        if one is not None:
            yield f"{prefix}{name}", one.content


def _common(revision: str, folder: str, named: str) -> tuple[tuple[str, bytes], ...]:
    names = [f"{_beginning(revision, folder)}common/{name}.yaml" for name in COMMON_FILES]
    found = [(name, one.content) for name, one in zip(names, _ask(names, named), strict=True) if one is not None]
    return tuple(found) or read_common(shipped("policies") / "common")


def _ask(asked: Sequence[str], named: str) -> list[Held | None]:
    return _said(lambda: held(File(), asked), named)


def _said(ask: Callable[[], T], named: str) -> T:
    """What git answers; InputError where it cannot."""
    try:
        return ask()
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        code = "not_a_repository" if "not a git repository" in why else "git_failed"
        raise _error(code, side=named, why=why) from None
    except (OSError, subprocess.SubprocessError) as error:
        raise _error("git_failed", side=named, why=f"git: {error}") from None


def _error(code: str, **values: object) -> InputError:
    return InputError([Problem(code, values=values)])
