"""The score for the solver: indicators to dimensions, shares and adjustments to a total of at most the scale's full points."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import ZERO, Amount, add, all_hold, choose, clip, constant, scaled
from engine.evaluating.symbolic.conditions import Texts, Value, condition
from engine.evaluating.symbolic.points import points
from engine.model.policy import Model
from engine.model.scale import Scale
from engine.model.scoring import Dimension, Indicator


class Scored(Struct, frozen=True):
    """The score before any cap; `points` of indicators and items by id, `counts` whether an indicator is not left out.

    `shares` are what each dimension and the adjustments (under the name `ADJUSTED`) count for.
    """

    rounded: Amount
    points: Mapping[str, Amount]
    counts: Mapping[str, Term]
    shares: Mapping[str, Amount]


ADJUSTED = ""


def score(model: Model, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Scored:
    """The base, the dimensions' shares and the clipped adjustments, in [0, full] and rounded to 2 decimals."""
    earned = {indicator.id: _earned(indicator, values, scale, texts) for indicator in model.indicators()}
    earned |= {item.id: points(item.form, values, scale, texts, item.at_least, item.at_most) for item in model.items()}
    counts = {
        indicator.id: condition(indicator.only_when, values, scale, texts)
        for indicator in model.indicators()
        if indicator.only_when
    }
    shares = {dimension.id: _share(dimension, earned, counts) for dimension in model.dimensions}
    if model.adjustments:
        bounds = model.adjustments
        added = add([earned[item.id] for item in model.items()])
        shares[ADJUSTED] = clip(added, bounds.at_least, bounds.at_most)
    base = [constant(model.base)] if model.base is not None else []
    total = clip(add([*base, *shares.values()]), 0, scale.full)
    cents = scaled(total, 1, 100)
    rounded = total if total.unit % 100 == 0 else Amount(100 * (cents.unit or 1), cents.count)
    return Scored(rounded, earned, counts, shares)


def _earned(indicator: Indicator, values: Mapping[str, Value], scale: Scale, texts: Texts) -> Amount:
    """What an indicator gives where it is not left out."""
    by_form = points(indicator.form, values, scale, texts, 0, indicator.points)
    if indicator.none_when is None:
        return by_form
    return choose([(condition(indicator.none_when, values, scale, texts), ZERO)], by_form)


def _share(dimension: Dimension, earned: Mapping[str, Amount], counts: Mapping[str, Term]) -> Amount:
    """What a dimension counts for in the score."""
    points = _whole(dimension, earned, counts)
    if dimension.counts_for is None:
        return points
    return scaled(points, dimension.counts_for, dimension.points)


def _whole(dimension: Dimension, earned: Mapping[str, Amount], counts: Mapping[str, Term]) -> Amount:
    """A dimension's points; what is left out leaves the rest to stand for the whole.

    By how many points are left out there is a case of its own, in which the rest is a constant.
    """
    whole = dimension.points
    total = add([_counted(earned[indicator.id], counts.get(indicator.id)) for indicator in dimension.indicators])
    groups: dict[int, tuple[Term, int]] = {}
    for indicator in dimension.indicators:
        if indicator.id in counts:
            key = counts[indicator.id].get_id()
            groups[key] = (counts[indicator.id], groups.get(key, (None, 0))[1] + indicator.points)
    if not groups:
        return total
    cases: dict[int, list[Term]] = {}
    for choice in product((True, False), repeat=len(groups)):
        pairs = list(zip(choice, groups.values(), strict=True))
        left = sum(points for counted, (_, points) in pairs if not counted)
        cases.setdefault(left, []).append(all_hold(when if counted else z3.Not(when) for counted, (when, _) in pairs))
    amounts = {left: _rest(total, whole, left) for left in cases}
    *first, last = cases
    return choose([(z3.Or(cases[left]), amounts[left]) for left in first], amounts[last])


def _counted(points: Amount, when: Term | None) -> Amount:
    return points if when is None else choose([(when, points)], ZERO)


def _rest(total: Amount, whole: int, left: int) -> Amount:
    if left == whole:
        return constant(whole)
    return total if left == 0 else scaled(total, whole, whole - left)
