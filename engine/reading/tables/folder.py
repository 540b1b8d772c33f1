"""Which files of a folder are its tables; where more than one may be meant, none is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path as File

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.files import names_in, readable_path
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
    entries = [folder / name for name in sorted(names_in(folder)) if _is_shown(name) and _is_called(name, table)]
    entries = [entry for entry in entries if entry.is_dir() or not entry.name.lower().endswith(BESIDE)]
    if not entries:
        return None
    if len(entries) > 1:
        raise InputError([_several(folder, table, entries)])
    entry = entries[0]
    if entry.name.lower() != table and not any(entry.name.lower() == f"{table}{ending}" for ending in (*PARQUET, *CSV)):
        raise InputError([Problem("table_named", values={"file": str(entry), "table": table})])
    files = list(_inside(readable_path(entry, folder, "folder"), folder)) if entry.is_dir() else [readable_path(entry, folder)]
    kinds = {file: file.name.lower().endswith(PARQUET) for file in files}
    unread = [file for file, parquet in kinds.items() if not parquet and not file.name.lower().endswith(CSV)]
    if unread or len(set(kinds.values())) > 1 or (copies := list(_copies(files))):
        raise InputError([_several(folder, table, unread or (copies if len(set(kinds.values())) == 1 else files))])
    return Chosen(tuple(files), all(kinds.values())) if files else None


def _several(folder: File, table: str, files: list[File]) -> Problem:
    names = [str(file.relative_to(folder)) for file in files[:12]] + ["…"] * (len(files) > 12)
    return Problem("table_several", (table,), {"folder": str(folder), "table": table, "files": names})


def _is_shown(name: str) -> bool:
    """Whether a name is none that programs hide, as that of a file which is still open."""
    return not name.startswith((".", "_", "~$")) and name.lower() not in ("thumbs.db", "desktop.ini")


def _is_called(name: str, table: str) -> bool:
    """Whether a name begins with a table's, whatever its width and capitals; `recordsman.csv` is another."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.match(rf"{table}(?![a-z])", plain) is not None


def _inside(folder: File, root: File) -> Iterator[File]:
    """The files of a folder and of those in it, by name, but for what programs hide."""
    for name in sorted(filter(_is_shown, names_in(folder))):
        entry = folder / name
        if entry.is_dir() and entry.is_symlink():
            raise InputError([Problem("wrong_kind", values={"file": str(entry), "expected": "folder", "found": "link"})])
        if entry.is_dir():
            yield from _inside(entry, root)
        elif entry.is_symlink() or not name.lower().endswith(BESIDE):
            yield readable_path(entry, root)


def _copies(files: list[File]) -> Iterator[File]:
    """The files whose name is another's with what copying adds to it."""
    stems = {(file.parent, file.name.split(".")[0].casefold()) for file in files}
    for file in files:
        stem = file.name.lower().removesuffix(".gz").rpartition(".")[0].casefold()
        bare = _COPY.sub("", stem)
        if bare != stem and (file.parent, bare) in stems:
            yield file
