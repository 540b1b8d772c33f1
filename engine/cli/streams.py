"""Standard output and standard error as they are: in any encoding, closed, full, or with nobody at the other end."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TextIO

from engine.model.problem import InputError, Problem
from engine.usecases.output.closed_stream import ClosedStream
from engine.usecases.output.encodings import fitting


class _Guarded(io.TextIOBase):
    """A stream that takes every character; what else is wrong with it ends the command in order."""

    def __init__(self, to: TextIO | None) -> None:
        self.to = to

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self.to, "encoding", None) or "utf-8"

    def fileno(self) -> int:
        if self.to is None:
            raise io.UnsupportedOperation("fileno")
        return self.to.fileno()

    def isatty(self) -> bool:
        return self.to is not None and self.to.isatty()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError("texts only")
        if not text:
            return 0
        try:
            if self.to is None:
                raise OSError(9, os.strerror(9))
            self.to.write(fitting(text, getattr(self.to, "encoding", None)))
        except (OSError, ValueError) as error:
            self.failed(error)
        return len(text)

    def flush(self) -> None:
        if self.to is None:
            return
        try:
            self.to.flush()
        except (OSError, ValueError) as error:
            self.failed(error)

    def failed(self, error: OSError | ValueError) -> None:
        raise NotImplementedError

    def forget(self) -> None:
        """What could not be written goes nowhere, lest the interpreter try again in the end."""
        if self.to is not None:
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.to.fileno())
                self.to.flush()
            except (OSError, ValueError):
                pass


class _Output(_Guarded):
    def failed(self, error: OSError | ValueError) -> None:
        self.forget()
        if isinstance(error, BrokenPipeError):
            raise ClosedStream from None
        why = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem("stdout_unwritable", values={"why": why})]) from None


class _Errors(_Guarded):
    """Where nothing can be told any more, the exit code says it."""

    def failed(self, error: OSError | ValueError) -> None:
        self.forget()
        self.to = None

    def write(self, text: str) -> int:
        return super().write(text) if self.to is not None else len(text)


@contextmanager
def guarded() -> Iterator[None]:
    """Standard output and standard error that end nothing by an exception of Python's own."""
    _occupy()
    with redirect_stdout(_Output(sys.stdout)), redirect_stderr(_Errors(sys.stderr)):
        yield


def _occupy() -> None:
    """Lest a file that is opened takes the number of a standard stream that is closed; nothing can be written there."""
    while True:
        taken = os.open(os.devnull, os.O_RDONLY)
        if taken > 2:
            os.close(taken)
            return
