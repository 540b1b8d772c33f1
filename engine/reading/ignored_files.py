"""What stands in a folder of policies as if it were read, and is not: copies under other endings, folders of policies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path as File

from engine.model.problem import Problem
from engine.reading.files import COMMON_FILES, common_files, common_linked, is_yaml, names_in
from engine.reading.mistakes.file_names import misnamed

_LIKE_A_POLICY = re.compile(r"\.ya?ml\b|\.ya?ml~|\.json$", re.IGNORECASE)
_KNOWN_FOLDERS = ("common", "cases")


def ignored_files(paths: Sequence[File]) -> Iterator[Problem]:
    """A warning for each such file or folder in folders of policies; hidden ones are nobody's policies."""
    for folder in paths:
        if not os.path.isdir(folder):
            continue
        for name in sorted(names_in(folder)):
            if name.startswith((".", "~")):
                continue
            if hidden := _misnamed(folder / name):
                yield hidden
            elif _looks_read(folder / name):
                yield _warning(folder / name)
        if os.path.isdir(folder / "common"):
            inside = sorted(name for name in names_in(folder / "common") if not name.startswith("."))
            known = common_files((name, name) for name in inside if is_yaml(name))
            others = (folder / "common" / name for name in inside if name not in known)
            yield from (_misnamed(file) or _warning(file) for file in others)


def outward_links(paths: Sequence[File]) -> Iterator[Problem]:
    """A warning for folders of policies whose common files stand elsewhere, by a link."""
    for folder in paths:
        if os.path.isdir(folder) and (target := common_linked(folder)):
            yield Problem("common_linked", (), {"file": str(folder / "common"), "target": str(target)}, "warning")


def _misnamed(file: File) -> Problem | None:
    return misnamed(file, "warning") if os.path.isfile(file) else None


def _looks_read(file: File) -> bool:
    """Whether a file is named like a policy that it is not, or a folder has policies that nobody asked for."""
    if not os.path.isdir(file):
        return not is_yaml(file.name) and _LIKE_A_POLICY.search(file.name) is not None
    return file.name not in _KNOWN_FOLDERS and os.access(file, os.R_OK | os.X_OK) and any(map(is_yaml, names_in(file)))


def _warning(file: File) -> Problem:
    return Problem("not_read", (), {"file": str(file), "known": [f"{name}.yaml" for name in COMMON_FILES]}, "warning")
