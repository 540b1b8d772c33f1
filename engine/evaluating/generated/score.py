"""The score: the lines that add indicators to dimensions, dimensions and items to a total, and round it to 2 decimals."""

from __future__ import annotations

from engine.evaluating.generated.conditions import condition_text
from engine.evaluating.generated.points import Target, Test, points_lines
from engine.evaluating.generated.problems import award_outside
from engine.evaluating.generated.text import Lines, Namespace, indented, literal
from engine.model.policy import Model
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.model.scoring import Dimension, Indicator, Item

HALF_CENT = 50


def score_lines(model: Model, scale: Scale, names: Namespace, test: Test) -> Lines:
    """Sets `rounded`, the score before any cap.

    `full` holds the places of dimensions of which nothing was left, `outside` the warnings of awards outside of their band.
    """
    lines = [f"total = {literal(model.base or 0)}", "full = outside = ()"]
    for place in range(len(model.dimensions)):
        lines += _dimension(model, place, names, test)
    if model.adjustments is not None:
        lines.append("added = 0")
        for item in model.adjustments.items:
            target = _target(model, item, ("adjustments", "items", item.id), item.at_least, item.at_most, names)
            lines += [*points_lines(item.form, target, names, test), "added += p"]
        low, high = literal(model.adjustments.at_least), literal(model.adjustments.at_most)
        lines += [f"if added < {low}: added = {low}", f"if added > {high}: added = {high}", "total += added"]
    full = literal(scale.full)
    return [
        *lines, "if total < 0: total = 0", f"if total > {full}: total = {full}",
        f"rounded = (total + {HALF_CENT}) // {2 * HALF_CENT} * {2 * HALF_CENT}",
    ]  # fmt: skip


def _target(
    model: Model, element: Indicator | Item, path: Path, low: int | None, high: int | None, names: Namespace
) -> Target:  # fmt: skip
    return Target("p", low, high, lambda award: names.bind("award", award_outside(model, path, element, award)))


def _dimension(model: Model, place: int, names: Namespace, test: Test) -> Lines:
    dimension = model.dimensions[place]
    some_left_out = any(indicator.only_when is not None for indicator in dimension.indicators)
    lines = ["points = 0", *(["left_out, without = 0, False"] if some_left_out else [])]
    for indicator in dimension.indicators:
        earned = [*_indicator(model, dimension, indicator, names, test), "points += p"]
        if indicator.only_when is None:
            lines += earned
        else:
            left = f"left_out, without = left_out + {literal(indicator.points)}, True"
            lines += [f"if {condition_text(indicator.only_when, test)}:", *indented(earned), "else:", f"    {left}"]
    whole = literal(dimension.points)
    if some_left_out:
        rest = f"points = divide(points * {whole}, {whole} - left_out) if left_out != {whole} else {whole}"
        lines += ["if without:", f"    if left_out == {whole}: full += ({place},)", f"    {rest}"]
    if dimension.counts_for is not None:
        lines.append(f"points = divide(points * {literal(dimension.counts_for)}, {whole})")
    return [*lines, "total += points"]


def _indicator(model: Model, dimension: Dimension, indicator: Indicator, names: Namespace, test: Test) -> Lines:
    path = ("dimensions", dimension.id, "indicators", indicator.id)
    lines = points_lines(indicator.form, _target(model, indicator, path, 0, indicator.points, names), names, test)
    if indicator.none_when is None:
        return lines
    return [f"if {condition_text(indicator.none_when, test)}: p = 0", "else:", *indented(lines)]
