"""When results over arrays change next with nothing new, by walking from one day on which some may change to the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from engine.evaluating.arrays.chosen import chosen_subjects
from engine.evaluating.arrays.evaluate import Plan, Result, evaluate
from engine.evaluating.arrays.lists import Lists
from engine.model.batch import Batch
from engine.model.library import Name
from engine.model.period import NEVER

if TYPE_CHECKING:
    from engine.model.batch import Array

PlanOn = Callable[[int, Collection[Name] | None], Plan]
"""What runs on a day: some models and those that they read, or all."""

NOBODY = -1


class Coming(Struct):
    """By subject of the batch the first day on which a model's level, vetoes or measures change, or who is evaluated.

    NEVER where that is beyond the last day that is looked at. `level` is the place of the level from then on among `words`,
    NOBODY without one.
    """

    change: Array
    level: Array
    words: tuple[str, ...] = ()


class _Face(Struct):
    """What a result of each subject shows, as a number a part; NOBODY for whom there is none. `due` is when to look again."""

    shown: Array
    due: Array


class _Numbers(Struct):
    """Words and lists by numbers, the same for all models and days."""

    known: dict[object, int] = {}

    def of(self, thing: object) -> int:
        return self.known.setdefault(thing, len(self.known))


def coming(
    plan_on: PlanOn, batch: Batch, results: Mapping[Name, Result], first: int, last: int, versions: Callable[[int], int]
) -> dict[Name, Coming]:
    """What is to come of the results of the day `first`, on the days after it up to `last`.

    `versions` gives the first day after a day on which other versions are in force: everybody is evaluated anew then.
    """
    numbers, size = _Numbers({}), len(batch.ids)
    faces = {name: _face(result, size, numbers) for name, result in results.items()}
    told = {name: Coming(np.full(size, NEVER, np.int64), np.full(size, NOBODY, np.int64)) for name in faces}
    day = first
    while True:
        anew = versions(day)
        day = min([anew, *(int(face.due.min(initial=NEVER)) for face in faces.values())])
        if day > last:
            break
        names = None if day == anew else [name for name, face in faces.items() if (face.due == day).any()]
        who = _concerned(faces, names, day, size)
        _look(plan_on(day, names), batch, who, faces, told, names, day, numbers)
    words = _words(numbers)
    for each in told.values():
        each.words = words
    return told


def _concerned(faces: Mapping[Name, _Face], names: Collection[Name] | None, day: int, size: int) -> Array:
    """Whom to evaluate on a day."""
    if names is None:
        return np.arange(size)
    return np.flatnonzero(np.logical_or.reduce([faces[name].due == day for name in names]))


def _look(
    plan: Plan, batch: Batch, who: Array, faces: Mapping[Name, _Face], told: Mapping[Name, Coming],
    names: Collection[Name] | None, day: int, numbers: _Numbers,
) -> None:  # fmt: skip
    """Evaluates some subjects on a day, and notes whose results are others than at first."""
    some, places = chosen_subjects(batch, who)
    results = evaluate(plan, some)
    for name in faces if names is None else names:
        face, mine = faces[name], told[name]
        now = _face(results[name], len(places), numbers) if name in results else None
        asked = who if names is None else who[face.due[who] == day]
        at = np.searchsorted(places, asked)
        shown = np.full(len(asked), NOBODY) if now is None else now.shown[at]
        open_ones = (mine.change[asked] == NEVER) & (face.shown[asked] != NOBODY)
        changed = open_ones & (shown != face.shown[asked])
        mine.change[asked[changed]] = day
        if now is not None:
            mine.level[asked[changed]] = _levels(results[name], len(places), numbers)[at[changed]]
        following = np.full(len(asked), NEVER) if now is None else now.due[at]
        face.due[asked] = np.where(open_ones & ~changed, following, NEVER)


def _face(result: Result, size: int, numbers: _Numbers) -> _Face:
    """What is seen of a result by subject of its batch."""
    level = _levels_of(result, numbers)
    outcome = np.where(result.evaluated, 0, np.where(result.rejected, 1, 2))
    parts = [outcome, np.where(result.evaluated, level, NOBODY)]
    for held in (result.vetoes, result.measures):
        parts.append(np.where(result.evaluated, _of_lists(held, numbers), NOBODY))
    left_out = np.where(result.evaluated, NOBODY, _of_lists(result.reason, numbers))
    rows = np.stack([*parts, left_out], axis=1)
    different, place = np.unique(rows, axis=0, return_inverse=True)
    codes = np.array([numbers.of(tuple(row)) for row in different.tolist()], np.int64)
    shown, due = np.full(size, NOBODY, np.int64), np.full(size, NEVER, np.int64)
    shown[result.who] = codes[place.reshape(-1)]
    due[result.who] = np.where(result.valid_until < NEVER - 1, result.valid_until + 1, NEVER)
    return _Face(shown, due)


def _levels(result: Result, size: int, numbers: _Numbers) -> Array:
    """By subject of the batch the number of the level's name."""
    levels = np.full(size, NOBODY, np.int64)
    levels[result.who] = np.where(result.evaluated, _levels_of(result, numbers), NOBODY)
    return levels


def _levels_of(result: Result, numbers: _Numbers) -> Array:
    if result.level is None:
        return np.full(len(result.who), NOBODY, np.int64)
    names = np.array([numbers.of(("level", name)) for name in result.policy.scale.names], np.int64)
    return names[result.level]


def _of_lists(ids: Lists, numbers: _Numbers) -> Array:
    return np.array([numbers.of(("ids", *names)) for names in ids.lists], np.int64)[ids.places]


def _words(numbers: _Numbers) -> tuple[str, ...]:
    """By number the name of a level; nothing at other numbers."""
    return tuple(str(thing[1]) if isinstance(thing, tuple) and thing[:1] == ("level",) else "" for thing in numbers.known)
