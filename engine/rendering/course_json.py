"""Courses as JSON objects, one a subject and model; the schema is schema/course.schema.json."""

from __future__ import annotations

from typing import Any

from engine.model.course import Cause, Course, Turn
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.rendering.evaluation_json import problem_json
from engine.rendering.sentences import Lang

Json = dict[str, Any]


def course_json(course: Course, lang: Lang) -> Json:
    """A course; the first of its changes is the first day itself, and nothing changes on the others up to `to`."""
    return {
        "subject": course.subject, "policy": course.policy, "model": course.model,
        "from": iso_text(course.turns[0].day), "to": iso_text(course.last),
        "changes": [_turn(turn, lang) for turn in course.turns],
    }  # fmt: skip


def _turn(turn: Turn, lang: Lang) -> Json:
    return {"date": iso_text(turn.day), **_concluded(turn.outcome, lang), "because": [_cause(cause) for cause in turn.because]}


def _concluded(outcome: Outcome | None, lang: Lang) -> Json:
    nothing: Json = {"score": None, "level": None, "grade": None, "vetoes": [], "measures": []}
    match outcome:
        case Evaluation():
            score = None if outcome.score is None else two_decimals(outcome.score)
            return {
                "outcome": "evaluated", "version": outcome.policy.version, "score": score, "level": outcome.level,
                "grade": outcome.grade, "vetoes": list(outcome.vetoes), "measures": list(outcome.measures),
            }  # fmt: skip
        case NotEvaluated():
            left_out = {"not_evaluated": list(outcome.exclusions)}
            return {"outcome": "not_evaluated", "version": outcome.policy.version, **nothing, **left_out}
        case Rejection():
            why = [problem_json(problem, lang) for problem in outcome.problems]
            return {"outcome": "rejected", **nothing, "rejected": why}
        case None:
            return {"outcome": "none", **nothing}


def _cause(cause: Cause) -> Json:
    return {cause.kind: cause.id, "id": cause.id, "what": cause.event, "facts": list(cause.facts), "renewable": cause.renewable}
