"""What stands where an output shall be: nothing, a file or folder, or a device or pipe that takes bytes."""

from __future__ import annotations

import os
import re
import stat
from errno import EISDIR, ENOTDIR
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from engine.model.problem import InputError, Problem

_DESCRIPTOR = re.compile(rf"/(?:dev|proc/(?:self|thread-self|{os.getpid()}))/fd/(\d+)")
_LINKS = 40
"""So many links are followed one after another, as systems do."""


class Target(Struct, frozen=True):
    """An output as it was named, the place that its links lead to, and the state of what stands there now.

    `descriptor` is the open file that the name is another one for, as /dev/stdout is.
    """

    name: Path
    place: Path
    state: os.stat_result | None
    descriptor: int | None = None

    @property
    def is_stream(self) -> bool:
        """Whether bytes are written to what stands there, and nothing can take its place."""
        return self.descriptor is not None or (self.state is not None and not _replaceable(self.state.st_mode))

    @property
    def is_folder(self) -> bool:
        return self.state is not None and stat.S_ISDIR(self.state.st_mode)

    @property
    def is_file(self) -> bool:
        return not self.is_stream and self.state is not None and stat.S_ISREG(self.state.st_mode)

    @property
    def is_null(self) -> bool:
        """The device that forgets what it is given."""
        return self.state is not None and self.state.st_rdev != 0 and self.state.st_rdev == os.stat(os.devnull).st_rdev

    @property
    def is_stdout(self) -> bool:
        return self.descriptor == 1

    @property
    def suffix(self) -> str:
        return self.name.suffix.lower()


def _replaceable(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def target(name: Path) -> Target:
    """Where an output goes; InputError where its name is none, its folder is not there, or it is a disk."""
    descriptor = _descriptor(name)
    try:
        if descriptor is not None:
            return Target(name, name, os.fstat(descriptor), descriptor)
        place = Path(os.path.realpath(name))
        state = _state(place)
        if state is None and not os.path.isdir(place.parent):
            os.stat(place.parent)
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
    except OSError as error:
        unwritable(name, error)
    if state is not None and stat.S_ISBLK(state.st_mode):  # it would be lost with all that is on it
        raise InputError([Problem("output_device", values={"file": str(name)})])
    if state is not None and not stat.S_ISDIR(state.st_mode) and str(name).endswith(("/.", "/..")):
        unwritable(name, OSError(EISDIR, os.strerror(EISDIR)))
    return Target(name, place, state)


def _state(place: Path) -> os.stat_result | None:
    try:
        return os.stat(place)
    except FileNotFoundError:
        return None


def _descriptor(output: Path) -> int | None:
    """The open file that a name stands for; it must not be followed, for what it leads to is in another's hands."""
    name = os.path.abspath(output)
    for _ in range(_LINKS):
        number = _DESCRIPTOR.fullmatch(name)
        if number:
            return int(number[1])
        name = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        number = _DESCRIPTOR.fullmatch(name)
        if number or not os.path.islink(name):
            return int(number[1]) if number else None
        name = os.path.normpath(os.path.join(os.path.dirname(name), os.readlink(name)))
    return None


def unwritable(name: Path, error: OSError) -> NoReturn:
    """Ends with what the system says of an output, under the name that the user gave it."""
    why = os.strerror(error.errno) if error.errno else str(error)
    raise InputError([Problem("output_unwritable", values={"file": str(name), "why": why})])
