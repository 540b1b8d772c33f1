"""The evaluation over arrays on Spark: one pass over rows by subject, in its Python processes, and a folder of results a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends import BaseBackend as Connection

from engine.backends.spark import ship_package
from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Only, Plan
from engine.evaluating.arrays.result_rows import PART, REFUSED, own_columns, part_of, rows_schema
from engine.evaluating.model_results import REFUSED as REFUSED_FILE
from engine.evaluating.model_results import ModelResults
from engine.model.library import Library
from engine.model.policy import Model
from engine.model.result_table import WITHOUT_REASONING, result_columns
from engine.model.table import Tables
from engine.reading.tables.spark_rows import subject_rows
from engine.usecases.batch.spark_worker import Work


def run_on_spark(
    library: Library, planned: Plan, tables: Tables, connection: Connection, folder: Path, only: Only = None,
    reasoning: bool = True,
) -> list[ModelResults]:  # fmt: skip
    """The results of each model that `only` asks for, in dependency order, then those of models that do not run.

    All of them are computed once, and kept in the folder; without reasoning these files are the results.
    """
    ship_package(connection._session, folder)
    everything = folder / "evaluated"
    evaluated_rows(library, planned, tables, connection, only, reasoning).write.partitionBy(PART).parquet(str(everything))
    results = []
    for each in planned.models:
        rows = everything / f"{PART}={part_of(each.name)}"
        if rows.exists():
            results.append(ModelResults(folder / f"{part_of(each.name)}.parquet", each.policy, each.model))
            _put(connection, rows, results[-1], reasoning)
    refused, rows = ModelResults(folder / REFUSED_FILE), everything / f"{PART}={REFUSED}"
    if rows.exists():
        _put(connection, rows, refused, reasoning)
    else:
        pq.write_table(rows_schema(False).empty_table().select(_columns(None, reasoning)), refused.file)
    return [*results, refused]


def evaluated_rows(library: Library, planned: Plan, tables: Tables, connection: Connection, only: Only, reasoning: bool) -> Any:
    """A data frame of what comes of everybody."""
    read = columns_read(planned)
    work = Work(library, planned, read, only, reasoning)
    rows = subject_rows(tables, library.catalogue, read, connection)
    return rows.mapInArrow(work.results, _spark_schema(rows_schema(reasoning)))


def _put(connection: Connection, rows: Path, part: ModelResults, reasoning: bool) -> None:
    """A model's rows in their place, with its own columns by name where there are any."""
    if not reasoning:
        rows.rename(part.file)
        return
    own = own_columns(part.model)
    columns = [f"{own[name][0]}[{own[name][1]}] as `{name}`" if name in own else name for name in _columns(part.model, True)]
    schema = pa.schema([field for field in rows_schema(True) if field.name != PART])
    frame = connection._session.read.schema(_spark_schema(schema)).parquet(str(rows))
    frame.selectExpr(*columns).write.parquet(str(part.file))


def _columns(model: Model | None, reasoning: bool) -> list[str]:
    return list(result_columns(model) if reasoning else WITHOUT_REASONING)


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)
