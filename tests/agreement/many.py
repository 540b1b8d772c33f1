"""The evaluator of many beside the definition, row by row: over arrays, in blocks and in parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ibis
import numpy as np

from engine.evaluating.arrays.blocks import blocks
from engine.evaluating.arrays.columns import has_value
from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Plan, Result, evaluate, plan
from engine.model.batch import ArrayColumn, Batch
from engine.model.library import Library, Name
from engine.model.period import NEVER
from engine.model.subject import Subject
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import from_subjects
from engine.reading.tables.parts import parts
from tests.agreement.compare import Difference, expected_rows


def beside_many(library: Library, subjects: list[Subject], as_of: int) -> list[Difference]:
    """On what it does not agree with single."""
    planned = plan(library, as_of)
    tables = from_subjects(subjects, library.catalogue, ibis.duckdb.connect(threads=1))
    batch = read_batch(tables, library.catalogue, columns_read(planned))
    return _beside(library, subjects, planned, blocks(batch, size=7))


def beside_parts(library: Library, subjects: list[Subject], as_of: int, connection: Any, folder: Path) -> list[Difference]:
    """The same where it has the tables in small parts."""
    planned = plan(library, as_of)
    read = columns_read(planned)
    tables = from_subjects(subjects, library.catalogue, connection)
    split = parts(tables, library.catalogue, read, 40, connection, folder)
    return _beside(library, subjects, planned, (read_batch(part, library.catalogue, read) for part in split))


def _beside(library: Library, subjects: list[Subject], planned: Plan, batches: Iterable[Batch]) -> list[Difference]:
    results: set[Name] = set()
    rows: dict[tuple[str, Name], dict[str, Any]] = {}
    for batch in batches:
        for name, result in evaluate(planned, batch).items():
            results.add(name)
            rows |= rows_of(result, batch)
    expected = expected_rows(library, subjects, planned.as_of, results)
    return [
        Difference(key[0], "/".join(key[1]), "row", expected.get(key), rows.get(key))
        for key in sorted(expected.keys() | rows.keys())
        if expected.get(key) != rows.get(key)
    ]


def rows_of(result: Result, batch: Batch) -> dict[tuple[str, Name], dict[str, Any]]:
    """Each row of a result by subject and model, those of guests left out."""
    name, ids = (result.policy.id, result.model.id), batch.ids.to_pylist()
    here = np.ones(len(ids), bool) if batch.guests is None else ~batch.guests
    return {(ids[who], name): _row(result, at) for at, who in enumerate(result.who.tolist()) if here[who]}


def _row(result: Result, at: int) -> dict[str, Any]:
    valid_until = int(result.valid_until[at])
    row: dict[str, Any] = {"valid_until": valid_until if valid_until < NEVER - 1 else None}
    if not result.evaluated[at]:
        outcome = "rejected" if result.rejected[at] else "not_evaluated"
        return row | {"outcome": outcome, "reason": sorted(result.reason.lists[result.reason.places[at]])}
    scale = result.policy.scale
    level = None if result.level is None else scale.levels[int(result.level[at])]
    return row | {
        "outcome": "evaluated",
        "score": None if result.score is None else int(result.score[at]),
        "level": level and level.name,
        "grade": level and level.grade,
        "vetoes": list(result.vetoes.lists[result.vetoes.places[at]]),
        "measures": list(result.measures.lists[result.measures.places[at]]),
        "weight": int(result.weight[at]),
        "warnings": list(result.warnings.lists[result.warnings.places[at]]),
        "facts": {name: _value(result.facts[name], at) for name in result.model.facts},
        "points": {name: _value(column, at) for name, column in result.points.items()},
    }


def _value(column: ArrayColumn, at: int) -> Any:
    if not has_value(column)[at]:
        return None
    value = column.values[at]
    if column.words is not None:
        return column.words[int(value)]
    return bool(value) if column.values.dtype == np.bool_ else int(value)
