"""What is in the results of a run, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.evaluating.arrays.result_table import EVALUATED, NOT_EVALUATED, REJECTED
from engine.evaluating.model_results import REFUSED, ModelResults
from engine.model.scale import CENT
from engine.model.totals import BANDS, ModelTotals


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
        outcomes[REJECTED],
        _counts(rows.filter(rows.outcome == REJECTED), "reason", ()),
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
