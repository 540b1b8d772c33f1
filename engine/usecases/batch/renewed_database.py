"""A database of results of an earlier day, copied and brought up to this one by what changed alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from engine.evaluating.model_results import ModelResults
from engine.model.library import running_order
from engine.model.totals import ModelTotals
from engine.rendering.result_database import Renewal, renew_database
from engine.usecases.batch.changes import Choice
from engine.usecases.batch.inputs import OpenInputs
from engine.usecases.batch.last_run import days_counted
from engine.usecases.batch.result_counts import counted


def can_be_renewed(inputs: OpenInputs, choice: Choice, ending: str | None) -> bool:
    """Whether the output is the earlier run's database but for what changed: all policies, and the reasoning in either or none."""
    if choice.last is None or choice.database is None or ending != ".duckdb" or inputs.request.policy is not None:
        return False
    return bool(choice.last.reasoning) == bool(inputs.request.reasoning)


def renew(inputs: OpenInputs, choice: Choice, parts: list[ModelResults], state: Path, database: Path) -> None:
    """The output, from a copy of the earlier one and the parts made anew; `state` is a file of those subjects' state."""
    assert choice.last is not None
    assert choice.database is not None
    assert choice.stale is not None
    as_of, last = inputs.request.as_of, choice.last
    stale = inputs.folder / "stale.parquet"
    inputs.connection.to_parquet(choice.stale, stale)
    days = as_of - last.as_of
    counted = {
        f"{policy.id}.{model.id}": days_counted(model, days)
        for policy in inputs.library.in_force(as_of).values()
        for model in policy.models.values()
    }
    shutil.copyfile(choice.database, database)
    renewal = Renewal(
        stale,
        [part.file for part in parts],
        {part.reasoning.name: part.reasoning for part in parts if part.reasoning is not None},
        state,
        date.fromordinal(as_of).isoformat() if days else None,
        counted,
    )
    renew_database(renewal, database)


def totals_in(inputs: OpenInputs, database: Path) -> list[ModelTotals]:
    """What came of each model that has results in a database, in the order in which they run."""
    connection: Any = inputs.connection
    connection.attach(database, name="renewed", read_only=True)
    rows = connection.table("results", database="renewed.main")
    there = {tuple(row.values()) for row in rows.select("policy", "model").distinct().to_pyarrow().to_pylist()}
    policies = inputs.library.in_force(inputs.request.as_of)
    models = [(policies[name[0]], policies[name[0]].models[name[1]]) for name in running_order(policies) if name in there]
    totals = counted(rows, models)
    connection.detach("renewed")
    return totals
