"""Parts without their reasoning: the columns that the results of every model have, and no others."""

from __future__ import annotations

from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace
from pyarrow.dataset import dataset

from engine.evaluating.model_results import ModelResults
from engine.model.result_table import WITHOUT_REASONING_TYPES

SCHEMA = ibis.schema(WITHOUT_REASONING_TYPES).to_pyarrow()


def without_reasoning(parts: list[ModelResults], folder: Path) -> list[ModelResults]:
    """The parts with the same rows in the same order, in files of the folder; who is warned of nothing has an empty list."""
    return [replace(part, file=_narrow(part.file, folder / part.file.name)) for part in parts]


def _narrow(part: Path, file: Path) -> Path:
    source = dataset(part, format="parquet")
    if source.schema.names == SCHEMA.names:
        return part
    names = [name for name in SCHEMA.names if name in source.schema.names]
    with pq.ParquetWriter(file, SCHEMA) as writer:
        for batch in source.to_batches(columns=names):
            lists = pa.array([[]] * len(batch), SCHEMA.field("warnings").type) if "warnings" not in names else None
            columns = [
                lists if name not in names else batch.column(name).cast(SCHEMA.field(name).type) for name in SCHEMA.names
            ]
            writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
    return file
