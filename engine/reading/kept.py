"""The user's cache folder: what was read before, kept by content."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from pathlib import Path as File

from engine.reading.shipped import shipped

MOST = 20
"""Copies of a kind that are kept, the newest: each change of a policy makes another."""


def sound_shape(schema: str, content: bytes) -> File:
    """The mark that says that a file's content was found to have the shape of a schema; it exists where it was."""
    digest = hashlib.sha256((shipped("schema") / f"{schema}.schema.json").read_bytes() + content)
    return kept_file(f"{digest.hexdigest()}.shape")


def mark(file: File) -> None:
    """Make a mark; where the folder cannot be written, the next run looks again."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch()
    except OSError:
        pass


def kept_file(name: str) -> File:
    """A file of the cache folder."""
    return File(os.environ.get("XDG_CACHE_HOME") or File.home() / ".cache") / "xinyong" / name


def kept(file: File) -> object:
    """What was kept, if it was kept by this user and can be read."""
    try:
        if hasattr(os, "getuid") and file.stat().st_uid != os.getuid():
            return None
        return pickle.loads(file.read_bytes())  # noqa: S301 (written by keep, below)
    except Exception:
        return None  # whatever spoils a kept copy, the files themselves are there


def keep(found: object, file: File) -> None:
    """Keep what was read, whole or not at all."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as aside:
            aside.write(pickle.dumps(found, protocol=5))
        os.replace(aside.name, file)
        for old in sorted(file.parent.glob(f"*{file.suffix}"), key=lambda one: one.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        pass  # a cache that cannot be written costs time, not results
