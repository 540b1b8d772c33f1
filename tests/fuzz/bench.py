"""Where an input is tried: a folder of its own, and the command in this process with its streams on real descriptors."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from engine.cli.main import main
from tests.fuzz.finding import Wrong

STATED = {0, 1, 2, 130, 141}
UNSET = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "XINYONG_LEDGER", "COLUMNS")


class Ran(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


class Bench:
    """`home` is a worker's own folder, of which `home/work` is emptied before each input; `kept` is what all share."""

    def __init__(self, home: Path, store: Path) -> None:
        self.work, self.store, self.cache = home / "work", store, home / "cache"
        for folder in (self.work, self.store, self.cache):
            folder.mkdir(parents=True, exist_ok=True)
        self.commands: list[str] = []
        self.wrongs: list[Wrong] = []
        self.streams = home / "out", home / "err"

    def clear(self) -> None:
        """Nothing in the folder, and the folder the current one."""
        self.commands.clear()
        self.wrongs.clear()
        os.chdir(self.work)
        with os.scandir(self.work) as inside:
            for entry in inside:
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)

    def note(self, kind: str, what: str, detail: str = "") -> None:
        """A broken word after which the attempt goes on."""
        self.wrongs.append(Wrong(kind, what, detail))

    def sweep(self) -> None:
        """Forgets the cache where much is in it."""
        if sum(1 for _ in self.cache.glob("*/*")) > 2000:
            shutil.rmtree(self.cache)
            self.cache.mkdir()

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str] = {}, encoding: str = "utf-8", stdout: str = ""
    ) -> Ran:
        """The command `xinyong`; Wrong for an exit status that is not stated, and for a traceback on its streams.

        `stdout` is a file to write to instead, such as /dev/full, or `broken` for a pipe that nobody reads.
        """
        self.commands.append(shlex.join(["xinyong", *arguments]).encode(errors="backslashreplace").decode())
        cleared = {key: value for key, value in os.environ.items() if key not in UNSET}
        replaced = {**cleared, "XDG_CACHE_HOME": str(self.cache), **environment}
        with (
            mock.patch.dict(os.environ, replaced, clear=True),
            mock.patch.object(sys, "argv", ["xinyong", *arguments]),
            self._streams(encoding, stdout),
        ):
            code = _ended()
        out, err = (stream.read_bytes().decode(encoding, "replace") for stream in self.streams)
        stated = STATED | {3, 4} if arguments[:1] == ["diff"] else STATED
        if "Traceback (most recent call last)" in err:
            self.note("traceback", "on standard error", err[-2000:])
        if code not in stated:
            self.note("exit status", str(code), err[-2000:])
        return Ran(code, out, err)

    @contextmanager
    def _streams(self, encoding: str, stdout: str) -> Iterator[None]:
        """Standard output and standard error on files of the bench, or what stands for them."""
        saved = os.dup(1), os.dup(2)
        opened = [os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC) for file in self.streams]
        first = opened[0]
        if stdout == "broken":
            reading, first = os.pipe()
            os.close(reading)
        elif stdout:
            first = os.open(stdout, os.O_WRONLY)
        os.dup2(first, 1)
        os.dup2(opened[1], 2)
        out: Any = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding=encoding)
        err: Any = io.TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding=encoding, errors="backslashreplace")
        try:
            with mock.patch.object(sys, "stdout", out), mock.patch.object(sys, "stderr", err):
                yield
        finally:
            for stream in (out, err):
                with suppress(OSError):  # what the end of a process does about it is looked at in _ended
                    stream.close()
            for to, descriptor in zip((1, 2), saved, strict=True):
                os.dup2(descriptor, to)
            for descriptor in {*saved, *opened, first}:
                os.close(descriptor)


def _ended() -> int:
    """The exit status with which the process would end."""
    try:
        main()
    except SystemExit as end:
        code = end.code
    else:
        raise Wrong("exit status", "the command returned")
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return 120 if code != 141 else 141
    except OSError:
        return 120  # as Python ends where its last flush fails
    return code if isinstance(code, int) else 0 if code is None else 1
