"""What is to come beside each result, in columns of the table of results."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from engine.evaluating.arrays.result_table import schema_of
from engine.evaluating.model_results import ModelResults
from engine.model.library import Name
from engine.model.result_table import OF_FORECASTS, turn_of

SCHEMA = schema_of(OF_FORECASTS)


def with_forecast(parts: list[ModelResults], folder: Path) -> list[ModelResults]:
    """The parts with the columns of what is to come; of rows that no model evaluates nothing is."""
    return [replace(part, file=_beside(part, folder / part.file.name)) for part in parts]


def _beside(part: ModelResults, target: Path) -> Path:
    rows = pq.read_table(part.file)
    if part.coming is None:
        nothing = {field.name: pa.nulls(len(rows), field.type) for field in SCHEMA}
        coming = pa.table(nothing, schema=SCHEMA)
    else:
        coming = pq.read_table(part.coming)
    for name in SCHEMA.names:
        rows = rows.append_column(SCHEMA.field(name), coming.column(name))
    pq.write_table(rows, target)
    return target


def forecast_counts(parts: list[ModelResults]) -> dict[Name, tuple[int, int, int]]:
    """By model how many results get better, worse, or other vetoes or measures alone."""
    counts: dict[Name, tuple[int, int, int]] = {}
    for part in parts:
        if part.policy is None or part.model is None:
            continue
        rows = pq.read_table(part.file, columns=["level", "next_level", "next_change"])
        pairs = (
            rows.filter(rows.column("next_change").is_valid()).group_by(["level", "next_level"]).aggregate([([], "count_all")])
        )
        kinds: Counter[str] = Counter()
        ranks = {name: rank for rank, name in enumerate(part.policy.scale.names)}
        for row in pairs.to_pylist():
            kinds[turn_of(row["level"], row["next_level"], ranks)] += row["count_all"]
        counts[part.policy.id, part.model.id] = (kinds["better"], kinds["worse"], kinds["other"])
    return counts
