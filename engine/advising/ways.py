"""The ways up: the smallest sets of things that a subject can do or wait for, by which it comes to a better level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from engine.advising.done import after, together
from engine.advising.steps import Standing, options, repairs
from engine.evaluating.order import Plan, evaluate_all
from engine.evaluating.single import evaluate
from engine.model.course import Course
from engine.model.evaluation import Evaluation, Outcome
from engine.model.library import Name
from engine.model.policy import Effort
from engine.model.scale import Scale
from engine.model.subject import Subject
from engine.model.way import Step, Way, WaysUp

MOST_STEPS = 3
"""So many things at once are looked at."""

SHOWN = 5
"""So many ways to a level are named."""

HELPFUL = 24
"""So many things at most are tried together, those that help most."""

MOST_DAYS = 24
"""So many days are looked at, the first ones; a policy may count something that changes every day."""

EFFORT: dict[Effort, int] = {"small": 1, "medium": 2, "large": 4}

Worth = tuple[int, int, int]
"""The greater in one of them, the better: the level, the score before vetoes, how few vetoes hold."""


class _Day(Struct, frozen=True):
    """A day with what runs on it, and the subject as it will be with nothing new."""

    plan: Plan
    name: Name
    subject: Subject
    vetoed: bool = True
    """Whether the score before vetoes must be known, for they hide it."""

    @property
    def day(self) -> int:
        return self.plan.as_of

    def result(self, steps: Sequence[Step] = ()) -> Evaluation | None:
        """The result after steps; None where it is not evaluated."""
        categories = self.plan.library.catalogue.categories
        subject = after(self.subject, together(steps), self.day, categories) if steps else self.subject
        if len(self.plan.models) == 1:  # it reads no other's result
            outcome: Outcome | None = evaluate(self.plan.models[self.name], subject, reasoning=self.vetoed)
        else:
            outcome = evaluate_all(self.plan, [subject], self.vetoed).get((subject.id, self.name))
        return outcome if isinstance(outcome, Evaluation) and outcome.level is not None else None


class _Thing(Struct, frozen=True):
    """One thing to be done, in the degrees that help, the one that helps most last."""

    degrees: tuple[Step, ...]
    worth: Worth

    @property
    def most(self) -> Step:
        return self.degrees[-1]

    @property
    def identity(self) -> tuple[object, ...]:
        return self.most.kind, self.most.id, self.most.facts


class _Search(Struct):
    """What is known of a target: its ways, each with the things that it consists of."""

    rank: int
    ways: list[Way] = []
    sets: list[frozenset[tuple[object, ...]]] = []
    over: bool = False

    def knows(self, things: Sequence[_Thing]) -> bool:
        """Whether some of the things are enough already."""
        identities = {thing.identity for thing in things}
        return any(known <= identities for known in self.sets)


def ways_up(plan_on: Callable[[int], Plan], subject: Subject, course: Course, most: int = SHOWN) -> tuple[WaysUp, ...]:
    """The ways to the next level and, where it is another, to the next grade, from the first day of a course to its last.

    `plan_on` gives the models that the course's model needs, in order, bound to a day. At `most` so many ways to each are
    listed, and waiting beside them. None where there is nothing better, or no level.
    """
    first = course.turns[0].outcome
    if not isinstance(first, Evaluation) or first.level is None:
        return ()
    scale = first.policy.scale
    searches = [_Search(rank) for rank in targets(first)]
    days = _days(plan_on, subject, course)
    for day in days[:MOST_DAYS]:
        here = _Day(plan_on(day), (course.policy, course.model), subject)
        _look(here, [search for search in searches if not search.over], course, most)
    last = course.last if len(days) <= MOST_DAYS else days[MOST_DAYS] - 1
    return tuple(_listed(search, scale, last, most) for search in searches)


def targets(result: Evaluation) -> list[int]:
    """The places on the scale of the next better level, and of the least one of the next better grade."""
    scale, model = result.policy.scale, result.model
    rank = scale.names.index(str(result.level))
    decided = {scale.names.index(level) for _, level in model.decisions.branches} if model.decisions else set(scale.by_score)
    better = sorted((place for place in decided if place < rank), reverse=True)
    grades = [place for place in better if scale.levels[place].grade != result.grade]
    return list(dict.fromkeys([*better[:1], *grades[:1]]))


def _days(plan_on: Callable[[int], Plan], subject: Subject, course: Course) -> list[int]:
    """The days on which something may be better: of changes, and those on which records can be repaired first."""
    first = course.turns[0].outcome
    assert isinstance(first, Evaluation)
    repaired = {
        day for now in _standings(plan_on(first.as_of), subject, (course.policy, course.model)) for day, _ in repairs(now)
    }
    days = {turn.day for turn in course.turns} | repaired
    return sorted(day for day in days if day <= course.last)


def _standings(plan: Plan, subject: Subject, name: Name) -> Iterator[Standing]:
    """The subject by the model, and by those whose results it reads of the subject."""
    results = evaluate_all(plan, [subject], reasoning=False)
    for read in plan.models:
        outcome = results.get((subject.id, read))
        if isinstance(outcome, Evaluation):
            yield Standing(outcome.policy, outcome.model, subject, plan.as_of, outcome.facts)


def _look(here: _Day, searches: Sequence[_Search], course: Course, most: int) -> None:
    """Adds the ways of a day to the searches."""
    standing = [turn for turn in course.turns if turn.day <= here.day][-1]
    base = here.result() if isinstance(standing.outcome, Evaluation) else None  # it may name a model of another kind
    if base is None:
        return
    for search in searches:
        if _rank(base) <= search.rank:
            search.ways.append(Way(here.day, (), base, standing.because if standing.day == here.day else ()))
            search.over = True
    left = [search for search in searches if not search.over]
    here = replace(here, vetoed=bool(base.vetoes))
    things = _things(here, base) if left else []
    before = {search.rank: len(search.ways) for search in left}
    for size in range(1, MOST_STEPS + 1):
        left = [search for search in left if len(search.ways) - before[search.rank] < most]
        for several in combinations(things, size) if left else ():
            _try(here, several, [search for search in left if not search.knows(several)])


def _try(here: _Day, things: Sequence[_Thing], searches: Sequence[_Search]) -> None:
    """Things together: whether they are enough, and then in the least degrees that are."""
    if not searches or _contradict(things):
        return
    result = here.result([thing.most for thing in things])
    for search in searches:
        if result is not None and _rank(result) <= search.rank:
            steps, result_of_least = _least(here, things, search.rank, result)
            search.ways.append(Way(here.day, together(steps), result_of_least))
            search.sets.append(frozenset(thing.identity for thing in things))


def _contradict(things: Sequence[_Thing]) -> bool:
    """Whether an attribute would have two values."""
    names = [thing.most.id for thing in things if thing.most.kind == "attribute"]
    return len(names) > len(set(names))


def _least(here: _Day, things: Sequence[_Thing], rank: int, result: Evaluation) -> tuple[list[Step], Evaluation]:
    """Each thing in the least degree that is enough beside the others."""
    steps = [thing.most for thing in things]
    for place, thing in enumerate(things):
        for degree in thing.degrees[:-1]:
            less = [*steps[:place], degree, *steps[place + 1 :]]
            better = here.result(less)
            if better is not None and _rank(better) <= rank:
                steps, result = less, better
                break
    return steps, result


def _things(here: _Day, base: Evaluation) -> list[_Thing]:
    """What helps on a day by itself, the most helpful first."""
    groups: list[tuple[Step, ...]] = []
    for now in _standings(here.plan, here.subject, here.name):
        groups += options(now)
        groups += [(step,) for day, step in repairs(now) if day <= here.day]
    worth = _worth(base)
    things = []
    for degrees in groups:
        judged = [(_worth(result), step) for step in degrees if (result := here.result([step])) is not None]
        helping = sorted(
            ((value, place) for place, (value, _) in enumerate(judged) if _helps(value, worth)), key=lambda pair: pair[0]
        )
        if helping:
            things.append(_Thing(tuple(judged[place][1] for _, place in helping), helping[-1][0]))
    return sorted(things, key=lambda thing: thing.worth, reverse=True)[:HELPFUL]


def _helps(worth: Worth, base: Worth) -> bool:
    return any(now > before for now, before in zip(worth, base, strict=True))


def _worth(result: Evaluation) -> Worth:
    score = result.reasoning.rounded_score if result.reasoning else result.score
    return -_rank(result), score or 0, -len(result.vetoes)


def _rank(result: Evaluation) -> int:
    return result.policy.scale.names.index(str(result.level))


def _listed(search: _Search, scale: Scale, last: int, most: int) -> WaysUp:
    """The earliest and easiest ways, and waiting."""
    level = scale.levels[search.rank]
    ways = sorted(search.ways, key=lambda way: (way.day, sum(EFFORT[step.effort] * step.count for step in way.steps)))
    listed = [way for place, way in enumerate(ways) if place < most or not way.steps]
    return WaysUp(level.name, level.grade, tuple(listed), MOST_STEPS, last, len(ways) - len(listed))
