"""A run over tables, model by model, each model's results in files of its own; and what is in them, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path as File
from typing import Any

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.evaluating.columnar.evaluate import EVALUATED, NOT_EVALUATED, Only, Result, evaluate, is_asked
from engine.evaluating.columnar.result_table import read_back, refused_models, result_table
from engine.evaluating.model_results import REFUSED, ModelResults, RunQueries
from engine.model.library import Library, Name
from engine.model.scale import CENT
from engine.model.table import Tables
from engine.model.totals import BANDS, ModelTotals


def run(
    library: Library, tables: Tables, as_of: int, connection: Connection, folder: File, each: RunQueries, only: Only = None,
    known: Mapping[Name, ModelResults] | None = None,
) -> list[ModelResults]:  # fmt: skip
    """Evaluates everybody, by what `only` asks for, and writes a Parquet file a model, in dependency order.

    `each` gets how many results are to be made next, of how many in all, and what makes them. `known` are parts of another
    run over the same tables that still stand; they are read, and not made again.
    """
    parts: list[ModelResults] = []

    def keep(result: Result, read: bool) -> Table:
        policy, model = result.policy, result.model
        part = ModelResults(folder / f"{policy.id}.{model.id}.parquet", policy, model)
        table = result_table(result, as_of)
        each(result.count, result.of, lambda: connection.to_parquet(table, part.file))
        if is_asked((policy.id, model.id), only):
            parts.append(part)
        return read_back(connection.read_parquet(part.file)) if read else result.table

    stand = {name: _result(part, connection) for name, part in (known or {}).items()}
    evaluate(library, tables, as_of, keep, only, stand)
    refused = refused_models(library, tables, as_of)
    if isinstance(only, str):
        refused = refused.filter(refused.policy == only)
    return [*parts, ModelResults(_write(refused, folder / REFUSED, connection))]


def _result(part: ModelResults, connection: Connection) -> Result:
    """What later models read of a part."""
    assert part.policy is not None
    assert part.model is not None
    return Result(part.policy, part.model, read_back(connection.read_parquet(part.file)))


def _write(table: Table, file: File, connection: Connection) -> File:
    connection.to_parquet(table.order_by("subject", "policy", "model"), file)
    return file


def totals(part: ModelResults, connection: Connection) -> ModelTotals:
    """What came of a model."""
    policy, model = part.policy, part.model
    assert policy is not None
    assert model is not None
    rows = connection.read_parquet(part.file)
    cents: Any = (rows.score.cast("float64") * 100).round().cast("int64")
    groups = rows.group_by("outcome", "level", band=ibis.least(cents * (CENT * BANDS) // policy.scale.full, BANDS - 1))
    outcomes: Counter[str] = Counter()
    levels: Counter[str | None] = Counter()
    bands: Counter[int] = Counter()
    for outcome, level, band, count in _tuples(groups.aggregate(n=rows.count())):
        outcomes[outcome] += count
        if outcome == EVALUATED:
            levels[level] += count
            if band is not None:
                bands[band] += count
    graded = model.grades
    return ModelTotals(
        policy,
        model,
        {name: levels[name] for name in policy.scale.names} if graded else {},
        0 if graded else levels[None],
        outcomes[NOT_EVALUATED],
        _counts(rows.filter(rows.outcome == NOT_EVALUATED), "reason", (ground.id for ground in model.not_evaluated)),
        outcomes["rejected"],
        _counts(rows.filter(rows.outcome == "rejected"), "reason", ()),
        _counts(rows, "vetoes", (veto.id for veto in model.vetoes)),
        _counts(rows, "measures", (measure.id for measure in model.measures)),
        tuple(bands[band] for band in range(BANDS)) if model.scores else (),
    )


def not_run(parts: Iterable[ModelResults], connection: Connection) -> Counter[tuple[str, str]]:
    """How often a subject names a model that does not run, by why."""
    counts: Counter[tuple[str, str]] = Counter()
    for part in parts:
        if part.model is None and part.file.name == REFUSED:
            reasons = _counts(connection.read_parquet(part.file), "reason", ())
            counts.update({("subjects", reason.split()[-1]): count for reason, count in reasons.items()})
    return counts


def names_not_run(parts: Iterable[ModelResults], connection: Connection) -> dict[tuple[str, str], Mapping[str, object]]:
    """The policy, and the model, that all subjects name who name one that does not run for the same reason."""
    named: dict[tuple[str, str], Mapping[str, object]] = {}
    for part in parts:
        if part.model is None and part.file.name == REFUSED:
            rows = connection.read_parquet(part.file)
            reasons = rows.select("policy", "model", reason=rows.reason.unnest())
            grouped = reasons.group_by("reason").aggregate(
                policies=reasons.policy.nunique(), policy=reasons.policy.min(), models=reasons.model.nunique(), model=reasons.model.min()
            )  # fmt: skip
            for reason, policies, policy, models, model in _tuples(grouped):
                names = {"policy": policy} if policies == 1 else {}
                named["subjects", reason.split()[-1]] = names | ({"model": model} if models == 1 else {})
    return named


def _counts(rows: Table, column: str, known: Iterable[str]) -> dict[str, int]:
    """How often each is in the lists of a column; what is known and in none has 0."""
    ids = rows.select(id=rows[column].unnest())
    counts = dict.fromkeys(known, 0)
    return counts | dict(_tuples(ids.group_by("id").aggregate(n=ids.count())))


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
