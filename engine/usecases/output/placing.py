"""What was made put where it belongs: in place at once, or written to a device, a pipe, a folder that stays."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from contextlib import suppress
from errno import EBUSY, EINVAL, EISDIR, ENOTSUP, EXDEV
from pathlib import Path
from typing import BinaryIO, NoReturn

from engine.usecases.output.closed_stream import ClosedStream
from engine.usecases.output.tables import OURS
from engine.usecases.output.target import Target, target, unwritable
from engine.usecases.output.workspace import keeps_folder, workspace


def put_in_place(result: Path, output: Path) -> None:
    """A file or folder in the place of an output; what stands there goes only when the new one is whole.

    InputError where the system does not let it, under the output's name.
    """
    goal = target(output)
    result = Path(os.path.realpath(result))
    try:
        if goal.is_stream:
            with result.open("rb") as source, open_output(goal) as sink:
                shutil.copyfileobj(source, sink)
        elif result.is_dir():
            _put_folder(result, goal)
        elif goal.is_folder:
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        else:
            _put_file(result, goal)
    except OSError as error:
        broken_output(goal, error)


def broken_output(goal: Target, error: OSError) -> NoReturn:
    """Ends as who writes to standard output does where that is the output, or else with the output's name."""
    if isinstance(error, BrokenPipeError) and goal.is_stdout:
        raise ClosedStream from None
    unwritable(goal.name, error)


def open_output(goal: Target) -> BinaryIO:
    """A device, pipe or socket, to be written to."""
    if goal.descriptor is not None:
        if goal.is_stdout:
            sys.stdout.flush()
        return os.fdopen(os.dup(goal.descriptor), "wb")
    if goal.state is not None and stat.S_ISSOCK(goal.state.st_mode):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(os.fspath(goal.place))
        return connection.makefile("wb")
    return os.fdopen(os.open(goal.place, os.O_WRONLY | getattr(os, "O_BINARY", 0)), "wb")


def _put_file(result: Path, goal: Target) -> None:
    _alike(result, goal.state)
    _to_disk(result)
    try:
        os.replace(result, goal.place)
    except OSError as error:
        if error.errno == EXDEV:
            with workspace(goal.name) as near:
                _put_file(Path(shutil.copyfile(result, near / "copied")), goal)
        elif error.errno == EBUSY:  # a file on which another is mounted
            _write_over(result, goal.place)
        else:
            raise


def _alike(result: Path, state: os.stat_result | None) -> None:
    """With the mode, and as far as that is allowed the owner, of what it takes the place of; or those of a new one."""
    if state is None:
        result.chmod(_new_mode(result))
        return
    mode = stat.S_IMODE(state.st_mode)
    if sys.platform != "win32" and (result.stat().st_uid, result.stat().st_gid) != (state.st_uid, state.st_gid):
        try:
            os.chown(result, state.st_uid, state.st_gid)
        except PermissionError:
            mode &= 0o777  # it is to be nobody else's in the owner's name
            with suppress(PermissionError):
                os.chown(result, -1, state.st_gid)
    result.chmod(mode)


def _new_mode(result: Path) -> int:
    """The permissions that something new has.

    Something new tells: the mask itself can only be read by setting it, for all threads at once.
    """
    probe = result.with_name("mode")
    if result.is_dir():
        probe.mkdir()
        mode = probe.stat().st_mode
        probe.rmdir()
    else:
        probe.touch()
        mode = probe.stat().st_mode
        probe.unlink()
    return mode & 0o777


def _to_disk(file: Path) -> None:
    """Some disks say only now that they are full."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _write_over(result: Path, place: Path) -> None:
    """Into the file as it stands; the room for it is taken first, so that a full disk spoils nothing."""
    with result.open("rb") as source, place.open("rb+") as sink:
        before, after = os.fstat(sink.fileno()).st_size, os.fstat(source.fileno()).st_size
        if after > before and hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(sink.fileno(), before, after - before)
            except OSError as error:
                if error.errno not in (EINVAL, ENOTSUP):
                    os.ftruncate(sink.fileno(), before)
                    raise
        shutil.copyfileobj(source, sink)
        sink.truncate()
        os.fsync(sink.fileno())


def _put_folder(result: Path, goal: Target) -> None:
    _alike(result, goal.state)
    for file in result.rglob("*"):
        if file.is_file():
            _to_disk(file)
    if not goal.is_folder:
        os.rename(result, goal.place)
        return
    if keeps_folder(goal.place):
        _fill(result, goal)
        return
    old = result.with_name("replaced")
    try:
        os.rename(goal.place, old)
    except OSError as error:
        if error.errno != EBUSY:
            raise
        _fill(result, goal)  # a folder on which another is mounted
        return
    try:
        os.rename(result, goal.place)
    except OSError:
        os.rename(old, goal.place)
        raise


def _fill(result: Path, goal: Target) -> None:
    """The files of a folder in another one's place, all of them brought there before any of the old ones goes."""
    place = goal.place
    if result.stat().st_dev != place.stat().st_dev or result.parent.parent != place:
        inside = place / result.parent.name
        inside.mkdir(0o700)
        try:
            _exchange(Path(shutil.copytree(result, inside / "copied")), place, inside)
        finally:
            shutil.rmtree(inside, ignore_errors=True)
    else:
        _exchange(result, place, result.parent)


def _exchange(result: Path, place: Path, aside: Path) -> None:
    """What can go wrong has gone wrong before: on one disk, names alone are changed."""
    gone = aside / "replaced"
    gone.mkdir()
    replaced = [file for file in place.iterdir() if file.suffix == ".parquet" or file.name in OURS]
    for file in replaced:
        os.rename(file, gone / file.name)
    try:
        for file in sorted(result.iterdir()):
            os.rename(file, place / file.name)
    except OSError:
        for file in replaced:
            os.rename(gone / file.name, file)
        raise
