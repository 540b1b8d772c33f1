"""A scale turns a score into a level and a level into a grade, best first."""

from __future__ import annotations

from msgspec import Struct


class Level(Struct, frozen=True):
    """One level; `at_least` is in points of the scale, None for the last one."""

    name: str
    at_least: int | None
    grade: str
    quote: str | None = None


class Scale(Struct, frozen=True):
    """The levels of a scale, best first, and its full points; levels of one grade are neighbours."""

    id: str
    full: int
    levels: tuple[Level, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(level.name for level in self.levels)

    @property
    def grades(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(level.grade for level in self.levels))

    def rank_of_score(self, score: int) -> int:
        """Position of the level of a score; 0 is the best."""
        for rank, level in enumerate(self.levels):
            if level.at_least is None or score >= level.at_least:
                return rank
        raise AssertionError("a scale ends in otherwise")

    def lower_by_grades(self, rank: int, grades: int) -> int:
        """The best level of the grade so many below; a level already in the worst grade stays (降一等)."""
        order = self.grades
        grade = order.index(self.levels[rank].grade)
        if grades == 0 or grade == len(order) - 1:
            return rank
        lower = order[min(grade + grades, len(order) - 1)]
        return next(r for r, level in enumerate(self.levels) if level.grade == lower)

    def lower_by_levels(self, rank: int, levels: int) -> int:
        """So many levels below, never below the worst (降一级)."""
        return min(rank + levels, len(self.levels) - 1)
