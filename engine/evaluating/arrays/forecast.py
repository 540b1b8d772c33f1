"""When results over arrays change next with nothing new, by walking from one day on which some may change to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import Struct

from engine.evaluating.arrays.ahead import Ahead
from engine.evaluating.arrays.chosen import chosen_subjects
from engine.evaluating.arrays.evaluate import Plan, Result, evaluate
from engine.evaluating.arrays.lists import Lists
from engine.model.batch import Batch
from engine.model.library import Name
from engine.model.period import NEVER

if TYPE_CHECKING:
    from engine.model.batch import Array

NOBODY = -1

BITS = 15
"""Four such numbers and an outcome are one of 63 bits."""


class Coming(Struct):
    """By subject of the batch the first day on which a model's level, vetoes or measures change, or who is evaluated.

    NEVER where that is beyond the last day that is looked at. `level` is the place of the level from then on among `words`, 0
    without one.
    """

    change: Array
    level: Array
    words: tuple[str, ...] = ()


class _Standing(Struct):
    """Of each subject what its result shows, as a number (`face`), NOBODY for whom there is none; `due` is when to look again."""

    face: Array
    due: Array


class _Numbers(Struct):
    """Words and lists by numbers, the same for all models and days, of so many bits; 0 stands for nothing."""

    known: dict[object, int] = {}

    def of(self, thing: object) -> int:
        number = self.known.setdefault(thing, len(self.known) + 1)
        if number >= 1 << BITS:
            raise OverflowError("more different lists of vetoes, measures and reasons than are told apart")
        return number


class Standings(Struct):
    """What the results of a batch of so many subjects show on the first day, noted block by block."""

    size: int
    by_model: dict[Name, _Standing] = {}
    numbers: _Numbers = msgspec.field(default_factory=_Numbers)

    def note(self, results: Mapping[Name, Result], start: int, end: int) -> None:
        """Of the subjects from `start` to before `end`, who are a block."""
        for name, result in results.items():
            if name not in self.by_model:
                self.by_model[name] = _Standing(np.full(self.size, NOBODY, np.int64), np.full(self.size, NEVER, np.int64))
            block = _standing(result, end - start, self.numbers)
            self.by_model[name].face[start:end], self.by_model[name].due[start:end] = block.face, block.due

    def has(self, name: Name) -> Array:
        """Which subjects a model has a result for."""
        return self.by_model[name].face != NOBODY


def coming(ahead: Ahead, batch: Batch, standings: Standings) -> dict[Name, Coming]:
    """What is to come of the results of the first day. Where other versions are in force everybody is evaluated anew."""
    numbers, size, standing = standings.numbers, standings.size, standings.by_model
    nexts = {name: Coming(np.full(size, NEVER, np.int64), np.zeros(size, np.int64)) for name in standing}
    day = ahead.first
    while True:
        anew = ahead.versions(day)
        day = min([anew, *(int(each.due.min(initial=NEVER)) for each in standing.values())])
        if day > ahead.last:
            break
        names = None if day == anew else [name for name, each in standing.items() if (each.due == day).any()]
        who = _concerned(standing, names, day, size)
        _look(ahead.plan_on(day, names), batch, who, standing, nexts, names, day, numbers)
    words = _words(numbers)
    for each in nexts.values():
        each.words = words
    return nexts


def _concerned(standing: Mapping[Name, _Standing], names: Collection[Name] | None, day: int, size: int) -> Array:
    """Whom to evaluate on a day."""
    if names is None:
        return np.arange(size)
    return np.flatnonzero(np.logical_or.reduce([standing[name].due == day for name in names]))


def _look(
    plan: Plan, batch: Batch, who: Array, standing: Mapping[Name, _Standing], nexts: Mapping[Name, Coming],
    names: Collection[Name] | None, day: int, numbers: _Numbers,
) -> None:  # fmt: skip
    """Evaluates some subjects on a day, and notes whose results are others than at first."""
    some, places = chosen_subjects(batch, who)
    results = evaluate(plan, some)
    for name in standing if names is None else names:
        before, mine = standing[name], nexts[name]
        now = _standing(results[name], len(places), numbers) if name in results else None
        due_ones = who if names is None else who[before.due[who] == day]
        at = np.searchsorted(places, due_ones)
        face = np.full(len(due_ones), NOBODY) if now is None else now.face[at]
        open_ones = (mine.change[due_ones] == NEVER) & (before.face[due_ones] != NOBODY)
        changed = open_ones & (face != before.face[due_ones])
        mine.change[due_ones[changed]] = day
        if now is not None:
            mine.level[due_ones[changed]] = _levels(results[name], len(places), numbers)[at[changed]]
        following = np.full(len(due_ones), NEVER) if now is None else now.due[at]
        before.due[due_ones] = np.where(open_ones & ~changed, following, NEVER)


def _standing(result: Result, size: int, numbers: _Numbers) -> _Standing:
    """What is seen of a result by subject of its batch."""
    evaluated = result.evaluated
    code = np.where(evaluated, 0, np.where(result.rejected, 1, 2)).astype(np.int64)
    for part in (_levels_of(result, numbers), _of_lists(result.vetoes, numbers), _of_lists(result.measures, numbers)):
        code = code << BITS | np.where(evaluated, part, 0)
    code = code << BITS | np.where(evaluated, 0, _of_lists(result.reason, numbers))
    face, due = np.full(size, NOBODY, np.int64), np.full(size, NEVER, np.int64)
    face[result.who] = code
    due[result.who] = np.where(result.valid_until < NEVER - 1, result.valid_until + 1, NEVER)
    return _Standing(face, due)


def _levels(result: Result, size: int, numbers: _Numbers) -> Array:
    """By subject of the batch the number of the level's name, 0 without one."""
    levels = np.zeros(size, np.int64)
    levels[result.who] = np.where(result.evaluated, _levels_of(result, numbers), 0)
    return levels


def _levels_of(result: Result, numbers: _Numbers) -> Array:
    if result.level is None:
        return np.zeros(len(result.who), np.int64)
    names = np.array([numbers.of(("level", name)) for name in result.policy.scale.names], np.int64)
    return names[result.level]


def _of_lists(ids: Lists, numbers: _Numbers) -> Array:
    return np.array([numbers.of(("ids", *names)) for names in ids.lists], np.int64)[ids.places]


def _words(numbers: _Numbers) -> tuple[str, ...]:
    """By number the name of a level; nothing at other numbers."""
    levels = (thing[1] if isinstance(thing, tuple) and thing[0] == "level" else "" for thing in numbers.known)
    return ("", *map(str, levels))
