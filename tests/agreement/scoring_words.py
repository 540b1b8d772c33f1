"""Random words of scoring: points that are awarded, levels by rule, what a derived score is taken of, the last level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.agreement.draw import Draw

Tree = dict[str, Any]
Amount = Callable[[float], Any]
"""A number, or a parameter that holds it."""


def given_points(draw: Draw, amount: Amount, numbers: list[str], fixed: Callable[[], float]) -> Any:
    """What a band, choice or branch gives: fixed, or awarded between two such numbers."""
    if not numbers or not draw.chance(0.2):
        return amount(fixed())
    low, high = sorted((fixed(), fixed()))
    return {"fact": draw.choice(numbers), "at_least": amount(low), "at_most": amount(high)}


def with_rules(draw: Draw, scale: Tree) -> Tree:
    """A scale with levels by rule among the others, bounds by `above`, and a reference."""
    levels = [_above(level) if draw.chance(0.15) else level for level in scale["levels"]]
    if draw.chance(0.3):
        levels = _with_rule_levels(draw, levels)
    if draw.chance(0.05):
        levels = [{"level": level["level"], "by_rule": True, "grade": level["grade"]} for level in levels]
    scale = {**scale, "levels": levels}
    if draw.chance(0.2):
        full = scale.get("full", 100)
        scale["reference"] = draw.choice((full, full / 2, full / 4))
    return scale


def _above(level: Tree) -> Tree:
    bound = level.get("at_least")
    if bound is None:
        return level
    return {key: part for key, part in level.items() if key != "at_least"} | {"above": bound}


def _with_rule_levels(draw: Draw, levels: list[Tree]) -> list[Tree]:
    """One or two of them anywhere: of the grade of a neighbour, or of one of their own."""
    levels = list(levels)
    for name in ("M", "黑名单")[: draw.integer(1, 2)]:
        at = draw.integer(0, len(levels))
        neighbour = levels[at - 1 if at else 0]
        split = 0 < at < len(levels) and levels[at]["grade"] == neighbour["grade"]
        grade = neighbour["grade"] if split or draw.chance(0.5) else f"{name}类"
        levels.insert(at, {"level": name, "by_rule": True, "grade": grade})
    return levels


def by_score(scale: Tree) -> bool:
    """Whether a score gives any of its levels."""
    return any("by_rule" not in level for level in scale["levels"])


def above_previous(draw: Draw) -> Mapping[str, int]:
    return {"levels": draw.choice((0, 0, 1, 1, 2, 9))}
