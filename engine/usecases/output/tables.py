"""What a table of results can be written as, and what may give way to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.usecases.output.target import Target, target

TABLES = ("", ".parquet", ".csv", ".jsonl", ".xlsx", ".duckdb")
"""Endings of an output that is a table of results; a name without one is a folder."""

REJECTS = (".csv", ".xlsx")
"""Endings of a file of refused rows."""

OURS = ("results", "reasoning", "state")
"""The folders in a folder of results."""

STATEFUL = ("", ".duckdb")
"""Those in which the state that a later run goes on from has a table of its own."""

WITH_REASONING = (*STATEFUL, ".xlsx")
"""Those that have a table a model beside the results, for how they came about."""

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


def with_reasoning(output: Path | None, kind: str | None, reasoning: bool | None) -> bool:
    """Whether the reasoning stands beside the results: unless it is said, where there is room for it.

    InputError where it is asked for in an output, of the kind that kind_of tells, that is one table.
    """
    holds = kind in WITH_REASONING
    if output is not None and reasoning and not holds:
        raise InputError([Problem("reasoning_apart", values={"file": str(output)})])
    return holds and reasoning is not False


def _holds_results(goal: Target) -> bool:
    """Whether there is nothing in a folder but results, and what a disk or a run has there of its own."""
    inside = [file for file in goal.place.iterdir() if file.name != "lost+found" and not file.name.endswith(".partial")]
    return all(_is_table(file) if file.name not in OURS else _is_folder_of_tables(file) for file in inside)


def _is_folder_of_tables(folder: Path) -> bool:
    """Whether a folder has tables of ours alone; those of each model's reasoning are in folders of their own."""
    if not folder.is_dir():
        return False
    inside = _written(folder)
    if folder.name == "reasoning":
        return all(file.is_dir() and all(map(_is_reasoning, _written(file))) for file in inside)
    return all(map(_is_state if folder.name == "state" else _is_table, inside))


def _written(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if not _is_of_spark(file)]


def _is_of_spark(file: Path) -> bool:
    """Whether a file is what Spark leaves beside those that it writes."""
    return file.name == "_SUCCESS" or (file.name.startswith(".") and file.name.endswith(".crc"))


def _is_table(file: Path) -> bool:
    """Whether a file is a table of results."""
    return _has_columns(file, {"subject", "policy", "model", "outcome"})


def _is_reasoning(file: Path) -> bool:
    return _has_columns(file, {"subject"})


def _is_state(file: Path) -> bool:
    return _has_columns(file, {"subject", "input_hash"})


def _has_columns(file: Path, names: set[str]) -> bool:
    """Whether a file, or all in a folder as Spark writes them, is a table with such columns among others."""
    if file.suffix != ".parquet":
        return False
    if file.is_dir():
        return all(_has_columns(part, names) for part in _written(file))
    from pyarrow import ArrowException, parquet  # only where a folder stands

    try:
        return names <= set(parquet.read_schema(file).names)
    except (ArrowException, OSError):
        return False
