"""What arrays say is to come is what the course of each result says."""

from __future__ import annotations

from functools import partial

import ibis
import pytest

from engine.advising.course import courses
from engine.evaluating import order
from engine.evaluating.arrays.ahead import Ahead
from engine.evaluating.arrays.evaluate import evaluate, plan
from engine.evaluating.arrays.forecast import Standings, coming
from engine.model.course import Course
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.library import Library, Name
from engine.model.period import NEVER
from engine.model.subject import Subject
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import from_subjects
from tests.agreement.compare import read_world
from tests.agreement.day_worlds import day_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

DAYS = 400
Next = tuple[int, str | None]


@pytest.mark.parametrize("seed", few(range(150), 5))
def test_random(seed: int) -> None:
    """Random policies of several versions, subjects with members among them."""
    library, subjects, as_of = read_world(world(Seeded(f"coming {seed}"), subjects=8))
    assert by_arrays(library, subjects, as_of, DAYS) == by_courses(library, subjects, as_of, DAYS)


@pytest.mark.parametrize("seed", few(range(60), 3))
def test_turning_days(seed: int) -> None:
    """The ends of the calendar, leap days, own periods."""
    library, subjects, as_of = read_world(day_world(Seeded(f"coming {seed}"), subjects=8))
    days = min(DAYS, NEVER - 1 - as_of)
    assert by_arrays(library, subjects, as_of, days) == by_courses(library, subjects, as_of, days)


def by_courses(library: Library, subjects: list[Subject], as_of: int, days: int) -> dict[tuple[str, Name], Next]:
    walked = courses(partial(order.plan, library), subjects, as_of, as_of + days)
    return {(c.subject, (c.policy, c.model)): following for c in walked if (following := _next(c)) is not None}


def _next(course: Course) -> Next | None:
    first = course.turns[0].outcome
    if first is None or (isinstance(first, Rejection) and first.problems[0].path == ("model",)):
        return None  # the model does not run
    for turn in course.turns:
        if _shown(turn.outcome) != _shown(first):
            return turn.day, turn.outcome.level if isinstance(turn.outcome, Evaluation) else None
    return NEVER, None


def _shown(outcome: Outcome | None) -> object:
    match outcome:
        case Evaluation():
            return "evaluated", outcome.level, outcome.vetoes, outcome.measures
        case NotEvaluated():
            return "not_evaluated", outcome.exclusions
        case Rejection():
            if outcome.problems[0].path == ("model",):
                return None
            return "rejected", tuple((problem.code, problem.path) for problem in outcome.problems)
        case None:
            return None


def by_arrays(library: Library, subjects: list[Subject], as_of: int, days: int) -> dict[tuple[str, Name], Next]:
    ahead = Ahead(library, as_of, as_of + days)
    tables = from_subjects(subjects, library.catalogue, ibis.duckdb.connect(threads=1))
    batch = read_batch(tables, library.catalogue, ahead.read())
    standings, results = Standings(len(batch.ids)), evaluate(plan(library, as_of), batch)
    standings.note(results, 0, len(batch.ids))
    told = coming(ahead, batch, standings)
    ids = batch.ids.to_pylist()
    rows: dict[tuple[str, Name], Next] = {}
    for name, result in results.items():
        for who in result.who.tolist():
            level = int(told[name].level[who])
            rows[ids[who], name] = int(told[name].change[who]), told[name].words[level] or None
    return rows
