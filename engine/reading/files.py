"""The files that a library is read from, in the order of their names; nothing that a folder's links lead to outside of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from errno import ELOOP
from pathlib import Path as File
from typing import TypeVar

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.document import read_bytes
from engine.reading.resources import resource_folder

T = TypeVar("T")

COMMON_FILES = ("catalogue", "scales", "measures", "calendar", "regions")
ENDINGS = (".yaml", ".yml")

MAX_TOGETHER = 256 * 1024 * 1024
"""Bytes that the files of a folder may have together."""


class Files(Struct, frozen=True):
    """What a library is read from: policy files and common files, names and contents."""

    policies: tuple[tuple[str, bytes], ...]
    common: tuple[tuple[str, bytes], ...]


def find_files(paths: Sequence[File]) -> Files:
    """The files of folders of policies (and of single policy files), with the common files beside the first.

    A folder without `common/` uses the shipped one. InputError where a path does not exist or holds no policy, or where
    a folder holds under the name of a policy what is no file, or a link that leads out of it or nowhere.
    """
    if not paths:
        raise InputError([Problem("no_policies", values={"folder": "", "known": []})])
    files: list[File] = []
    for path in paths:
        if os.path.isdir(path):
            inside = yaml_files(path, path)
            if not inside:
                raise no_policies(path)
            files += inside
        else:
            files.append(path)
    folder = paths[0] if os.path.isdir(paths[0]) else paths[0].parent
    return Files(read_all(dict.fromkeys(files), folder), common_beside(folder))


def no_policies(folder: File) -> InputError:
    """That a folder has none, and which of its files may have been meant as one."""
    from engine.reading.mistakes.file_names import misnamed_in  # for who has no policy

    known = [str(folder / "policies")] if os.path.isdir(folder / "policies") else []
    return InputError([Problem("no_policies", values={"folder": str(folder), "known": known}), *misnamed_in(folder)])


def common_beside(folder: File) -> tuple[tuple[str, bytes], ...]:
    """The common files of a folder of policies, or else the shipped ones."""
    beside = folder / "common"
    if not os.path.lexists(beside):
        return read_common(resource_folder("policies") / "common")
    linked = common_linked(folder)
    return read_common(beside, folder) if linked is None else read_common(beside, linked)


def common_linked(folder: File) -> File | None:
    """Where a folder of policies has its common files by a link, as several folders that share them do; else None.

    InputError where what is called `common` is no folder.
    """
    beside = folder / "common"
    if not os.path.isdir(beside):
        return None if not os.path.lexists(beside) else readable_path(beside, folder, "folder")
    real = beside.resolve()
    return None if real.is_relative_to(folder.resolve()) else real


def read_common(folder: File, root: File | None = None) -> tuple[tuple[str, bytes], ...]:
    """The common files that there are in a folder of them; `root` is the folder that links may not lead out of."""
    named = common_files((file.name, file) for file in yaml_files(folder, root or folder))
    return read_all(named, folder)


def common_files(named: Iterable[tuple[str, T]]) -> list[T]:
    """Of things by the names of files those that are common files, in their order; InputError where there are two of one."""
    by_stem: dict[str, list[tuple[str, T]]] = {stem: [] for stem in COMMON_FILES}
    for name, thing in named:
        by_stem.get(os.path.splitext(name)[0].lower(), []).append((name, thing))
    for several in by_stem.values():
        if len(several) > 1:
            raise InputError([Problem("common_twice", values={"file": several[0][0], "other": several[1][0]})])
    return [thing for several in by_stem.values() for _, thing in several]


def yaml_files(folder: File, root: File) -> list[File]:
    """The YAML files of a folder, by name; hidden ones, such as macOS and editors leave, are passed over."""
    names = sorted(name for name in names_in(folder) if is_yaml(name))
    return list(_all_sound((folder / name for name in names), root))


def names_in(folder: File) -> list[str]:
    """What stands in a folder; InputError where it cannot be read."""
    try:
        return os.listdir(folder)
    except OSError as error:
        values = {"file": str(folder), "why": error.strerror or ""}
        raise InputError([Problem("file_unreadable", values=values)]) from None


def is_yaml(name: str) -> bool:
    """Whether a file is read as YAML, by its name."""
    return not name.startswith(".") and name.lower().endswith(ENDINGS)


def _all_sound(files: Iterable[File], root: File) -> Iterator[File]:
    problems: list[Problem] = []
    for file in files:
        try:
            yield readable_path(file, root)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def readable_path(file: File, root: File, kind: str = "file") -> File:
    """What stands in a folder, where it is a file (or a folder) and no link leads out of the root; InputError otherwise."""
    if kind == "file" and _is_plain_in(file, root):
        return file
    values = {"file": str(file)}
    try:
        real, mode = file.resolve(strict=True), file.stat().st_mode
        inside = real.is_relative_to(root.resolve(strict=True))
    except (FileNotFoundError, RuntimeError):  # the latter where links lead to each other
        raise InputError([Problem("link_dangling", values=values)]) from None
    except OSError as error:
        code = "link_dangling" if error.errno == ELOOP else "file_unreadable"
        raise InputError([Problem(code, values={**values, "why": error.strerror or ""})]) from None
    if not inside:
        raise InputError([Problem("link_outside", values={**values, "target": str(real)})])
    if not (stat.S_ISREG(mode) if kind == "file" else stat.S_ISDIR(mode)):
        raise InputError([Problem("wrong_kind", values={**values, "expected": kind, "found": _kind(mode)})])
    return file


def _is_plain_in(file: File, root: File) -> bool:
    """Whether it is a file in the root itself, and no link; whatever else it is has to be looked at more closely."""
    try:
        return file.parent == root and stat.S_ISREG(os.lstat(file).st_mode)
    except OSError:
        return False


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"


def read_all(files: Iterable[File], folder: File) -> tuple[tuple[str, bytes], ...]:
    """Names and contents; InputError where one cannot be read, or they are too large together."""
    contents: list[tuple[str, bytes]] = []
    size = 0
    for file in files:
        contents.append((str(file), read_bytes(file)))
        size += len(contents[-1][1])
        if size > MAX_TOGETHER:
            raise too_large(str(folder))
    return tuple(contents)


def too_large(folder: str) -> InputError:
    """What is wrong with files that are too large together."""
    return InputError([Problem("folder_too_large", values={"folder": folder, "limit": MAX_TOGETHER // 2**20})])
