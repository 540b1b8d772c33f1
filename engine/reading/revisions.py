"""One side of a comparison: a folder, a file, or either of them as of a git revision (`REV:PATH`)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from engine.model.problem import InputError, Problem
from engine.reading.files import COMMON_FILES, Files, find_files, read_common
from engine.reading.git import Held, files_of, held
from engine.reading.shipped import shipped


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
    if found is None or found.kind not in ("tree", "blob"):
        known = commit is not None or not revision
        raise _error("not_in_revision" if known else "revision_unknown", revision=revision, path=path, side=named)
    if found.kind == "blob":
        return Files(((named, found.content),), _common(revision, path.rpartition("/")[0], named))
    policies = tuple(_policies(found, _inside(revision, path), named))
    if not policies:
        raise _error("no_policies", folder=named)
    return Files(policies, _common(revision, path, named))


def _inside(revision: str, folder: str) -> str:
    """What a name in the folder begins with."""
    return f"{revision}:{folder}" + ("/" if folder and not folder.endswith("/") else "")


def _policies(tree: Held, prefix: str, named: str) -> Iterator[tuple[str, bytes]]:
    """The YAML files of a folder."""
    inside = sorted((name, key) for name, key in files_of(tree) if File(name).suffix in (".yaml", ".yml"))
    for (name, _), one in zip(inside, _ask([key for _, key in inside], named), strict=True):
        if one is not None:
            yield f"{prefix}{name}", one.content


def _common(revision: str, folder: str, named: str) -> tuple[tuple[str, bytes], ...]:
    names = [f"{_inside(revision, folder)}common/{name}.yaml" for name in COMMON_FILES]
    found = [(name, one.content) for name, one in zip(names, _ask(names, named), strict=True) if one is not None]
    return tuple(found) or read_common(shipped("policies") / "common")


def _ask(asked: Sequence[str], named: str) -> list[Held | None]:
    try:
        return held(File(), asked)
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        code = "not_a_repository" if "not a git repository" in why else "git_failed"
        raise _error(code, side=named, why=why) from None
    except (OSError, subprocess.SubprocessError) as error:
        raise _error("git_failed", side=named, why=f"git: {error}") from None


def _error(code: str, **values: object) -> InputError:
    return InputError([Problem(code, values=values)])
