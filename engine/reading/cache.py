"""What was read before, kept by the content of its files in the user's cache folder: libraries, and sound shapes."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path as File

from engine.model.library import Library
from engine.reading.files import Files, find_files
from engine.reading.shipped import shipped


def load_library(paths: Sequence[File]) -> Library:
    """The library of folders or files of policies, read anew only where something changed; errors as read_library."""
    return library_of(find_files(paths))


def library_of(files: Files) -> Library:
    """The library of these files."""
    kept = _folder() / f"{_key(files)}.library"
    library = _kept(kept)
    if library is None:
        from engine.reading.library import read_library  # a quarter of the command's imports

        library = read_library(files).library
        _keep(library, kept)
    return library


def sound_shape(schema: str, content: bytes) -> File:
    """The mark that says that a file's content was found to have the shape of a schema; it exists where it was."""
    digest = hashlib.sha256((shipped("schema") / f"{schema}.schema.json").read_bytes() + content)
    return _folder() / f"{digest.hexdigest()}.shape"


def mark(file: File) -> None:
    """Make a mark; where the folder cannot be written, the next run looks again."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch()
    except OSError:
        pass


def _folder() -> File:
    return File(os.environ.get("XDG_CACHE_HOME") or File.home() / ".cache") / "xinyong"


def _key(files: Files) -> str:
    """Over the contents, and over the program that reads them."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    engine = File(__file__).resolve().parent.parent
    for folder in (engine / "model", engine / "reading", shipped("schema")):
        for file in sorted(folder.iterdir()):
            if file.is_file():
                stat = file.stat()
                digest.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for group in (files.policies, files.common):
        for name, content in group:
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _kept(file: File) -> Library | None:
    """What was kept, if it was kept by this user and can be read."""
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        found = pickle.loads(file.read_bytes())  # noqa: S301 (written by _keep, below)
    except Exception:
        return None  # whatever spoils a kept copy, the files themselves are there
    return found if isinstance(found, Library) else None


def _keep(library: Library, file: File) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as aside:
            aside.write(pickle.dumps(library, protocol=5))
        os.replace(aside.name, file)
    except OSError:
        pass  # a cache that cannot be written costs time, not results
