"""The columnar evaluator agrees with the single one on random policies and subjects, row by row."""

from __future__ import annotations

from typing import Any

import ibis
import pytest

from engine.evaluating.columnar.evaluate import Result, evaluate
from engine.evaluating.order import evaluate_all, plan
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.library import Library, Name
from engine.model.subject import Subject
from engine.reading.tables.documents import from_subjects
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_random_policies(seed: int) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"columnar {seed}"), subjects=25))
    results, rows = evaluated(library, subjects, as_of, ibis.duckdb.connect())
    kinds = {one.id: one.kind for one in subjects}
    expected = {
        (subject, name): _outcome(outcome)
        for (subject, name), outcome in evaluate_all(plan(library, as_of), subjects).items()
        if name in results and results[name].model.kind == kinds[subject]  # the others are refused, and have no row
    }
    assert rows == expected


def evaluated(
    library: Library, subjects: list[Subject], as_of: int, connection: Any
) -> tuple[dict[Name, Result], dict[tuple[str, Name], Any]]:
    """The results on a backend, and each row of them by subject and model."""
    results = evaluate(library, from_subjects(subjects, library.catalogue, connection), as_of)
    rows = {
        (row["subject"], name): _row(row, result)
        for name, result in results.items()
        for row in connection.to_pyarrow(result.table).to_pylist()
    }
    return results, rows


def _row(row: dict[str, Any], result: Result) -> dict[str, Any]:
    found = {"valid_until": row["valid_until"], "outcome": row["outcome"]}
    if row["outcome"] != "evaluated":
        return found | {"reason": sorted(row["reason"])}
    ids = [one.id for one in result.model.indicators()] + [one.id for one in result.model.items()]
    return found | {
        **{key: row[key] for key in ("score", "level", "grade", "vetoes", "measures", "weight")},
        "facts": {name: row[f"fact_{name}"] for name in result.model.facts},
        "points": {name: row[f"points_{name}"] for name in ids},
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    found = {"valid_until": outcome.valid_until}
    if isinstance(outcome, NotEvaluated):
        return found | {"outcome": "not_evaluated", "reason": sorted(outcome.exclusions)}
    if not isinstance(outcome, Evaluation):
        reasons = [f"{one.path[-1]} {one.code}" for one in outcome.problems]
        return found | {"outcome": "rejected", "reason": sorted(reasons)}
    assert outcome.reasoning is not None
    given = {one.id: one.points for dimension in outcome.reasoning.dimensions for one in dimension.indicators}
    return found | {
        "outcome": "evaluated", "score": outcome.score, "level": outcome.level, "grade": outcome.grade,
        "vetoes": list(outcome.vetoes), "measures": list(outcome.measures), "weight": outcome.weight,
        "facts": dict(outcome.facts), "points": given | dict(outcome.reasoning.items),
    }  # fmt: skip
