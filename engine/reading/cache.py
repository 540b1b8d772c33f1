"""Libraries, read anew only where something changed: their files, or the program that reads them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path as File

from engine.model.library import Library
from engine.reading.files import Files, find_files
from engine.reading.kept import keep, kept, kept_file
from engine.reading.shipped import shipped


def load_library(paths: Sequence[File]) -> Library:
    """The library of folders or files of policies, read anew only where something changed; errors as read_library."""
    return library_of(find_files(paths))


def library_of(files: Files) -> Library:
    """The library of these files."""
    file = kept_file(f"{_key(files)}.library")
    library = kept(file)
    if not isinstance(library, Library):
        from engine.reading.library import read_library  # a quarter of the command's imports

        library = read_library(files).library
        keep(library, file)
    return library


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
