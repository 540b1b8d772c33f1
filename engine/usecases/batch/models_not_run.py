"""The models that subjects name and that do not run: counted by why, and listed with the rows that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace
from pyarrow.dataset import dataset

from engine.backends.parquet_tables import read_parquet_files
from engine.evaluating.model_results import REFUSED, ModelResults
from engine.evaluating.order import why_not_run
from engine.model.table import Tables
from engine.reading.tables.names import rows_of
from engine.reading.tables.raw_tables import RejectedRow
from engine.usecases.batch.inputs import OpenInputs


def not_run(parts: Iterable[ModelResults]) -> Counter[tuple[str, str]]:
    """How often a subject names a model that does not run, by why."""
    counts: Counter[tuple[str, str]] = Counter()
    for rows in _not_run(parts):
        for reason, count in _in_lists(rows["reason"]).items():
            counts["subjects", reason.split()[-1]] += count
    return counts


def rows_not_run(inputs: OpenInputs, parts: Iterable[ModelResults]) -> Iterator[RejectedRow]:
    """The rows that name them, each once for each such model."""
    library, as_of, source = inputs.library, inputs.request.as_of, inputs.source
    in_force = library.in_force(as_of)
    for part in parts:
        if part.model is not None or part.file.name != REFUSED or not dataset(part.file, format="parquet").count_rows():
            continue
        if isinstance(source, Tables):
            who = source.subjects.select("subject", "kind", _file=ibis.literal(""), _row=ibis.null("int64"))
        else:
            who = source.named().select("subject", "kind", "_file", "_row")
        refused = read_parquet_files([part.file], inputs.connection).select("subject", "policy", "model")
        called = {} if isinstance(source, Tables) else source.called
        for row in rows_of(refused.left_join(who, "subject").order_by("_file", "_row", "subject", "policy", "model")):
            place = inputs.places.get(row["subject"])
            problem = why_not_run(library, in_force, as_of, (row["policy"], row["model"]), row["kind"])
            assert problem is not None
            table, file = ("documents", place.file) if place else ("subjects", called.get(row["_file"], row["_file"]))
            line = row["_row"] if place is None else place.line
            yield RejectedRow(table, file, line, row["subject"], None, (replace(problem, place=place),))


def names_not_run(parts: Iterable[ModelResults]) -> dict[tuple[str, str], Mapping[str, object]]:
    """The policy, and the model, that all subjects name who name one that does not run for the same reason."""
    named: dict[tuple[str, str], dict[str, set[str]]] = {}
    for rows in _not_run(parts):
        whose = pc.list_parent_indices(rows["reason"])
        table = pa.table({name: rows[name].take(whose) for name in ("policy", "model")} | {"reason": rows["reason"].flatten()})
        for row in table.group_by(table.column_names).aggregate([]).to_pylist():
            names = named.setdefault(("subjects", row["reason"].split()[-1]), {"policy": set(), "model": set()})
            for key, values in names.items():
                values.add(row[key])
    return {key: _alone(names) for key, names in named.items()}


def _alone(names: Mapping[str, set[str]]) -> dict[str, object]:
    """The names that are the same everywhere."""
    return {key: min(values) for key, values in names.items() if len(values) == 1}


def _not_run(parts: Iterable[ModelResults]) -> Iterator[Any]:
    for part in parts:
        if part.model is None and part.file.name == REFUSED:
            yield from _batches(part, "policy", "model", "reason")


def _batches(part: ModelResults, *columns: str) -> Iterator[Any]:
    for batch in dataset(part.file, format="parquet").to_batches(columns=list(columns)):
        yield {name: batch.column(name) for name in columns}


def _counts(column: Any) -> Counter[Any]:
    return Counter({row["values"]: row["counts"] for row in column.value_counts().to_pylist()})


def _in_lists(lists: Any) -> Counter[str]:
    return _counts(lists.flatten())
