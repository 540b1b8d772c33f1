"""A run over tables, model by model, each model's results in files of its own; and what is in them, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path as File
from typing import Any

import ibis
from msgspec import Struct

from engine.evaluating.columnar.evaluate import EVALUATED, NOT_EVALUATED, Result, evaluate
from engine.evaluating.columnar.published import published, read_back, refused_models
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.table import Tables
from engine.model.totals import BANDS, ModelTotals

Table = Any
Connection = Any


class Part(Struct, frozen=True):
    """The results of one model, or with neither policy nor model the rejections of models that do not run."""

    file: File
    policy: Policy | None = None
    model: Model | None = None


Each = Callable[[int, int, Callable[[], None]], None]


def run(
    library: Library, tables: Tables, as_of: int, connection: Connection, folder: File, each: Each, only: str | None = None
) -> list[Part]:  # fmt: skip
    """Evaluates everybody, of one policy where `only` names it, and writes a Parquet file a model, in dependency order.

    `each` gets how many results are to be made next, of how many in all, and what makes them.
    """
    parts: list[Part] = []

    def keep(result: Result, read: bool) -> Table:
        policy, model = result.policy, result.model
        file = folder / f"{policy.id}.{model.id}.parquet"
        table = published(result, as_of).order_by("subject")
        each(result.count, result.of, lambda: connection.to_parquet(table, file))
        if only in (None, policy.id):
            parts.append(Part(file, policy, model))
        return read_back(connection.read_parquet(file)) if read else result.table

    evaluate(library, tables, as_of, keep, only)
    refused = refused_models(library, tables, as_of)
    if only is not None:
        refused = refused.filter(refused.policy == only)
    file = folder / "refused.parquet"
    connection.to_parquet(refused.order_by("subject", "policy", "model"), file)
    return [*parts, Part(file)]


def totals(part: Part, connection: Connection) -> ModelTotals:
    """What came of a model."""
    policy, model = part.policy, part.model
    assert policy is not None
    assert model is not None
    rows = connection.read_parquet(part.file)
    full = policy.scale.full // ONE
    groups = rows.group_by(
        "outcome", "level", band=ibis.least((rows.score.cast("float64") * BANDS / full).floor().cast("int64"), BANDS - 1)
    )
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
        _counts(rows.filter(rows.outcome == NOT_EVALUATED), "reason", (one.id for one in model.not_evaluated)),
        outcomes["rejected"],
        _counts(rows.filter(rows.outcome == "rejected"), "reason", ()),
        _counts(rows, "vetoes", (one.id for one in model.vetoes)),
        _counts(rows, "measures", (one.id for one in model.measures)),
        tuple(bands[band] for band in range(BANDS)) if model.scores else (),
    )


def not_run(parts: Iterable[Part], connection: Connection) -> Counter[tuple[str, str]]:
    """How often a subject names a model that does not run, by why."""
    found: Counter[tuple[str, str]] = Counter()
    for part in parts:
        if part.model is None and part.file.name == "refused.parquet":
            reasons = _counts(connection.read_parquet(part.file), "reason", ())
            found.update({("subjects", reason.split()[-1]): count for reason, count in reasons.items()})
    return found


def _counts(rows: Table, column: str, known: Iterable[str]) -> dict[str, int]:
    """How often each is in the lists of a column; what is known and in none has 0."""
    ids = rows.select(one=rows[column].unnest())
    found = dict.fromkeys(known, 0)
    return found | dict(_tuples(ids.group_by("one").aggregate(n=ids.count())))


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
