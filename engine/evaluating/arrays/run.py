"""A run over batches, model by model, each model's results in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from msgspec.structs import replace

from engine.evaluating.arrays.ahead import Ahead
from engine.evaluating.arrays.blocks import blocks
from engine.evaluating.arrays.evaluate import Only, Plan, evaluate, evaluations, is_asked
from engine.evaluating.arrays.forecast import Standings, coming
from engine.evaluating.arrays.result_table import coming_table, refused_models, result_table
from engine.evaluating.model_results import REFUSED, ModelResults, RunQueries
from engine.model.batch import Batch
from engine.model.library import Library, Name

ROW_GROUP = 131_072
"""So many rows stand together in a file."""


def run(
    library: Library, planned: Plan, batches: Iterable[Batch], folder: Path, each: RunQueries, only: Only = None,
    size: int | None = None, reasoning: bool = True, ahead: Ahead | None = None,
) -> list[ModelResults]:  # fmt: skip
    """Evaluates everybody by a plan, and writes a Parquet file for each model that `only` asks for, in dependency order.

    Batches are in the order of their subjects; `reasoning` is in the same files, as long as it is asked for. `each` gets how many results a block will have, how many all (`size`, where one
    batch is not all), and what makes them. What is to come of each result `ahead` of the day is in a file beside it, row by row.
    """
    parts: dict[Name, ModelResults] = {}
    refused = ModelResults(folder / REFUSED)
    with ExitStack() as open_files:
        writers: dict[Path, pq.ParquetWriter] = {}

        def write(part: ModelResults, rows: Any) -> None:
            if part.file not in writers:
                writers[part.file] = open_files.enter_context(pq.ParquetWriter(part.file, rows.schema))
            writers[part.file].write_table(rows, row_group_size=ROW_GROUP)

        def make(block: Batch, standings: Standings | None, start: int) -> None:
            results = evaluate(planned, block)
            if standings is not None:
                standings.note(results, start, start + len(block.ids))
            for name, result in results.items():
                if is_asked(name, only):
                    part = parts.setdefault(
                        name, ModelResults(folder / f"{name[0]}.{name[1]}.parquet", result.policy, result.model)
                    )
                    write(part, result_table(result, block, planned.as_of, reasoning))

        for batch in batches:
            of = _evaluations(planned, batch) if size is None else size
            standings, start = Standings(len(batch.ids)) if ahead else None, 0
            for block in blocks(batch):
                each(_evaluations(planned, block), of, partial(make, block, standings, start))
                start += len(block.ids)
            if ahead is not None and standings is not None:
                for name, turned in coming(ahead, batch, standings).items():
                    if name in parts:
                        parts[name] = replace(parts[name], coming=folder / f"{name[0]}.{name[1]}.coming.parquet")
                        write(replace(parts[name], file=parts[name].coming), coming_table(turned, standings.has(name), batch))
            write(refused, refused_models(library, batch, planned.as_of, only if isinstance(only, str) else None))
    return [*(parts[model.name] for model in planned.models if model.name in parts), refused]


def _evaluations(planned: Plan, batch: Batch) -> int:
    return evaluations(planned, batch.kinds, batch.models, 1 if batch.guests is None else ~batch.guests)
