"""The rows of outcomes in a file, as the evaluators of many write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any, assert_never

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.result_table import (
    OF_EVALUATIONS,
    OWN_WARNINGS,
    ResultKind,
    fact_column,
    points_column,
    result_columns,
    result_types,
)
from engine.rendering.visible import encodable


def outcome_part(outcomes: Iterable[Outcome], file: File, policy: Policy | None = None, model: Model | None = None) -> None:
    """One model's outcomes, or those of no model that runs, as a part."""
    own = {} if policy is None else {"version": policy.version, "digest": policy.digest}
    columns = result_columns(model)
    rows = [
        {name: _cell(kind, row.get(name)) for name, kind in columns.items()}
        for row in (_row(outcome) | own for outcome in outcomes)
    ]
    rows.sort(key=lambda row: tuple(str(row[name]) for name in ("subject", "policy", "model")))
    pq.write_table(pa.Table.from_pylist(rows, ibis.schema(result_types(model)).to_pyarrow()), file)


def _row(outcome: Outcome) -> dict[str, Any]:
    """What is known of an outcome by the names of columns, as the model has it."""
    row: dict[str, Any] = {"subject": outcome.subject, "as_of": outcome.as_of, "valid_until": outcome.valid_until}
    if not isinstance(outcome, (Evaluation, NotEvaluated)):
        reasons = [" ".join([*map(str, problem.path[-1:]), problem.code]) for problem in outcome.problems]
        return row | {"policy": outcome.policy, "model": outcome.model, "outcome": "rejected", "reason": reasons}
    row |= {"policy": outcome.policy.id, "model": outcome.model.id}
    if isinstance(outcome, NotEvaluated):
        return row | {"outcome": "not_evaluated", "reason": outcome.exclusions}
    points: dict[str, int | None] = {}
    if outcome.reasoning:
        points = {indicator.id: indicator.points for part in outcome.reasoning.dimensions for indicator in part.indicators}
        points |= dict(outcome.reasoning.items)
    return row | {
        "outcome": "evaluated",
        **{name: getattr(outcome, name) for name in OF_EVALUATIONS},
        "warnings": [f"{warning.path[-1]} {warning.code}" for warning in outcome.warnings if warning.code in OWN_WARNINGS],
        **{fact_column(name): value for name, value in outcome.facts.items()},
        **{points_column(name): value for name, value in points.items()},
    }


def _cell(kind: ResultKind, value: Any) -> Any:
    """A value of the model's as the table of results has it; where there is none, an empty list or null."""
    if value is None:
        return [] if kind == "texts" else None
    match kind:
        case "text":
            return encodable(value)
        case "texts":
            return [encodable(text) for text in value]
        case "truth":
            return value
        case "day":
            return date.fromordinal(value)
        case "score":
            return Decimal(value // 100) / 100
        case "number":
            return value / ONE
        case _:
            assert_never(kind)
