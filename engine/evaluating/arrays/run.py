"""A run over a batch, model by model, each model's results in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from engine.evaluating.arrays.evaluate import Only, Plan, evaluate, evaluations, is_asked
from engine.evaluating.arrays.result_table import refused_models, result_table
from engine.evaluating.columnar.batch_run import REFUSED, ModelResults, RunQueries
from engine.model.batch import Batch
from engine.model.library import Library

ROW_GROUP = 131_072
"""So many rows stand together in a file."""


def run(library: Library, planned: Plan, batch: Batch, folder: Path, each: RunQueries, only: Only = None) -> list[ModelResults]:
    """Evaluates everybody by a plan, and writes a Parquet file for each model that `only` asks for, in dependency order.

    `each` gets how many results there will be, and what makes them.
    """
    parts: list[ModelResults] = []
    as_of = planned.as_of

    def make() -> None:
        for name, result in evaluate(planned, batch).items():
            if is_asked(name, only):
                part = ModelResults(folder / f"{name[0]}.{name[1]}.parquet", result.policy, result.model)
                write(result_table(result, batch, as_of), part.file)
                parts.append(part)

    size = evaluations(planned, batch)
    each(size, size, make)
    refused = refused_models(library, batch, as_of, only if isinstance(only, str) else None)
    write(refused, folder / REFUSED)
    return [*parts, ModelResults(folder / REFUSED)]


def write(table: pa.Table, file: Path) -> None:
    pq.write_table(table, file, row_group_size=ROW_GROUP)
