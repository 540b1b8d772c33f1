"""Which files of a folder are its tables; where more than one may be meant, none is read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path as File

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.inputs import CSV, PARQUET

BESIDE = (".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".doc", ".log", ".sha256", ".md5")
"""What people lay beside tables to tell of them."""

_COPY = re.compile(r"( *[(（][0-9]+[)）]|[-_ .]*(副本|复件|备份|copy|old|bak|backup|旧|new|新)[-_ .0-9()]*)+$", re.IGNORECASE)
"""What systems and people add to the name of a copy."""


class Chosen(Struct, frozen=True):
    """The files of a table, all of them Parquet or all of them CSV."""

    files: tuple[File, ...]
    is_parquet: bool


def choose_files(folder: File, table: str) -> Chosen | None:
    """The files of a table: TABLE.parquet, TABLE.csv and the like, or those in a folder TABLE; None where there are none.

    InputError with their names where several may be meant, where a link leads outside or nowhere, or a file is of no kind
    that is read.
    """
    entries = [entry for entry in sorted(folder.iterdir()) if _is_shown(entry) and _is_called(entry.name, table)]
    entries = [entry for entry in entries if entry.is_dir() or not entry.name.lower().endswith(BESIDE)]
    if not entries:
        return None
    if len(entries) > 1:
        raise InputError([_several(folder, table, entries)])
    entry = entries[0]
    if entry.name.lower() != table and not any(entry.name.lower() == f"{table}{ending}" for ending in (*PARQUET, *CSV)):
        raise InputError([Problem("table_named", values={"file": str(entry), "table": table})])
    files = [entry] if not _is_folder(entry, folder) else list(_inside(entry))
    for file in files:
        _held_inside(file, folder)
    kinds = {file: file.name.lower().endswith(PARQUET) for file in files}
    unread = [file for file, parquet in kinds.items() if not parquet and not file.name.lower().endswith(CSV)]
    if unread or len(set(kinds.values())) > 1 or (copies := list(_copies(files))):
        raise InputError([_several(folder, table, unread or (copies if len(set(kinds.values())) == 1 else files))])
    return Chosen(tuple(files), all(kinds.values())) if files else None


def _several(folder: File, table: str, files: list[File]) -> Problem:
    names = [str(file.relative_to(folder)) for file in files[:12]] + ["…"] * (len(files) > 12)
    return Problem("table_several", (table,), {"folder": str(folder), "table": table, "files": names})


def _is_shown(entry: File) -> bool:
    """Whether a name is none that programs hide, as that of a file which is still open."""
    return not entry.name.startswith((".", "_", "~$")) and entry.name.lower() not in ("thumbs.db", "desktop.ini")


def _is_called(name: str, table: str) -> bool:
    """Whether a name begins with a table's, whatever its width and capitals; `recordsman.csv` is another."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.match(rf"{table}(?![a-z])", plain) is not None


def _is_folder(entry: File, folder: File) -> bool:
    if not os.path.exists(entry):
        raise InputError([Problem("link_broken", values={"file": str(entry)})])
    _held_inside(entry, folder)
    return entry.is_dir()


def _inside(folder: File) -> Iterator[File]:
    """The files of a folder and of those in it, by name, but for what programs hide."""
    for entry in sorted(folder.iterdir()):
        if not _is_shown(entry):
            continue
        if entry.is_dir():
            if entry.is_symlink():
                raise InputError([Problem("link_outside", values={"file": str(entry), "target": os.path.realpath(entry)})])
            yield from _inside(entry)
        elif entry.is_symlink() or not entry.name.lower().endswith(BESIDE):
            yield entry


def _held_inside(file: File, folder: File) -> None:
    """InputError where a link leads to what is not in the folder, or a file is none that can be read."""
    target = os.path.realpath(file)
    if not os.path.exists(target):
        raise InputError([Problem("link_broken", values={"file": str(file)})])
    if not File(target).is_relative_to(os.path.realpath(folder)):
        raise InputError([Problem("link_outside", values={"file": str(file), "target": target})])
    if not os.path.isfile(target) and not os.path.isdir(target):
        raise InputError([Problem("file_unreadable", values={"file": str(file), "why": "not a regular file"})])


def _copies(files: list[File]) -> Iterator[File]:
    """The files whose name is another's with what copying adds to it."""
    stems = {(file.parent, file.name.split(".")[0].casefold()) for file in files}
    for file in files:
        stem = file.name.lower().removesuffix(".gz").rpartition(".")[0].casefold()
        bare = _COPY.sub("", stem)
        if bare != stem and (file.parent, bare) in stems:
            yield file
