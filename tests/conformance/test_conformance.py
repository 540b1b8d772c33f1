"""The worked cases of the policy language, computed by another hand, against every evaluator."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from engine.evaluating import rules, single
from engine.evaluating.order import JudgeOf, evaluate_all, plan
from engine.model import number, period
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("judge_of", [single.judge, rules.judge], ids=["single", "rules"])
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, judge_of: JudgeOf) -> None:
    """Every subject and model that is expected, and no other, comes out with every key as expected."""
    library = read_library(find_files([folder / "policies"])).library
    subjects: Any = list(
        read_inputs([folder / "subjects.jsonl"], library.catalogue, {policy.id for policy in library.policies})
    )
    for day, expected in _expected(folder).items():
        results = evaluate_all(plan(library, period.read_day(day) or 0, judge_of), subjects)
        lines = {key: _written(outcome, expected[key]) for key, outcome in results.items()}
        assert lines == expected


def test_cases_are_there() -> None:
    assert len(CASES) == 12


def _expected(folder: Path) -> dict[str, dict[Any, dict[str, Any]]]:
    """The lines by day, subject and model."""
    days: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        tree = json.loads(line)
        days[tree["as_of"]][tree["subject"], (tree["policy"], tree["model"])] = tree
    return days


def _written(outcome: Outcome, expected: dict[str, Any]) -> dict[str, Any]:
    """An outcome as a line of the expected ones; of the points those that are expected."""
    named = outcome.policy, outcome.model
    policy, model = (part if isinstance(part, str) or part is None else part.id for part in named)
    tree: dict[str, Any] = {
        "subject": outcome.subject, "policy": policy, "model": model, "as_of": period.iso_text(outcome.as_of),
        "valid_until": None if outcome.valid_until is None else period.iso_text(outcome.valid_until),
    }  # fmt: skip
    if isinstance(outcome, NotEvaluated):
        return tree | {"not_evaluated": sorted(outcome.exclusions)}
    if not isinstance(outcome, Evaluation):
        return tree | {"rejected": True}
    reasoning = outcome.reasoning
    assert reasoning is not None
    earned = {indicator.id: indicator.points for dimension in reasoning.dimensions for indicator in dimension.indicators}
    points = {name: number.shortest(value) for name, value in (earned | dict(reasoning.items)).items() if value is not None}
    tree |= {
        "score": None if outcome.score is None else number.two_decimals(outcome.score),
        "level": outcome.level, "grade": outcome.grade,
        "facts": {name: number.plain_decimal(value) if type(value) is int else value for name, value in outcome.facts.items()},
        "vetoes": sorted(outcome.vetoes), "measures": sorted(outcome.measures),
    }  # fmt: skip
    if "points" in expected:
        tree["points"] = {name: value for name, value in points.items() if name in expected["points"]}
    return tree
