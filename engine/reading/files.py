"""The files that a library is read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as File

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.document import read_bytes
from engine.reading.shipped import shipped

COMMON_FILES = ("catalogue", "scales", "measures", "calendar")


class Files(Struct, frozen=True):
    """What a library is read from: policy files and common files, names and contents."""

    policies: tuple[tuple[str, bytes], ...]
    common: tuple[tuple[str, bytes], ...]


def find_files(paths: Sequence[File]) -> Files:
    """The files of folders of policies (and of single policy files), with the common files beside the first.

    A folder without `common/` uses the shipped one. InputError where a path does not exist or holds no policy.
    """
    found: list[File] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml") and p.is_file())
            if not inside:
                raise InputError([Problem("no_policies", values={"folder": str(path)})])
            found += inside
        else:
            found.append(path)
    folder = paths[0] if paths[0].is_dir() else paths[0].parent
    return Files(tuple((str(file), read_bytes(file)) for file in dict.fromkeys(found)), common_beside(folder))


def common_beside(folder: File) -> tuple[tuple[str, bytes], ...]:
    """The common files of a folder of policies, or else the shipped ones."""
    beside = folder / "common"
    return read_common(beside if beside.is_dir() else shipped("policies") / "common")


def read_common(folder: File) -> tuple[tuple[str, bytes], ...]:
    """The common files that there are in a folder of them."""
    named = [folder / f"{name}.yaml" for name in COMMON_FILES]
    return tuple((str(file), read_bytes(file)) for file in named if file.is_file())
