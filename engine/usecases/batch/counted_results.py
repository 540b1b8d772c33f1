"""What is in the results of many, counted: a model's results, and the models that do not run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.dataset import dataset

from engine.evaluating.model_results import REFUSED, ModelResults
from engine.model.scale import CENT
from engine.model.totals import BANDS, ModelTotals

if TYPE_CHECKING:
    from engine.model.batch import Array

EVALUATED, NOT_EVALUATED, REJECTED = "evaluated", "not_evaluated", "rejected"


def totals(part: ModelResults) -> ModelTotals:
    """What came of a model."""
    policy, model = part.policy, part.model
    assert policy is not None
    assert model is not None
    outcomes, levels, vetoes, measures = (Counter[Any]() for _ in range(4))
    reasons = {outcome: Counter[str]() for outcome in (NOT_EVALUATED, REJECTED)}
    bands = np.zeros(BANDS, np.int64)
    for rows in _batches(part, "outcome", "level", "score", "reason", "vetoes", "measures"):
        outcomes += _counts(rows["outcome"])
        evaluated = pc.equal(rows["outcome"], EVALUATED)
        levels += _counts(rows["level"].filter(evaluated))
        bands += _by_band(rows["score"].filter(evaluated), policy.scale.full)
        vetoes += _in_lists(rows["vetoes"])
        measures += _in_lists(rows["measures"])
        for outcome, counts in reasons.items():
            counts += _in_lists(rows["reason"].filter(pc.equal(rows["outcome"], outcome)))
    graded = model.grades
    return ModelTotals(
        policy,
        model,
        {name: levels[name] for name in policy.scale.names} if graded else {},
        0 if graded else levels[None],
        outcomes[NOT_EVALUATED],
        _of((ground.id for ground in model.not_evaluated), reasons[NOT_EVALUATED]),
        outcomes[REJECTED],
        _of((), reasons[REJECTED]),
        _of((veto.id for veto in model.vetoes), vetoes),
        _of((measure.id for measure in model.measures), measures),
        tuple(bands.tolist()) if model.scores else (),
    )


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


def _of(known: Iterable[str], counts: Mapping[str, int]) -> dict[str, int]:
    """How often each is there; what is known and never there has 0."""
    return dict.fromkeys(known, 0) | dict(counts)


def _by_band(scores: Any, full: int) -> Array:
    """How many scores, decimals, there are in each band of a scale."""
    cents = np.rint(scores.drop_null().cast(pa.float64()).to_numpy(zero_copy_only=False) * 100).astype(np.int64)
    return np.bincount(np.minimum(cents * (CENT * BANDS) // full, BANDS - 1), minlength=BANDS)
