"""Two libraries over the same subjects: their impact by the engine, and the same by hand from the single evaluator."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from engine.evaluating.order import evaluate_all, plan
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.impact import Impact, ModelImpact
from engine.model.library import Library
from engine.model.number import divide
from engine.model.subject import Subject
from engine.reading.tables.documents import from_subjects
from engine.reviewing.diff.policies import changed
from engine.reviewing.impact.population import impact
from engine.reviewing.impact.side import Side


def impact_of(old: Library, new: Library, subjects: Sequence[Subject], as_of: int) -> Impact:
    """By the engine; one set of tables for both where the catalogue is the same."""
    connection = ibis.duckdb.connect(threads=1)
    tables = from_subjects(subjects, old.catalogue, connection)
    known = changed(old.policies, new.policies)
    with tempfile.TemporaryDirectory() as folder:
        sides = Side(old, tables), Side(new, tables)
        found = impact(*sides, known, as_of, connection, Path(folder), lambda _count, _of, make: make())
    connection.disconnect()
    return found


def by_hand(old: Library, new: Library, subjects: Sequence[Subject], as_of: int) -> dict[tuple[str, str], dict[str, Any]]:
    """For each model that somebody has another result of: matrix, lists and how many differ, from the definition."""
    before, after = (evaluate_all(plan(one, as_of), subjects, reasoning=False) for one in (old, new))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for subject, name in sorted(before.keys() | after.keys()):
        one, other = before.get((subject, name)), after.get((subject, name))
        told = found.setdefault(name, {"matrix": Counter(), "vetoes": {}, "measures": {}, "changed": 0, "differences": []})
        told["matrix"][_place(one), _place(other)] += 1
        told["changed"] += _result(one) != _result(other)
        for what in ("vetoes", "measures"):
            was, now = set(getattr(one, what, ())), set(getattr(other, what, ()))
            for place, ids in enumerate((now - was, was - now)):
                for each in ids:
                    counts = told[what].setdefault(each, [0, 0])
                    counts[place] += 1
        if isinstance(one, Evaluation) and isinstance(other, Evaluation) and None not in (one.score, other.score):
            scaled = one.score
            if one.policy.scale.full != other.policy.scale.full:
                scaled = divide(one.score * other.policy.scale.full, one.policy.scale.full)
            told["differences"].append(other.score - scaled)
    return {name: told for name, told in found.items() if told["changed"]}


def as_by_hand(found: Impact) -> dict[tuple[str, str], dict[str, Any]]:
    """The same of the engine's, of models of which anything differs."""
    return {_name(one): _told(one) for one in found.models if one.changed}


def _name(one: ModelImpact) -> tuple[str, str]:
    policy = one.new or one.old
    assert policy is not None
    return policy.id, one.model.id


def _told(one: ModelImpact) -> dict[str, Any]:
    return {
        "matrix": dict(one.matrix),
        "vetoes": {name: list(counts) for name, counts in one.vetoes.items()},
        "measures": {name: list(counts) for name, counts in one.measures.items()},
        "changed": one.changed,
        "differences": (one.score[0], one.score[-1]) if one.score else None,
    }


def _place(outcome: Outcome | None) -> str:
    if outcome is None:
        return "absent"
    if isinstance(outcome, Evaluation):
        return outcome.level or "ungraded"
    return "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"


def _result(outcome: Outcome | None) -> object:
    if not isinstance(outcome, Evaluation):
        return _place(outcome)
    return outcome.score, outcome.level, outcome.grade, set(outcome.vetoes), set(outcome.measures)
