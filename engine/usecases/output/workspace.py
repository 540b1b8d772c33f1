"""Folders in which outputs are made before they are put in place, and what runs that were killed left of theirs."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import NoReturn

from engine.model.problem import InputError, Problem
from engine.usecases.output.target import Target, target, unwritable

if sys.platform != "win32":
    import fcntl

WRITING = (ENOSPC, EDQUOT, EFBIG, EROFS)
"""What a system says only to those who write."""

LONGEST = 180
"""Bytes of an output's name that stand in the name of its folder: systems allow 255."""

_PLAIN = re.compile(r"[\w./ ,+@~-]*" if os.sep == "/" else r"[\w./:\\ ,+@~-]*")
"""Names in which no library sees a pattern, a partition or the end of a text."""


@contextmanager
def workspace(output: Path | None, shared: bool = False) -> Iterator[Path]:
    """A folder beside the output, taken away in the end; what earlier runs that were killed left there, too.

    It is in the folder for temporary files where there is no output, or it is a device or pipe. InputError where it cannot
    be made. `shared` is for other users' programs to write to.
    """
    goal = None if output is None else target(output)
    folder = _temporary() if goal is None or goal.is_stream else _beside(goal, shared)
    with _held(folder):
        yield folder


@contextmanager
def disk_of(output: Path | None) -> Iterator[None]:
    """What the system says of a full disk within is said of the output, or of the folder for temporary files."""
    try:
        yield
    except OSError as error:
        if error.errno not in WRITING:
            raise
        no_room(output, error)


def no_room(output: Path | None, error: OSError) -> NoReturn:
    """Ends with what keeps an output from being written, or a file for the time of the work."""
    if output is not None and not target(output).is_stream:
        unwritable(output, error)
    values = {
        "folder": tempfile.tempdir or os.environ.get("TMPDIR", ""),
        "why": os.strerror(error.errno) if error.errno else str(error),
    }
    raise InputError([Problem("temporary_unwritable", values=values)])


@contextmanager
def neutral_name(folder: Path) -> Iterator[Path]:
    """The same folder under a name that is no more than a name to any library; or another, which has such a name.

    DuckDB takes `[1]` for a pattern, `year=2025` for a column, what follows a `?` for options even where a link leads there,
    and no name that is not UTF-8.
    """
    folder = folder.absolute()
    if _PLAIN.fullmatch(str(folder)):
        yield folder
        return
    with workspace(None) as aside:
        real = os.path.realpath(folder)
        if "?" in real or not real.isprintable():
            yield aside
            return
        named = aside / "work"
        try:
            named.symlink_to(folder.absolute(), target_is_directory=True)
        except OSError:  # not everybody may do that on Windows
            named.mkdir()
        yield named


def _temporary() -> Path:
    try:
        above = Path(tempfile.gettempdir())
        _clear(above, re.compile(r"xinyong-([0-9]+)-\w+"))
        return Path(tempfile.mkdtemp(prefix=f"xinyong-{os.getpid()}-", dir=above))
    except OSError as error:
        no_room(None, error)


def _beside(goal: Target, shared: bool) -> Path:
    """Inside of a folder that stays what it is; beside anything else."""
    name = _short(goal.place.name)
    try:
        above = goal.place if goal.is_folder and keeps_folder(goal.place) else goal.place.parent
        folder = above / f".{name}.{os.getpid()}.partial"
        _clear(above, re.compile(rf"\.{re.escape(name)}\.([0-9]+)\.partial"))
        folder.mkdir(0o777 if shared else 0o700)
    except OSError as error:
        unwritable(goal.name, error)
    return folder


def keeps_folder(folder: Path) -> bool:
    """Whether a folder is filled, rather than another one put in its place: it is empty, or a disk is mounted there."""
    return os.path.ismount(folder) or not os.access(folder.parent, os.W_OK) or is_empty(folder)


def is_empty(folder: Path) -> bool:
    """Whether there is nothing in a folder but what runs work in."""
    return all(file.name.startswith(".") and file.name.endswith(".partial") for file in os.scandir(folder))


def _short(name: str) -> str:
    """As much of a name as leaves room for the rest."""
    return os.fsdecode(os.fsencode(name)[:LONGEST])


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Locked while it is used, so that no other run takes it for a dead one's; taken away in the end."""
    lock = _lock(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _clear(above: Path, named: re.Pattern[str]) -> None:
    """Takes away what runs of the same user left that run no more."""
    for left in os.scandir(above):
        process = named.fullmatch(left.name)
        if process and left.is_dir(follow_symlinks=False) and _is_mine(left) and not _runs(int(process[1]), Path(left.path)):
            shutil.rmtree(left.path, ignore_errors=True)


def _is_mine(left: os.DirEntry[str]) -> bool:
    try:
        return sys.platform == "win32" or left.stat(follow_symlinks=False).st_uid == os.getuid()
    except FileNotFoundError:  # another run has taken it away in the meantime
        return False


def _runs(process: int, folder: Path) -> bool:
    """Whether a folder is still used: its process is there, or one that another machine or container numbers so."""
    if process != os.getpid():  # another had the same number, as in a container
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            pass
        except OSError:
            return True
        else:
            return True
    lock = _lock(folder)
    if lock is None:
        return sys.platform != "win32"
    os.close(lock)
    return False


def _lock(folder: Path) -> int | None:
    """A folder held by this process alone; None where another holds it."""
    if sys.platform == "win32":
        return None
    opened = None
    try:
        opened = os.open(folder, os.O_RDONLY)
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened or 0)
        return None
    except OSError as error:  # a file system without locks
        if opened is None and error.errno in (EACCES, EPERM):
            return None
    return opened
