"""The results of a run as what its output is: a folder, a DuckDB database, a workbook, or one file of the results alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as File

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct
from pyarrow.dataset import dataset

from engine.rendering.result_database import write_database
from engine.rendering.result_texts import UTF_8_MARKED, write_csv, write_json_lines
from engine.rendering.result_workbook import write_workbook

RESULTS, REASONING, STATE = FOLDERS = ("results", "reasoning", "state")
"""The folders of an output that is one, and the tables and the schema of a database."""


class ResultTables(Struct, frozen=True):
    """Files of results in their order, the folders of files of each model's reasoning, and where it is kept the state.

    Reasoning goes by POLICY.MODEL. A file may be a folder of files, as Spark writes them.
    """

    results: tuple[File, ...]
    reasoning: Mapping[str, File] = {}
    state: File | None = None


def write_output(tables: ResultTables, target: File, encoding: str = UTF_8_MARKED) -> None:
    """To what the ending of the target says; CSV in an encoding. What can be moved is moved."""
    match target.suffix.lower():
        case "":
            _folder(tables, target)
        case ".duckdb":
            write_database(tables.results, tables.reasoning, tables.state, target)
        case ".xlsx":
            write_workbook(tables.results, tables.reasoning, target)
        case ".parquet":
            _one_file(tables.results, target)
        case ".csv":
            write_csv(tables.results, target, encoding)
        case _:
            write_json_lines(tables.results, target)


def _folder(tables: ResultTables, target: File) -> None:
    target.mkdir()
    (target / RESULTS).mkdir()
    for file in tables.results:
        file.rename(target / RESULTS / file.name)
    if tables.reasoning:
        (target / REASONING).mkdir()
    for name, folder in tables.reasoning.items():
        folder.rename(target / REASONING / name)
    if tables.state is not None:
        (target / STATE).mkdir()
        tables.state.rename(target / STATE / tables.state.name)


def _one_file(files: tuple[File, ...], target: File) -> None:
    """Files with the same columns, one after the other; no query over them is planned."""
    if len(files) == 1 and files[0].is_file():
        files[0].rename(target)
        return
    with pq.ParquetWriter(target, dataset(files[0], format="parquet").schema) as writer:
        for batch in _batches(files):
            writer.write_batch(batch)


def _batches(files: tuple[File, ...]) -> Iterator[pa.RecordBatch]:
    for file in files:
        yield from dataset(file, format="parquet").to_batches()
