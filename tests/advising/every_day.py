"""Courses beside the results of every single day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from engine.advising.course import courses
from engine.evaluating.order import evaluate_all, plan
from engine.model.course import Course, differs
from engine.model.evaluation import Outcome
from engine.model.library import Library
from engine.model.period import iso_text
from engine.model.subject import Subject


def disagreements(library: Library, subjects: Sequence[Subject], first: int, days: int) -> Iterator[str]:
    """Days on which a course says another thing than an evaluation of that day, and changes for which no cause is named."""
    walked = courses(partial(plan, library), subjects, first, first + days)
    by_key = {(course.subject, (course.policy, course.model)): course for course in walked}
    for day in range(first, first + days + 1):
        results = evaluate_all(plan(library, day), subjects, reasoning=False)
        for key in {*results, *by_key}:
            if key not in by_key or differs(_standing(by_key[key], day), results.get(key)):
                yield f"{key} on {iso_text(day)}"
    for course in walked:
        for before, after in zip(course.turns, course.turns[1:], strict=False):
            if not differs(before.outcome, after.outcome):
                yield f"{course.policy}/{course.model} of {course.subject} does not change on {iso_text(after.day)}"
            if not after.because:
                yield f"{course.policy}/{course.model} of {course.subject} changes on {iso_text(after.day)} and nothing does it"


def _standing(course: Course, day: int) -> Outcome | None:
    return [turn.outcome for turn in course.turns if turn.day <= day][-1]
