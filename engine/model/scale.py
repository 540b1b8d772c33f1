"""A scale turns a score into a level and a level into a grade, best first."""

from __future__ import annotations

from msgspec import Struct


class Level(Struct, frozen=True):
    """One level; `at_least` is its least score, None for the last that a score gives and for those that none gives.

    `above` is the bound of `above: 750`, whose least score is 750.01, since scores have 2 decimals. A level `by_rule`
    comes of no score: a veto's `level` or a decision gives it.
    """

    name: str
    at_least: int | None
    grade: str
    quote: str | None = None
    by_rule: bool = False
    above: int | None = None


CENT = 100
"""What scores are whole multiples of, in counts of 0.0001."""


def least_above(bound: int) -> int:
    """The least score that is above a bound."""
    return (bound // CENT + 1) * CENT


class Scale(Struct, frozen=True):
    """The levels of a scale, best first, and its full points; levels of one grade are neighbours.

    `reference` is what a derived score out of 100 is taken of, where that is not `full`.
    """

    id: str
    full: int
    levels: tuple[Level, ...]
    reference: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(level.name for level in self.levels)

    @property
    def grades(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(level.grade for level in self.levels))

    @property
    def hundred(self) -> int:
        """The score that is 100 of 100 to later models."""
        return self.full if self.reference is None else self.reference

    @property
    def by_score(self) -> tuple[int, ...]:
        """The positions of the levels that a score can give, best first."""
        return tuple(rank for rank, level in enumerate(self.levels) if not level.by_rule)

    def rank_of_score(self, score: int) -> int:
        """Position of the level of a score; 0 is the best."""
        for rank, level in enumerate(self.levels):
            if not level.by_rule and (level.at_least is None or score >= level.at_least):
                return rank
        raise AssertionError("the levels that scores give end in otherwise")

    def lower_by_grades(self, rank: int, grades: int) -> int:
        """The best level of the grade so many below; a level already in the worst grade stays (降一等).

        Levels by rule are passed over, and so are grades that have no others.
        """
        below = [self.levels[r].grade for r in self.by_score if r > rank and self.levels[r].grade != self.levels[rank].grade]
        lower = list(dict.fromkeys(below))
        if grades == 0 or not lower:
            return rank
        grade = lower[min(grades, len(lower)) - 1]
        return next(r for r in self.by_score if self.levels[r].grade == grade)

    def lower_by_levels(self, rank: int, levels: int) -> int:
        """So many levels below, never below the worst (降一级); levels by rule are passed over."""
        lower = [r for r in self.by_score if r > rank]
        return lower[min(levels, len(lower)) - 1] if levels and lower else rank

    def no_better_than(self, rank: int, before: int, levels: int) -> int:
        """The position of a level that is at most so many above an earlier one (不高于上次等级); levels by rule are passed over."""
        above = [r for r in self.by_score if r < before]
        if levels > len(above):
            return rank
        best = above[-levels] if levels else before
        if rank >= best:
            return rank
        return max(rank, next((r for r in self.by_score if r >= best), self.by_score[-1]))
