"""Libraries, read anew only where something changed: their files, or the program that reads them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path as File

import msgspec

from engine.model.library import Library
from engine.reading.cache_folder import program_digest, read_cached, write_cached
from engine.reading.files import Files, find_files


def load_library(paths: Sequence[File]) -> Library:
    """The library of folders or files of policies, read anew only where something changed; errors as read_library."""
    return library_of(find_files(paths))


def library_of(files: Files) -> Library:
    """The library of these files."""
    name = f"{_key(files)}.library"
    content = read_cached(name)
    if content is not None:
        try:
            return msgspec.msgpack.decode(content, type=Library)
        except (msgspec.MsgspecError, RecursionError):
            pass  # whatever spoils a kept copy, the files themselves are there
    from engine.reading.library import read_library  # a quarter of the command's imports

    library = read_library(files).library
    write_cached(name, msgspec.msgpack.encode(library))
    return library


def _key(files: Files) -> str:
    """Over the names and contents, and over the program that reads them."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {msgspec.__version__}\n".encode() + program_digest())
    for group in (files.policies, files.common):
        digest.update(f"{len(group)}\n".encode())
        for name, content in group:
            written = os.fsencode(name)
            digest.update(f"{len(written)} {len(content)}\n".encode() + written + content)
    return digest.hexdigest()
