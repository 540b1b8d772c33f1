"""Subjects who name models of which none runs on either side: they are not known, not in force, or of another kind."""

from __future__ import annotations

from typing import Any

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table
from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.order import evaluate_all, plan
from engine.model.evaluation import Rejection
from engine.model.problem import Problem
from engine.reviewing.impact.side import Side, documents

FEW = 5
"""The reasons of so many subjects are told."""


class WithoutModel(Struct, frozen=True):
    """How many they are, whether anybody else is evaluated, and why some of them are rejected."""

    subjects: int
    anybody: bool
    problems: tuple[Problem, ...]


def without_model(old: Side, new: Side, as_of: int, connection: Connection) -> WithoutModel:
    """Of the subjects that the catalogues allow. A model that applies always is nothing that they name: what it makes of
    somebody whose own model is not there is no result that anybody asked for.
    """
    evaluated, rejected = _evaluated_and_rejected(old, new, as_of)
    count = _count(rejected)
    first = rejected.order_by("subject").limit(FEW).to_pyarrow()["subject"].to_pylist() if count else []
    return WithoutModel(count, _count(evaluated.limit(1)) > 0, tuple(_problems(new, first, as_of, connection)))


def _evaluated_and_rejected(old: Side, new: Side, as_of: int) -> tuple[Table, Table]:
    """Who is evaluated on a side, and who names models and is evaluated on none."""
    if new.tables is old.tables:
        subjects = old.tables.subjects
        runs = _runs(old, as_of) | _runs(new, as_of)
        return subjects.filter(runs).select("subject"), subjects.filter(~runs & _names_any(subjects)).select("subject")
    sides = (old, new)
    evaluated = ibis.union(*(_of(side, _runs(side, as_of)) for side in sides), distinct=True)
    naming = ibis.union(*(_of(side, _names_any(side.tables.subjects)) for side in sides), distinct=True)
    return evaluated, naming.anti_join(evaluated, "subject")


def _of(side: Side, condition: Column) -> Table:
    return side.tables.subjects.filter(condition).select("subject")


def _runs(side: Side, as_of: int) -> Column:
    """Whether somebody names a model that is in force and of their kind, or names none and has one that applies always."""
    subjects = side.tables.subjects
    runs: Column = ibis.literal(False)
    for policy in side.library.in_force(as_of).values():
        for model in policy.models.values():
            named = subjects.models.contains(f" {policy.id}/{model.id} ")
            runs = runs | ((subjects.kind == model.kind) & ((~_names_any(subjects) | named) if model.always else named))
    return runs.fill_null(False)


def _names_any(subjects: Table) -> Column:
    models: Any = subjects.models  # a text
    names_any: Column = (models.strip() != "").fill_null(False)
    return names_any


def _problems(side: Side, subjects: list[str], as_of: int, connection: Connection) -> list[Problem]:
    """Why the models that they name do not run, each reason once."""
    if not subjects:
        return []
    nothing_runs = replace(plan(side.library, as_of), models={})
    outcomes = evaluate_all(nothing_runs, documents(side, subjects, connection), reasoning=False)
    reasons = [
        problem
        for (subject, _), outcome in outcomes.items()
        if subject in subjects and isinstance(outcome, Rejection)
        for problem in outcome.problems
    ]
    return list({(problem.code, repr(problem.values)): problem for problem in reasons}.values())


def _count(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())
