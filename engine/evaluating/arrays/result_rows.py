"""Results of all models as rows of one table: what every result has by name, what a model has of its own in lists by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from engine.evaluating.arrays.evaluate import Only, Plan, evaluate, is_asked
from engine.evaluating.arrays.result_table import TYPES, refused_models, result_table, schema_of
from engine.model.batch import Batch
from engine.model.library import Library, Name
from engine.model.policy import Model
from engine.model.result_table import WITHOUT_REASONING, ResultKind, result_columns

PART = "part"
"""The column that says of which model a row is (`part_of`), or REFUSED."""

REFUSED = "refused"

OWN: Sequence[tuple[ResultKind, str]] = (("number", "numbers"), ("truth", "truths"), ("text", "texts"))
"""The columns of lists, by what is in them."""


def part_of(name: Name) -> str:
    return ".".join(name)


def rows_schema(reasoning: bool) -> pa.Schema:
    """The columns of the rows."""
    fields = [pa.field(PART, pa.string()), *schema_of(WITHOUT_REASONING)]
    return pa.schema([*fields, *(pa.field(name, pa.list_(TYPES[kind])) for kind, name in OWN if reasoning)])


def own_columns(model: Model | None) -> dict[str, tuple[str, int]]:
    """Where each column stands that a model has of its own: the column of lists, and the place there."""
    places: dict[str, tuple[str, int]] = {}
    lists = dict(OWN)
    for name, kind in result_columns(model).items():
        if name not in WITHOUT_REASONING:
            places[name] = lists[kind], sum(column == lists[kind] for column, _ in places.values())
    return places


def result_rows(library: Library, planned: Plan, batch: Batch, only: Only, reasoning: bool) -> Iterator[pa.RecordBatch]:
    """What comes of a batch, as far as it is asked for."""
    for name, result in evaluate(planned, batch).items():
        if is_asked(name, only):
            table = result_table(result, batch, planned.as_of, reasoning)
            yield from _rows(part_of(name), table, result.model, reasoning).to_batches()
    refused = refused_models(library, batch, planned.as_of, only if isinstance(only, str) else None)
    yield from _rows(REFUSED, refused, None, reasoning).to_batches()


def _rows(part: str, table: pa.Table, model: Model | None, reasoning: bool) -> pa.Table:
    columns = {name: table[name] if name in table.column_names else _empty_lists(len(table)) for name in WITHOUT_REASONING}
    columns[PART] = pa.repeat(pa.scalar(part, pa.string()), len(table))
    if reasoning:
        places = own_columns(model)
        for kind, name in OWN:
            columns[name] = _lists(
                [table[own] for own, (column, _) in places.items() if column == name], TYPES[kind], len(table)
            )
    schema = rows_schema(reasoning)
    return pa.table({name: columns[name] for name in schema.names}, schema=schema)


def _empty_lists(size: int) -> pa.Array:
    return pa.array([[]] * size, TYPES["texts"])


def _lists(columns: Sequence[pa.ChunkedArray], kind: pa.DataType, size: int) -> pa.Array:
    """The cells of each row as a list."""
    count = len(columns)
    cells = pa.chunked_array([chunk for column in columns for chunk in column.chunks], kind).combine_chunks()
    by_row = np.arange(size)[:, None] + np.arange(count) * size
    offsets = np.arange(size + 1, dtype=np.int32) * count
    return pa.ListArray.from_arrays(pa.array(offsets), cells.take(pa.array(by_row.ravel())))
