"""A run over a batch, model by model, each model's results in a file of its own."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from engine.evaluating.arrays.blocks import blocks
from engine.evaluating.arrays.evaluate import Only, Plan, evaluate, evaluations, is_asked
from engine.evaluating.arrays.result_table import refused_models, result_table
from engine.evaluating.model_results import REFUSED, ModelResults, RunQueries
from engine.model.batch import Batch
from engine.model.library import Library, Name

AT_ONCE = 10_000_000
"""So many records are held in memory; more, and those of a run whose memory is bounded, stay with the database."""

ROW_GROUP = 131_072
"""So many rows stand together in a file."""


def run(library: Library, planned: Plan, batch: Batch, folder: Path, each: RunQueries, only: Only = None) -> list[ModelResults]:
    """Evaluates everybody by a plan, and writes a Parquet file for each model that `only` asks for, in dependency order.

    `each` gets how many results a block will have, how many all, and what makes them.
    """
    parts: dict[Name, ModelResults] = {}
    writers: dict[Name, pq.ParquetWriter] = {}
    size = evaluations(planned, batch)
    with ExitStack() as open_files:

        def make(block: Batch) -> None:
            for name, result in evaluate(planned, block).items():
                if not is_asked(name, only):
                    continue
                table = result_table(result, block, planned.as_of)
                if name not in writers:
                    parts[name] = ModelResults(folder / f"{name[0]}.{name[1]}.parquet", result.policy, result.model)
                    writers[name] = open_files.enter_context(pq.ParquetWriter(parts[name].file, table.schema))
                writers[name].write_table(table, row_group_size=ROW_GROUP)

        for block in blocks(batch):
            each(evaluations(planned, block), size, partial(make, block))
    refused = ModelResults(folder / REFUSED)
    rows = refused_models(library, batch, planned.as_of, only if isinstance(only, str) else None)
    pq.write_table(rows, refused.file, row_group_size=ROW_GROUP)
    return [*(parts[model.name] for model in planned.models if model.name in parts), refused]
