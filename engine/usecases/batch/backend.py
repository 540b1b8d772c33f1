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
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.backends.spark import session
from engine.model.problem import InputError, Problem
from engine.reading.tables.source import check_pages_of, first_line
from engine.usecases.output.workspace import WRITING, no_room
from engine.usecases.request import EvaluationRequest


@contextmanager
def translate_backend_errors(request: EvaluationRequest, folder: Path) -> Iterator[None]:
    """What DuckDB cannot read, hold or finish is the user's to mend; anything else that it says is a bug.

    What it says of the folder that it works in, or of a full disk, is said of the output.
    """
    try:
        yield
    except duckdb.Error as error:
        _room(error, request.output, folder)
        if isinstance(error, duckdb.OutOfMemoryException):
            raise InputError([Problem("memory", values={"why": first_line(error)})]) from None
        for path in request.inputs if request.master is None else ():
            check_pages_of(path, folder)
        if isinstance(error, duckdb.IOException | duckdb.InvalidInputException | duckdb.SerializationException):
            raise InputError(
                [Problem("table_broken", values={"file": str(request.inputs[0]), "why": first_line(error)})]
            ) from None
        _interrupted(error)
        raise
    except RuntimeError as error:
        _interrupted(error)
        raise


def _room(error: duckdb.Error, output: Path | None, folder: Path) -> None:
    """Ends with the output's name where the disk is full that the work is done on, or where that cannot be written."""
    reason = next((number for number in WRITING if os.strerror(number) in str(error)), None)
    if "max_temp_directory_size" in str(error):
        reason = ENOSPC
    if reason is not None:
        no_room(output, OSError(reason, os.strerror(reason)))
    if str(folder) in str(error) and isinstance(error, duckdb.IOException):
        no_room(output, OSError(first_line(error)))


def _interrupted(error: Exception) -> None:
    if "interrupted" in str(error).lower():  # Ctrl-C in the middle of a query
        raise KeyboardInterrupt from None


def connect(folder: Path, request: EvaluationRequest) -> Connection:
    """Spark, or DuckDB, which puts aside in the folder what memory does not hold."""
    if request.master is not None:
        return session(request.master)
    settings: dict[str, Any] = {"temp_directory": str(folder / "spill")}
    if request.memory is not None:
        settings["memory_limit"] = request.memory
    return ibis.duckdb.connect(str(folder / "work.duckdb"), **settings)


def count(table: Table) -> int:
    """How many rows."""
    return int(table.count().to_pyarrow().as_py())
