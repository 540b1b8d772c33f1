"""The user's cache folder: what was read before, as data, used only where nobody else can have put it there.

The folder must be this user's and no link, and nobody else may write into it. A file in it must be so too, a plain one with
no other name, and it begins with the digest of its name and content. Windows shows no owner and no mode here: there the folder
lies in the user's local application data, which Windows keeps to the user, administrators and itself, and is checked to be no
link or junction; a file in it is checked but for its owner.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path as File

from msgspec import Struct

from engine.reading.resources import resource_folder

try:  # of hashlib itself, which loads OpenSSL first; that takes a tenth of a command
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MOST = {".library": 20, ".shape": 500, ".part": 20}
"""Copies of a kind that are kept, the newest: each change of a policy makes another."""

MAX_BYTES = 64 * 1024 * 1024
"""Beyond that a kept file is none of ours."""

_ONLY_HERE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_cached(name: str) -> bytes | None:
    """What was kept under a name, whole and unchanged; None where there is nothing that this user alone can have written."""
    try:
        with _folder() as folder:
            content = folder.read(name)
    except OSError:
        return None
    whole = memoryview(content)
    return content[32:] if whole[:32] == _seal(name, whole[32:]) else None


def write_cached(name: str, content: bytes) -> None:
    """Keep content under a name, whole or not at all; a cache that cannot be written costs time, not results."""
    try:
        with _folder() as folder:
            folder.write(name, _seal(name, content) + content)
            for kind in (File(name).suffix, ".part"):
                folder.prune(kind)
    except OSError:
        pass


def _seal(name: str, content: bytes | memoryview) -> bytes:
    """What stands before a content, so that neither another's content nor a damaged one is taken for it."""
    return digest_of(f"{name}\n".encode(), content)


def digest_of(*parts: bytes | memoryview) -> bytes:
    """By which texts are known: that of their parts one after another, 32 bytes."""
    digest = blake2b(digest_size=32)
    for part in parts:
        digest.update(part)
    return digest.digest()


@cache
def program_digest() -> bytes:
    """Over what decides how a file is read: this package's readers and model, the schemas, the common files that others extend."""
    texts: list[bytes] = []
    engine = File(__file__).resolve().parent.parent
    for folder in (engine / "model", engine / "reading", resource_folder("schema"), resource_folder("policies") / "common"):
        with os.scandir(folder) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
        for name, status in sorted(files):
            texts.append(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest_of(*texts)


class _Folder(Struct):
    """The folder, held open where the system can, so that it cannot be exchanged for another in the meantime."""

    path: File
    handle: int | None

    def read(self, name: str) -> bytes:
        """OSError where the file is no plain one of this user's that nobody else can write."""
        with os.fdopen(self._open(name, os.O_RDONLY | _ONLY_HERE), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1 or status.st_size > MAX_BYTES or not _own(status):
                raise PermissionError(name)
            return file.read(MAX_BYTES)

    def write(self, name: str, content: bytes) -> None:
        """Written aside, as a file that was not there, and put in place."""
        aside = f"{name}.{os.getpid()}.part"
        with os.fdopen(self._open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ONLY_HERE), "wb") as file:
            file.write(content)
        if self.handle is None:
            os.replace(self.path / aside, self.path / name)
        else:
            os.replace(aside, name, src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def prune(self, kind: str) -> None:
        """Take away all but the newest of a kind."""
        with os.scandir(self.path if self.handle is None else self.handle) as entries:
            ages = [
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name) for entry in entries if entry.name.endswith(kind)
            ]
        for _, name in sorted(ages)[: -MOST[kind]]:
            os.unlink(name if self.handle is not None else self.path / name, dir_fd=self.handle)

    def _open(self, name: str, flags: int) -> int:
        if self.handle is None:
            if os.path.lexists(self.path / name) and not stat.S_ISREG(os.lstat(self.path / name).st_mode):
                raise PermissionError(name)
            return os.open(self.path / name, flags, 0o600)
        return os.open(name, flags, 0o600, dir_fd=self.handle)


@contextmanager
def _folder() -> Iterator[_Folder]:
    """The cache folder, made where there is none; OSError where it is a link, or others can write into it."""
    path = _path()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.open not in os.supports_dir_fd:
        status = os.lstat(path)
        if not stat.S_ISDIR(status.st_mode) or getattr(status, "st_reparse_tag", None):
            raise PermissionError(path)
        yield _Folder(path, None)
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _own(os.fstat(handle)):
            raise PermissionError(path)
        yield _Folder(path, handle)
    finally:
        os.close(handle)


def _own(status: os.stat_result) -> bool:
    """Whether this user has it, and no one else can write it; always true on Windows, which has no owner to look at here."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _path() -> File:
    """Where the system has such folders; FileNotFoundError where nobody is at home."""
    if sys.platform == "linux":
        return _path_on_linux()
    from platformdirs import user_cache_path  # which takes as long to load as all that is kept

    try:
        return user_cache_path("xinyong", appauthor=False, opinion=False)
    except (RuntimeError, ValueError, KeyError) as error:
        raise FileNotFoundError(str(error)) from None


def _path_on_linux() -> File:
    """By the XDG Base Directory Specification, in which a path that is not whole names no folder."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    above = named if os.path.isabs(named) else os.path.expanduser("~/.cache")
    if not os.path.isabs(above):
        raise FileNotFoundError(above)
    return File(above, "xinyong")
