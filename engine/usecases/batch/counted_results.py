"""What is in the results of a run, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table

from engine.evaluating.arrays.result_table import EVALUATED, NOT_EVALUATED, OUTCOMES, REJECTED
from engine.evaluating.model_results import REFUSED, ModelResults
from engine.model.scale import CENT
from engine.model.totals import BANDS, ModelTotals


def totals(part: ModelResults, connection: Connection) -> ModelTotals:
    """What came of a model, by one query: of rows that are alike in all that is counted there are few kinds."""
    policy, model = part.policy, part.model
    assert policy is not None
    assert model is not None
    rows = connection.read_parquet(part.file)
    cents: Any = (rows.score.cast("float64") * 100).round().cast("int64")
    band = ibis.least(cents * (CENT * BANDS) // policy.scale.full, BANDS - 1)
    groups = rows.group_by("outcome", "level", "reason", "vetoes", "measures", band=band)
    outcomes: Counter[str] = Counter()
    levels: Counter[str | None] = Counter()
    bands: Counter[int] = Counter()
    reasons: dict[str, Counter[str]] = {name: Counter() for name in OUTCOMES}
    held: dict[str, Counter[str]] = {name: Counter() for name in ("vetoes", "measures")}
    for outcome, level, reason, vetoes, measures, place, count in _tuples(groups.aggregate(n=rows.count())):
        outcomes[outcome] += count
        for counter, names in ((reasons[outcome], reason), (held["vetoes"], vetoes), (held["measures"], measures)):
            counter.update(dict.fromkeys(names or (), count))
        if outcome == EVALUATED:
            levels[level] += count
            if place is not None:
                bands[place] += count
    graded = model.grades
    return ModelTotals(
        policy,
        model,
        {name: levels[name] for name in policy.scale.names} if graded else {},
        0 if graded else levels[None],
        outcomes[NOT_EVALUATED],
        _with_all(reasons[NOT_EVALUATED], (ground.id for ground in model.not_evaluated)),
        outcomes[REJECTED],
        _with_all(reasons[REJECTED], ()),
        _with_all(held["vetoes"], (veto.id for veto in model.vetoes)),
        _with_all(held["measures"], (measure.id for measure in model.measures)),
        tuple(bands[place] for place in range(BANDS)) if model.scores else (),
    )


def _with_all(counts: Counter[str], known: Iterable[str]) -> dict[str, int]:
    """Counts by id, what is known first; that has 0 where it is not there."""
    return dict.fromkeys(known, 0) | dict(sorted(counts.items()))


def not_run(parts: Iterable[ModelResults], connection: Connection) -> Counter[tuple[str, str]]:
    """How often a subject names a model that does not run, by why."""
    counts: Counter[tuple[str, str]] = Counter()
    for part in parts:
        if part.model is None and part.file.name == REFUSED:
            rows = connection.read_parquet(part.file)
            reasons = rows.select(reason=rows.reason.unnest())
            for reason, count in _tuples(reasons.group_by("reason").aggregate(n=reasons.count())):
                counts["subjects", reason.split()[-1]] += count
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


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
