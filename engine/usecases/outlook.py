"""What lies before a subject with nothing new, and what it can do: the courses of its results and the ways up of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from engine.advising.course import courses
from engine.advising.ways import ways_up
from engine.evaluating.order import Plan, on_day
from engine.model.course import Course
from engine.model.library import Name
from engine.model.period import NEVER, plus_months
from engine.model.subject import Subject
from engine.model.way import WaysUp

MONTHS = 12
"""So far is looked ahead."""


class Outlook(Struct, frozen=True):
    """By policy and model the course of a subject's result for the months to come, and its ways up."""

    courses: Mapping[Name, Course]
    ways: Mapping[Name, tuple[WaysUp, ...]]


def outlook(
    plan_on: Callable[[int], Plan], subjects: Sequence[Subject], of: Subject, as_of: int, policy: str | None = None
) -> Outlook:  # fmt: skip
    """That of one of some subjects from a day on, whose members are among them, by what runs on each day; of one policy where it
    is named.
    """
    plans: dict[int, Plan] = {}

    def planned(day: int) -> Plan:
        if day not in plans:
            plans[day] = plan_on(day)
        return plans[day]

    last = min(plus_months(as_of, MONTHS), NEVER - 1)
    mine = {
        (course.policy, course.model): course
        for course in courses(planned, subjects, as_of, last)
        if course.subject == of.id and policy in (None, course.policy)
    }
    ways = {name: _ways(plans, of, course) for name, course in mine.items()}
    return Outlook(mine, {name: known for name, known in ways.items() if known})


def _ways(plans: Mapping[int, Plan], subject: Subject, course: Course) -> tuple[WaysUp, ...]:
    """None of a model that reads members' results: they are not the subject's to better."""

    def plan_on(day: int) -> Plan:
        plan = plans[max(begun for begun in plans if begun <= day)]
        return on_day(plan, day, _needed(plan, (course.policy, course.model)))

    first = plans[course.turns[0].day]
    if any(first.reads[name].members for name in _needed(first, (course.policy, course.model)) if name in first.reads):
        return ()
    return ways_up(plan_on, subject, course)


def _needed(plan: Plan, name: Name) -> set[Name]:
    """A model and those whose results it reads of the same subject, and what they read."""
    needed, left = set[Name](), [name]
    while left:
        each = left.pop()
        if each not in needed:
            needed.add(each)
            left += plan.reads[each].own if each in plan.reads else []
    return needed
