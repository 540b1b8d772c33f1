"""The course of results over days, by walking from one day on which something may change to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from engine.advising.causes import causes
from engine.advising.renewals import is_renewable
from engine.evaluating.order import Plan, Results, evaluate_all, on_day
from engine.model.course import Cause, Course, Turn, differs
from engine.model.library import Name
from engine.model.period import NEVER
from engine.model.subject import Subject

Key = tuple[str, Name]
"""A subject's id and a model's name."""


class _Stop(Struct, frozen=True):
    """A day on which the results of `anew` were made again: all results before it and on it.

    `plan` is what runs, `bound` those of its models that made them, bound to the day.
    """

    plan: Plan
    bound: Plan
    before: Results
    after: Results
    anew: Set[Key]


def courses(
    plan_on: Callable[[int], Plan], subjects: Sequence[Subject], first: int, last: int, step: Callable[[int], object] = lambda day: None
) -> list[Course]:  # fmt: skip
    """The course of each result of the subjects from the day `first` to the day `last`, both looked at.

    `plan_on` gives what runs on a day; it is asked again where versions begin or end. In between only the results whose
    `valid_until` has passed are made again. `step` is called with each day that is come to.
    """
    by_id = {subject.id: subject for subject in subjects}
    turns: dict[Key, list[Turn]] = {}
    for stop in _stops(plan_on, subjects, first, last):
        day = stop.bound.as_of
        step(day)
        if day == first:
            turns = {key: [Turn(first, outcome)] for key, outcome in stop.after.items()}
            continue
        for key in stop.before | stop.after:
            after = stop.after.get(key)
            if key in stop.anew and differs(stop.before.get(key), after):
                because = tuple(_because(stop, by_id[key[0]], key[1]))
                turns.setdefault(key, [Turn(first, None)]).append(Turn(day, after, because))
    return [Course(subject, *name, last, tuple(turned)) for (subject, name), turned in turns.items()]


def _because(stop: _Stop, subject: Subject, name: Name) -> Iterator[Cause]:
    """The causes of a change, each with whether it can be prevented."""
    before = stop.before.get((subject.id, name))
    for cause in causes(stop.plan, subject, name, stop.before, stop.after, stop.bound.as_of):
        yield replace(cause, renewable=is_renewable(stop.bound, subject, name, before, stop.after, cause))


def _stops(plan_on: Callable[[int], Plan], subjects: Sequence[Subject], first: int, last: int) -> Iterator[_Stop]:
    """The first day, and each on which a result may differ from that of the day before."""
    plan = plan_on(first)
    after = evaluate_all(plan, subjects)
    yield _Stop(plan, plan, {}, after, after.keys())
    due = _due(after)
    while (day := min(_versions_change(plan), min(due, default=NEVER))) <= last:
        before = after
        if day == _versions_change(plan):
            bound = plan = plan_on(day)
            after = evaluate_all(plan, subjects)
            anew = before.keys() | after.keys()
            due = _due(after)
        else:
            anew = due.pop(day)
            bound = on_day(plan, day, {name for _, name in anew})
            after = _made_again(bound, subjects, before, anew)
            for made_due, keys in _due({key: after[key] for key in anew}).items():
                due.setdefault(made_due, set()).update(keys)
        yield _Stop(plan, bound, before, after, anew)


def _versions_change(plan: Plan) -> int:
    return min(plan.expires.values(), default=NEVER)


def _due(results: Results) -> dict[int, set[Key]]:
    """By day the results that must be made again then."""
    due: dict[int, set[Key]] = {}
    for key, outcome in results.items():
        if outcome.valid_until is not None:
            due.setdefault(outcome.valid_until + 1, set()).add(key)
    return due


def _made_again(plan: Plan, subjects: Sequence[Subject], results: Results, anew: Set[Key]) -> Results:
    """Some of the results as of the plan's day, the others as they stand."""
    owners = {owner for owner, _ in anew}
    stand = {key: outcome for key, outcome in results.items() if key not in anew}
    return evaluate_all(plan, [subject for subject in subjects if subject.id in owners], stand=stand)
