"""What evaluates many: the backend that was asked for, and what it says of files, room and memory in the user's terms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import Any

import duckdb
import ibis
from msgspec import Struct

from engine.cli.options import fail
from engine.cli.output.tables import UTF_8_MARKED
from engine.cli.output.workspace import WRITING, no_room
from engine.model.problem import Problem
from engine.reading.tables.source import check_pages_of, first_line
from engine.reading.tables.spark import session


class EvaluationRequest(Struct, frozen=True):
    """What the command was asked for; refused rows go to `rejects`, or nowhere."""

    inputs: tuple[Path, ...]
    as_of: int
    output: Path | None
    engine: str | None
    policy: str | None = None
    page: Path | None = None
    rejects: Path | None = None
    memory: str | None = None
    since: Path | None = None
    updated: str | None = None
    master: str | None = None  # of Spark, where that is the backend
    encoding: str = UTF_8_MARKED  # of CSV


@contextmanager
def translate_backend_errors(wanted: EvaluationRequest, folder: Path) -> Iterator[None]:
    """What DuckDB cannot read, hold or finish is the user's to mend; anything else that it says is a bug.

    What it says of the folder that it works in, or of a full disk, is said of the output.
    """
    try:
        yield
    except duckdb.Error as error:
        _room(error, wanted.output, folder)
        if isinstance(error, duckdb.OutOfMemoryException):
            fail(Problem("memory", values={"why": first_line(error)}))
        for path in wanted.inputs if wanted.master is None else ():
            check_pages_of(path, folder)
        if isinstance(error, duckdb.IOException | duckdb.InvalidInputException | duckdb.SerializationException):
            fail(Problem("table_broken", values={"file": str(wanted.inputs[0]), "why": first_line(error)}))
        _interrupted(error)
        raise
    except RuntimeError as error:
        _interrupted(error)
        raise


def _room(error: duckdb.Error, output: Path | None, folder: Path) -> None:
    """Ends with the output's name where the disk is full that the work is done on, or where that cannot be written."""
    said = next((number for number in WRITING if os.strerror(number) in str(error)), None)
    if "max_temp_directory_size" in str(error):
        said = ENOSPC
    if said is not None:
        no_room(output, OSError(said, os.strerror(said)))
    if str(folder) in str(error) and isinstance(error, duckdb.IOException):
        no_room(output, OSError(first_line(error)))


def _interrupted(error: Exception) -> None:
    if "interrupted" in str(error).lower():  # Ctrl-C in the middle of a query
        raise KeyboardInterrupt from None


def connect(folder: Path, wanted: EvaluationRequest) -> Any:
    """Spark, or DuckDB, which puts aside in the folder what memory does not hold."""
    if wanted.master is not None:
        return session(wanted.master)
    settings: dict[str, Any] = {"temp_directory": str(folder / "spill")}
    if wanted.memory is not None:
        settings["memory_limit"] = wanted.memory
    return ibis.duckdb.connect(str(folder / "work.duckdb"), **settings)


def count(table: Any) -> int:
    """How many rows."""
    return int(table.count().to_pyarrow().as_py())
