"""Random pairs of scoring forms, and what is said of them held against both at every value of a grid."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from msgspec.structs import replace

from engine.evaluating.points import compile_form, compile_indicator
from engine.model.condition import AllOf, Comparison, Condition, Negation, Ordering, Plain, facts_in
from engine.model.condition import AnyOf as Either
from engine.model.direction import combined_direction
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.scoring import (
    Adjustments,
    Award,
    Band,
    Bands,
    Branch,
    Choices,
    Dimension,
    Each,
    FirstOf,
    Form,
    Indicator,
    Item,
    Points,
    form_facts,
)
from engine.reading.files import Files
from engine.reading.library import read_library
from engine.reviewing.diff.elements import model_changes
from engine.reviewing.diff.form_direction import form_direction
from engine.reviewing.diff.policy_pair import PolicyPair
from tests.agreement.compare import as_bytes

COUNTS, DECIMALS, PERCENT, SIGNED = ("complaints", "penalties", "awards", "staff"), ("hours",), ("percent",), ("margin",)
NUMBERS = (*COUNTS, *DECIMALS, *PERCENT, *SIGNED)
SORTS = ("a", "b", "c")
_MOST = 1_000
"""Combinations of values that are tried."""


@cache
def base() -> Policy:
    """A policy with facts of each kind, and one indicator and one item to put forms in."""
    attributes: dict[str, dict[str, Any]] = {
        "staff": {"title": "人数", "type": "integer", "at_least": 0}, "hours": {"title": "时长", "type": "number", "at_least": 0},
        "percent": {"title": "比例", "type": "number", "at_least": 0, "at_most": 100}, "margin": {"title": "差额", "type": "number"},
        "open": {"title": "营业", "type": "boolean"}, "sort": {"title": "种类", "type": "text", "one_of": list(SORTS)},
    }  # fmt: skip
    for attribute in attributes.values():
        attribute["kinds"] = ["organisation"]
    category = {"title": "类别", "kinds": ["organisation"], "fields": {}}
    counted = ("complaints", "penalties", "awards")
    level = {"level": "A", "otherwise": True, "grade": "优"}
    facts: dict[str, Any] = {name: {"title": name, "count": f"{name}-of"} for name in counted}
    missing = {"open": False, "sort": "a"}
    facts |= {name: {"title": name, "attribute": name, "if_missing": missing.get(name, 0)} for name in attributes}
    dimension = {
        "title": "一",
        "points": 100,
        "indicators": {"one": {"title": "一", "points": 100, "fact": "staff", "each": 1}},
    }
    item = {"title": "二", "fact": "staff", "each": 1}
    model = {
        "title": "模型", "kind": "organisation", "feeds": "none", "facts": facts, "dimensions": {"all": dimension},
        "adjustments": {"at_most": 20, "at_least": -20, "items": {"two": item}},
    }  # fmt: skip
    policy = {
        "policy": "forms", "title": "形式", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "2020-01-01"}, "scale": "one", "basis": {"plan": {"document": "方案"}}, "models": {"main": model},
    }  # fmt: skip
    common = {
        "catalogue": {"categories": {f"{name}-of": category for name in counted}, "attributes": attributes},
        "scales": {"scales": {"one": {"levels": [level]}}},
    }
    files = Files((("forms.yaml", as_bytes(policy)),), tuple((f"{name}.yaml", as_bytes(tree)) for name, tree in common.items()))
    return read_library(files).library.policies[0]


# Forms


def form(draw: random.Random, names: Sequence[str]) -> Form:
    """One that reads some of the names."""
    fact = names[0]
    match draw.choice(("sum", "sum", *("sum", "sum") * (len(names) - 1), "line", "line", "bands", "first_of", "choices")):
        case "sum":
            sign = draw.choice((None, -1))
            amounts = [_amount(draw) if sign is None else sign * abs(_amount(draw)) for _ in names]
            return Each(tuple(zip(names, amounts, strict=True)), _points(draw))
        case "line":
            beyond, short_of = _begins(draw)
            step = draw.choice((None, None, ONE, 5_000, 3 * ONE, 333))
            round_up = step is not None and draw.random() < 0.5
            return Each(((fact, _amount(draw)),), _points(draw), beyond, step, short_of, round_up)
        case "bands":
            falling = draw.random() < 0.6
            operators: tuple[Ordering, ...] = ("at_least", "above") if falling else ("at_most", "below")
            thresholds = sorted({_value(draw) for _ in range(draw.randint(1, 3))}, reverse=falling)
            return Bands(
                fact, tuple(Band(draw.choice(operators), at, _given(draw, names)) for at in thresholds), _given(draw, names)
            )
        case "choices" if draw.random() < 0.5:
            return Choices("open", ((True, _given(draw, names)),), _given(draw, names))
        case "choices":
            return Choices(
                "sort",
                tuple((sort, _given(draw, names)) for sort in draw.sample(SORTS, draw.randint(1, 3))),
                _given(draw, names),
            )
        case _:
            branches = tuple(Branch(condition(draw, names), _given(draw, names)) for _ in range(draw.randint(1, 3)))
            return FirstOf(branches, _given(draw, names))


def _begins(draw: random.Random) -> tuple[int | None, int | None]:
    """`beyond` or `short_of`, or neither."""
    number = draw.choice((None, 0, ONE, 3 * ONE, 5_000, -2 * ONE, 95 * ONE))
    return (number, None) if draw.random() < 0.5 else (None, number)


def condition(draw: random.Random, names: Sequence[str], depth: int = 1) -> Condition:
    if depth and draw.random() < 0.3:
        parts = tuple(condition(draw, names, depth - 1) for _ in range(2))
        return draw.choice((AllOf(parts), Either(parts), Negation(parts[0])))
    name = draw.choice((*names, *names, "open", "sort"))
    if name == "open":
        return Comparison(name, "is", draw.random() < 0.5)
    if name == "sort":
        return (
            Comparison(name, "one_of", tuple(draw.sample(SORTS, 2)))
            if draw.random() < 0.5
            else Comparison(name, "is", draw.choice(SORTS))
        )
    return Comparison(name, draw.choice(("at_least", "above", "at_most", "below", "is", "is_not")), _value(draw))


def _amount(draw: random.Random) -> int:
    return int(draw.choice((-1, -2, -3, -4, -5, -15, -0.5, 1, 2, 5, 0.5, 0.3333, -0.3334, 0)) * ONE)


def _points(draw: random.Random) -> int:
    return int(draw.choice((0, 0, 1, 2, 5, 8, 10, 12, 20, -3, -10, 2.5, 0.01)) * ONE)


def _given(draw: random.Random, names: Sequence[str]) -> Points:
    """Fixed points, or such as are awarded."""
    if draw.random() < 0.85:
        return _points(draw)
    low, high = sorted((_points(draw), _points(draw)))
    return Award(draw.choice(names), low, high)


def _moved(draw: random.Random, points: Points, by: float) -> Points:
    if not isinstance(points, Award):
        return int(points + by)
    low, high = (bound + int(by) * draw.choice((0, 1)) for bound in (points.at_least, points.at_most))
    return replace(points, at_least=min(low, high), at_most=max(low, high))


def _value(draw: random.Random) -> int:
    return int(draw.choice((0, 1, 2, 3, 4, 5, 10, 0.5, 2.5, 2.9999, 95, 100, -1, 1.0001)) * ONE)


def altered(draw: random.Random, altered_form: Form, names: Sequence[str]) -> Form:
    """Much like another: a number that moved, an operator, the order of keys; or another altogether."""
    if draw.random() < 0.15:
        return form(draw, names)
    for _ in range(draw.choice((1, 1, 2))):
        altered_form = _altered(draw, altered_form, names)
    return altered_form


def _altered(draw: random.Random, form: Form, names: Sequence[str]) -> Form:
    by = draw.choice((-2, -1, 1, 2, 0.5, -0.5, -0.0001, 5)) * ONE
    match form:
        case Each(points, start, beyond, step, short_of, round_up):
            place = draw.randrange(len(points))
            name, amount = points[place]
            kind = draw.choice(("each", "each", "start", "order", "begins", "step", "round", "more"))
            if kind == "each":
                points = (*points[:place], (name, int(amount + by)), *points[place + 1 :])
            if kind == "more" and beyond is short_of is step is None:
                points = (*(pair for pair in points if pair[0] != names[-1]), (names[-1], _amount(draw)))
            if kind == "begins" and len(points) == 1:
                if short_of is not None and draw.random() < 0.7:
                    short_of = int(short_of + by)
                elif draw.random() < 0.7:
                    beyond, short_of = int((beyond or 0) + by), None
                else:
                    beyond, short_of = _begins(draw)
            if kind == "round" and step is not None:
                round_up = not round_up
            if kind == "step" and len(points) == 1:
                step = draw.choice((None, ONE, 2 * ONE, 5_000))
                round_up = round_up and step is not None
            start = int(start + by) if kind == "start" else start
            return Each(tuple(draw.sample(points, len(points))), start, beyond, step, short_of, round_up)
        case Bands(fact, bands, otherwise):
            place = draw.randrange(len(bands))
            band = bands[place]
            match draw.choice(("threshold", "points", "operator", "otherwise")):
                case "threshold":
                    moved = int(band.threshold + by)
                    falling = band.operator in ("at_least", "above")
                    around = (
                        [b.threshold for b in (bands[place - 1 : place] if place else ())],
                        [b.threshold for b in bands[place + 1 : place + 2]],
                    )
                    if all((moved < t) == falling for t in around[0]) and all((moved > t) == falling for t in around[1]):
                        band = replace(band, threshold=moved)
                case "points":
                    band = replace(band, points=_moved(draw, band.points, by))
                case "operator":
                    other = {
                        "at_least": ("above", -1),
                        "above": ("at_least", 1),
                        "at_most": ("below", 1),
                        "below": ("at_most", -1),
                    }
                    operator, step = other[band.operator]
                    if len(bands) == 1:
                        band = replace(band, operator=operator, threshold=band.threshold + draw.choice((0, step * ONE, step)))
                case _:
                    otherwise = _moved(draw, otherwise, by)
            return Bands(fact, (*bands[:place], band, *bands[place + 1 :]), otherwise)
        case Choices(fact, points, otherwise):
            place = draw.randrange(len(points))
            changed = (points[place][0], _moved(draw, points[place][1], by))
            others = (*points[:place], changed, *points[place + 1 :])
            return Choices(fact, tuple(draw.sample(others, len(others))), otherwise)
        case FirstOf(branches, otherwise):
            place = draw.randrange(len(branches))
            branch = branches[place]
            match draw.choice(("when", "points", "otherwise", "more")):
                case "when":
                    branch = replace(branch, when=condition(draw, names))
                case "points":
                    branch = replace(branch, points=_moved(draw, branch.points, by))
                case "otherwise":
                    otherwise = _moved(draw, otherwise, by)
                case _:
                    otherwise = _moved(draw, otherwise, by)
                    branches = tuple(replace(branch, points=_moved(draw, branch.points, by)) for branch in branches)
                    branch = branches[place]
            return FirstOf((*branches[:place], branch, *branches[place + 1 :]), otherwise)


# Models of which only one form differs, and everything that they give


def pair(draw: random.Random) -> tuple[Model, Model, bool]:
    """A model before and after; whether it is its item that differs, or its indicator."""
    names = draw.sample(NUMBERS, draw.choice((1, 1, 2, 2, 3)))
    old = form(draw, names)
    new = altered(draw, old, names)
    model = base().models["main"]
    if draw.random() < 0.4:
        (dimension,) = model.dimensions
        (indicator,) = dimension.indicators
        nones = _nones(draw, names)
        sides = zip((old, new), nones, strict=True)
        before, after = (
            _with_indicator(model, dimension, replace(indicator, form=form, none_when=none)) for form, none in sides
        )
        return before, after, False
    low, high = draw.choice((None, None, -15, -5, 0)), draw.choice((None, None, 0, 5, 10))
    bounds = [None if bound is None else bound * ONE for bound in (low, high)]
    adjustments = model.adjustments
    assert adjustments is not None
    item = replace(adjustments.items[0], form=old, at_least=bounds[0], at_most=bounds[1])
    other = replace(item, form=new)
    if draw.random() < 0.15:
        name = draw.choice(("at_least", "at_most"))
        other = replace(
            other, **{name: draw.choice((None, *([-20 * ONE, -5 * ONE] if name == "at_least" else [2 * ONE, 30 * ONE])))}
        )
        if None not in (other.at_least, other.at_most) and other.at_least > other.at_most:  # type: ignore[operator]
            other = replace(other, at_least=None)
    before, after = (replace(model, adjustments=replace(adjustments, items=(item_with,))) for item_with in (item, other))
    return before, after, True


def _nones(draw: random.Random, names: Sequence[str]) -> tuple[Condition | None, Condition | None]:
    """Where the indicator gives nothing, before and after: mostly nowhere, or alike."""
    if draw.random() < 0.6:
        return None, None
    first = condition(draw, names)
    return draw.choice(((first, first), (first, None), (None, first), (first, condition(draw, names))))


def _with_indicator(model: Model, dimension: Dimension, indicator: Indicator) -> Model:
    return replace(model, dimensions=(replace(dimension, indicators=(indicator,)),))


def _clipped(model: Model, item: bool) -> tuple[Form, int | None, int | None]:
    if item:
        assert isinstance(model.adjustments, Adjustments)
        item_of_model: Item = model.adjustments.items[0]
        return item_of_model.form, item_of_model.at_least, item_of_model.at_most
    indicator = model.dimensions[0].indicators[0]
    return indicator.form, 0, indicator.points


def direction_of(old: Model, new: Model, item: bool) -> tuple[str, str]:
    """Of the changes together, and of the two forms as wholes."""
    policy = base()
    direction = combined_direction(change.direction for change in model_changes(PolicyPair(policy, policy, {}, {}), old, new))
    if not item and old.dimensions[0].indicators[0].none_when != new.dimensions[0].indicators[0].none_when:
        return direction, direction  # the forms alone do not say it
    return direction, form_direction(_clipped(old, item), _clipped(new, item), policy, new)


def truth(draw: random.Random, old: Model, new: Model, item: bool) -> tuple[bool, bool]:
    """Whether somebody has less, and whether somebody has more."""
    first, second = _clipped(old, item), _clipped(new, item)
    scale = base().scale
    before, after = (compile_form(form, scale, low, high) for form, low, high in (first, second))
    names = list(dict.fromkeys((*form_facts(first[0]), *form_facts(second[0]))))
    if not item:
        indicators = [version.dimensions[0].indicators[0] for version in (old, new)]
        before, after = (compile_indicator(indicator, scale) for indicator in indicators)
        whens = [indicator.none_when for indicator in indicators if indicator.none_when is not None]
        names = list(dict.fromkeys((*names, *(name for when in whens for name in facts_in(when)))))
    less = more = False
    for values in _grid(draw, names):
        gain, gain_after = before(values), after(values)
        less, more = less or gain_after < gain, more or gain_after > gain
    return less, more


def _grid(draw: random.Random, names: Sequence[str]) -> Iterator[dict[str, Plain]]:
    listed = [_values(draw, name, 40 if len(names) == 1 else 14 if len(names) == 2 else 9) for name in names]
    whole = list(product(*listed))
    for values in whole if len(whole) <= _MOST else draw.sample(whole, _MOST):
        yield dict(zip(names, values, strict=True))


def _values(draw: random.Random, name: str, most: int) -> list[Plain]:
    """Such as the catalogue allows."""
    if name == "open":
        return [False, True]
    if name == "sort":
        return list(SORTS)
    counts: list[float] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 15, 20, 21, 30, 100, 1000, 10**7, 10**11]
    if name not in COUNTS:
        counts += [
            0.5,
            2.5,
            2.4999,
            2.9999,
            3.0001,
            0.0001,
            94.9999,
            1.0001,
            1.5,
            *(draw.randint(0, 200_000) / ONE for _ in range(6)),
        ]
    if name in PERCENT:
        counts = [count for count in counts if count <= 100]
    if name in SIGNED:
        counts += [-count for count in counts]
    numbers = [round(count * ONE) for count in counts]
    return list(numbers if len(numbers) <= most else draw.sample(numbers, most))
