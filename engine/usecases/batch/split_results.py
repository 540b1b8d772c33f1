"""Parts taken apart: rows with the same columns for every model, and beside them each model's reasoning."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends import BaseBackend as Connection
from msgspec.structs import replace
from pyarrow.dataset import dataset

from engine.evaluating.model_results import ModelResults
from engine.model.result_table import WITHOUT_REASONING_TYPES, reasoning_types

SCHEMA = ibis.schema(WITHOUT_REASONING_TYPES).to_pyarrow()
ONLY_FILE = "0.parquet"
"""The file of a model's reasoning, where one machine writes it."""


def split_results(parts: list[ModelResults], folder: Path, reasoning: bool, connection: Connection) -> list[ModelResults]:
    """The parts in files of a folder, their rows in the same order; who is warned of nothing has an empty list.

    With `reasoning`, that of a model is in a folder of its own, with a row for each subject that was evaluated.
    """
    (folder / "results").mkdir()
    (folder / "reasoning").mkdir()
    return [_split(part, folder, reasoning and part.model is not None, connection) for part in parts]


def _split(part: ModelResults, folder: Path, reasoning: bool, connection: Connection) -> ModelResults:
    target = replace(
        part,
        file=folder / "results" / part.file.name,
        reasoning=folder / "reasoning" / part.file.stem if reasoning else None,
    )
    if part.file.is_dir():
        _by_nodes(part.file, target, connection)
    else:
        _by_batches(part.file, target)
    return target


def _by_batches(whole: Path, target: ModelResults) -> None:
    source = dataset(whole, format="parquet")
    if target.reasoning is None and source.schema.equals(SCHEMA):
        whole.rename(target.file)
        return
    names = [name for name in SCHEMA.names if name in source.schema.names]
    with ExitStack() as files:
        rows = files.enter_context(pq.ParquetWriter(target.file, SCHEMA))
        own = None
        if target.reasoning is not None and target.model is not None:
            target.reasoning.mkdir()
            schema = ibis.schema(reasoning_types(target.model)).to_pyarrow()
            own = files.enter_context(pq.ParquetWriter(target.reasoning / ONLY_FILE, schema))
        for batch in source.to_batches(columns=names if own is None else None):
            rows.write_batch(_narrow(batch))
            if own is not None:
                evaluated = batch.select(own.schema.names).filter(pc.equal(batch.column("outcome"), "evaluated"))
                own.write_batch(_cast(evaluated, own.schema))


def _narrow(batch: pa.RecordBatch) -> pa.RecordBatch:
    if "warnings" not in batch.schema.names:
        nobody = pa.array([[]] * len(batch), SCHEMA.field("warnings").type)
        batch = batch.append_column(SCHEMA.field("warnings"), nobody)
    return _cast(batch.select(SCHEMA.names), SCHEMA)


def _cast(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [batch.column(name).cast(schema.field(name).type) for name in schema.names]
    return pa.record_batch(columns, schema=schema)


def _by_nodes(whole: Path, target: ModelResults, connection: Connection) -> None:
    """Spark has each part as a folder of files, and writes such again, each node its own."""
    rows = connection.read_parquet(str(whole))
    columns = {name: rows[name].cast(kind) for name, kind in WITHOUT_REASONING_TYPES.items() if name in rows.columns}
    if "warnings" not in columns:
        columns["warnings"] = rows.vetoes[:0]  # a literal without elements has no type on Spark
    connection.to_parquet(rows.select(**columns), target.file)
    if target.reasoning is not None and target.model is not None:
        own = {name: rows[name].cast(kind) for name, kind in reasoning_types(target.model).items()}
        connection.to_parquet(rows.filter(rows.outcome == "evaluated").select(**own), target.reasoning)
