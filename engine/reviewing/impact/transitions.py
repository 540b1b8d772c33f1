"""From one level to another: up or down, to another grade or not, and how far from the edge that was crossed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.model.impact import UNGRADED, Transitions
from engine.model.scale import Scale

Pair = tuple[str, str]
"""What stands before and after: a level, or what stands in its place."""


def move(old: Scale, new: Scale, pair: Pair) -> tuple[int, int]:
    """Whether the level and the grade are better (1), worse (-1) or neither (0); neither where one side has no level.

    Where the scales have other levels, two that one of the scales has both of are compared in it (the new one first),
    any others by their grades. A level of the same name that is of another grade moves with it.
    """
    if pair[0] not in old.names or pair[1] not in new.names:
        return 0, 0
    grade = _step(_grade(old, pair[0]), _grade(new, pair[1]), new.grades, old.grades) or 0
    level = _step(*pair, new.names, old.names) or grade
    return level, grade if level * grade >= 0 else 0


def transition_counts(old: Scale, new: Scale, matrix: Mapping[Pair, int]) -> Transitions:
    """How many moved, of all that the matrix counts."""
    moves = [(move(old, new, pair), count) for pair, count in matrix.items()]
    return Transitions(
        sum(matrix.values()),
        sum(count for (level, _), count in moves if level > 0),
        sum(count for (level, _), count in moves if level < 0),
        sum(count for (level, grade), count in moves if level > 0 and grade > 0),
        sum(count for (level, grade), count in moves if level < 0 and grade < 0),
        sum(count for pair, count in matrix.items() if both_evaluated(old, new, pair) == (False, True)),
        sum(count for pair, count in matrix.items() if both_evaluated(old, new, pair) == (True, False)),
    )


def both_evaluated(old: Scale, new: Scale, pair: Pair) -> tuple[bool, bool]:
    """Whether there is a result before and after."""
    return pair[0] in (UNGRADED, *old.names), pair[1] in (UNGRADED, *new.names)


def edges(old: Scale, new: Scale, pairs: Iterable[Pair]) -> dict[Pair, int | None]:
    """For each pair that moved, the score at which the new level ends on the side that was crossed; None where it has none.

    Upwards it is where the new level begins, downwards where the next better one does.
    """
    edges: dict[Pair, int | None] = {}
    for pair in pairs:
        step, _ = move(old, new, pair)
        if step:
            rank = new.names.index(pair[1]) - (step < 0)
            edges[pair] = new.levels[rank].at_least if rank >= 0 else None
    return edges


def _grade(scale: Scale, level: str) -> str:
    return scale.levels[scale.names.index(level)].grade


def _step(before: str, after: str, *orders: Sequence[str]) -> int | None:
    """1, -1 or 0 in the first order that has both, best first; None in no order."""
    for order in orders:
        if before in order and after in order:
            was, other = order.index(before), order.index(after)
            return (was > other) - (was < other)
    return None
