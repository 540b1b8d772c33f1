"""What a table of results can be written as, and what may give way to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.usecases.output.target import Target, target

TABLES = ("", ".parquet", ".csv", ".jsonl", ".xlsx", ".duckdb")
"""Endings of an output that is a table of results; a name without one is a folder."""


UTF_8_MARKED = "utf-8-sig"
"""The encoding of CSV unless another is wanted: UTF-8 with the mark by which Excel knows it."""


def rejects_beside(output: Path | None) -> Path | None:
    """Where refused rows go unless it is said; nowhere where there is no file to put them beside."""
    if output is None or not output.name or output.suffix.lower() not in TABLES or target(output).is_stream:
        return None
    return output.with_name(f"{output.stem}.rejects.csv")


def kind_of(output: Path, known: Sequence[str] = TABLES, of_stream: str = ".csv") -> str:
    """The ending that says as what an output is written; a device or pipe without one takes `of_stream`.

    InputError where it is none of the `known` ones, or something else than such a result stands there.
    """
    goal = target(output)
    if goal.suffix not in known and not goal.is_stream:
        raise InputError(
            [Problem("output_kind", values={"file": str(output), "known": [ending for ending in known if ending]})]
        )
    if goal.is_stream:
        return goal.suffix if goal.suffix and goal.suffix in known else of_stream
    if not goal.suffix and goal.is_file:
        raise InputError([Problem("output_kind", values={"file": str(output), "known": list(TABLES[1:])})])
    if goal.is_folder and (goal.suffix or not _holds_results(goal)):
        raise InputError([Problem("output_exists", values={"file": str(output)})])
    return goal.suffix


def _holds_results(goal: Target) -> bool:
    """Whether there is nothing in a folder but results, and what a disk or a run has there of its own."""
    inside = [file for file in goal.place.iterdir() if file.name != "lost+found" and not file.name.endswith(".partial")]
    return all(map(_is_result, inside))


def _is_result(file: Path) -> bool:
    """Whether a file is a model's results in a folder of them."""
    if file.suffix != ".parquet":
        return False
    from pyarrow import ArrowException, parquet  # only where a folder stands

    try:
        return {"subject", "policy", "model", "outcome"} <= set(parquet.read_schema(file).names)
    except (ArrowException, OSError):
        return False
