"""What came of each model, counted in the rows of all of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from ibis.expr.types import Table

from engine.evaluating.arrays.result_table import EVALUATED, NOT_EVALUATED, REJECTED
from engine.model.library import Name
from engine.model.policy import Model, Policy
from engine.model.scale import CENT
from engine.model.totals import BANDS, ModelTotals, band_of

OF_LISTS = ("reason", "vetoes", "measures")


def counted(rows: Table, models: Iterable[tuple[Policy, Model]]) -> list[ModelTotals]:
    """The totals of models, in their order, in a table of results; who was refused before any model ran is no model's."""
    rows = rows.filter(rows.digest.notnull())
    cents: Any = (rows.score.cast("float64") * 100).round().cast("int64")
    groups = rows.group_by("policy", "model", "outcome", "level", cents=cents).aggregate(n=rows.count())
    results: dict[Name, list[tuple[Any, ...]]] = defaultdict(list)
    for policy, model, *group in _tuples(groups):
        results[policy, model].append(tuple(group))
    lists: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for column in OF_LISTS:
        ids = rows.select("policy", "model", "outcome", id=rows[column].unnest())
        for policy, model, outcome, identifier, count in _tuples(
            ids.group_by("policy", "model", "outcome", "id").aggregate(n=ids.count())
        ):
            lists[policy, model, column, outcome][identifier] += count
    return [_totals(policy, model, results[policy.id, model.id], lists) for policy, model in models]


def _totals(
    policy: Policy, model: Model, groups: list[tuple[Any, ...]], lists: dict[tuple[Any, ...], Counter[str]]
) -> ModelTotals:
    outcomes: Counter[str] = Counter()
    levels: Counter[str | None] = Counter()
    bands: Counter[int] = Counter()
    for outcome, level, cents, count in groups:
        outcomes[outcome] += count
        if outcome == EVALUATED:
            levels[level] += count
            if cents is not None:
                bands[band_of(cents * CENT, policy.scale.full)] += count

    def counts(column: str, outcome: str, known: Iterable[str]) -> dict[str, int]:
        counts = lists[policy.id, model.id, column, outcome]
        return dict.fromkeys(known, 0) | {name: counts[name] for name in sorted(counts)}

    return ModelTotals(
        policy,
        model,
        {name: levels[name] for name in policy.scale.names} if model.grades else {},
        0 if model.grades else levels[None],
        outcomes[NOT_EVALUATED],
        counts("reason", NOT_EVALUATED, (ground.id for ground in model.not_evaluated)),
        outcomes[REJECTED],
        counts("reason", REJECTED, ()),
        counts("vetoes", EVALUATED, (veto.id for veto in model.vetoes)),
        counts("measures", EVALUATED, (measure.id for measure in model.measures)),
        tuple(bands[band] for band in range(BANDS)) if model.scores else (),
    )


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
