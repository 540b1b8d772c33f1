"""Outputs that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EACCES, ENOENT, EXDEV
from glob import escape
from pathlib import Path
from typing import IO

import click

from engine.cli.options import fail
from engine.model.problem import Problem

TABLES = ("", ".parquet", ".csv", ".jsonl", ".xlsx", ".duckdb")
"""Endings of an output that is a table of results; a name without one is a folder."""


class output_to:  # noqa: N801 (reads as a function)
    """Standard output, or a file that is written aside and put in place when all of it is there."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.aside: IO[str] | None = None

    def __enter__(self) -> Callable[[str], object]:
        if self.file is None:
            return lambda text: click.echo(text, nl=False)
        if self.file.is_dir():
            fail(Problem("output_exists", values={"file": str(self.file)}))
        try:
            self.aside = tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.file.resolve().parent, prefix=f".{self.file.name}.", delete=False
            )
        except OSError as error:
            fail(Problem("output_unwritable", values={"file": str(self.file), "why": error.strerror or ""}))
        return self.aside.write

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.aside is None or self.file is None:
            return
        self.aside.close()
        if kind is None:
            os.chmod(self.aside.name, 0o666 & ~_umask())
            os.replace(self.aside.name, self.file)
        else:
            os.unlink(self.aside.name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def workspace(output: Path | None, known: Sequence[str] = TABLES) -> Iterator[Path]:
    """A folder beside the output, taken away in the end; what earlier runs that were killed left there, too.

    `known` are the endings that the output may have.
    """
    if output is None:
        with tempfile.TemporaryDirectory(prefix="xinyong-") as aside:
            yield Path(aside)
        return
    _writable(output, known)
    for left in output.parent.glob(f".{escape(output.name)}.*.partial"):
        if not _runs(left.name.split(".")[-2]):
            shutil.rmtree(left, ignore_errors=True)
    folder = output.parent / f".{output.name}.{os.getpid()}.partial"
    try:
        folder.mkdir()
    except OSError as error:
        fail(Problem("output_unwritable", values={"file": str(output), "why": error.strerror or ""}))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _writable(output: Path, known: Sequence[str]) -> None:
    """Whether the output may be put there: what stands there is a result like it."""
    suffix = output.suffix.lower()
    if suffix not in known:
        fail(Problem("output_kind", values={"file": str(output), "known": [one for one in known if one]}))
    if not suffix and output.is_file():
        fail(Problem("output_kind", values={"file": str(output), "known": list(TABLES[1:])}))
    if output.is_dir() and (suffix or not all(map(_is_result, output.iterdir()))):
        fail(Problem("output_exists", values={"file": str(output)}))


def _is_result(file: Path) -> bool:
    """Whether a file is a model's results in a folder of them."""
    if file.suffix != ".parquet":
        return False
    from pyarrow import ArrowException, parquet  # only where a folder stands

    try:
        return {"subject", "policy", "model", "outcome"} <= set(parquet.read_schema(file).names)
    except (ArrowException, OSError):
        return False


def writable(file: Path | None) -> None:
    """Ends at once where something that is written last could not be."""
    if file is None:
        return
    if file.is_dir():
        fail(Problem("output_exists", values={"file": str(file)}))
    if not os.access(file.resolve().parent, os.W_OK):
        code = ENOENT if not file.resolve().parent.exists() else EACCES
        fail(Problem("output_unwritable", values={"file": str(file), "why": os.strerror(code)}))


def _runs(process: str) -> bool:
    if process == str(os.getpid()):  # another that had the same number, as in a container
        return False
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def put(made: Path, target: Path) -> None:
    """In place at once; a folder that stands there goes only when the new one is whole."""
    if target.is_dir():
        old = made.with_name("old")
        target.rename(old)
    try:
        made.rename(target)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        aside = target.with_name(f".{target.name}.{os.getpid()}.partial")  # on another file system
        shutil.copyfile(made, aside)
        aside.rename(target)
