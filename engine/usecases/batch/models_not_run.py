"""The models that subjects name and that do not run, counted by why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import dataset

from engine.evaluating.model_results import REFUSED, ModelResults

if TYPE_CHECKING:
    pass


def not_run(parts: Iterable[ModelResults]) -> Counter[tuple[str, str]]:
    """How often a subject names a model that does not run, by why."""
    counts: Counter[tuple[str, str]] = Counter()
    for rows in _not_run(parts):
        for reason, count in _in_lists(rows["reason"]).items():
            counts["subjects", reason.split()[-1]] += count
    return counts


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
