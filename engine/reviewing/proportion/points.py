"""How many points one record can cost at most, before any veto: a bound that holds of every subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.evaluating.conditions import compile_where
from engine.evaluating.tally import place_finder
from engine.model.catalogue import Category
from engine.model.condition import facts_in
from engine.model.example_records import example_records
from engine.model.number import ONE
from engine.model.policy import FromRecords, Model, Policy, record_conditions
from engine.model.scale import CENT
from engine.model.scoring import Award, Bands, Dimension, Each, Form, Indicator, Item, alternatives, form_facts
from engine.model.subject import Record
from engine.reviewing.proportion.bearing import Bearing

Moves = Mapping[str, int | None]
"""By fact how far one record can move it, as a count of 0.0001; None where that has no bound. Facts that it leaves alone are
not there."""


def points_at_most(policy: Policy, model: Model, category: Category, bears: Bearing) -> int:
    """As a count of 0.0001 of the scale, in whole cents, as scores are rounded: the most that any record can cost."""
    cost = max(_cost(model, moves) for moves in _ways(category, bears))
    return min(-(-cost // CENT) * CENT, policy.scale.full)


def _ways(category: Category, bears: Bearing) -> Iterable[Moves]:
    """What a record can move: by examples that stand for all records, or where there are too many, everything."""
    rest = dict.fromkeys(bears.resting - bears.direct.keys())
    conditions = [condition for source in bears.direct.values() for condition in record_conditions(source)]
    known = example_records(category, conditions)
    if known is None or category.not_collected:  # the first of a kind that was not collected makes others count
        return [rest | dict.fromkeys(bears.direct)]
    moved = {name: _mover(source) for name, source in bears.direct.items()}
    return [_moves(moved, record) | rest for record in known.records]


def _moves(moved: Mapping[str, Callable[[Record], int | None]], record: Record) -> dict[str, int | None]:
    moves = {name: move(record) for name, move in moved.items()}
    return {name: move for name, move in moves.items() if move != 0}


def _mover(source: FromRecords) -> Callable[[Record], int | None]:
    """How far a record moves a fact. Where only the newest count, it moves others out, whatever it is itself."""
    taken = compile_where(source.where) if source.where is not None else lambda record: True
    match source:
        case FromRecords(kind="count", newest=None):
            return lambda record: ONE if taken(record) else 0
        case FromRecords(kind="count"):
            return lambda record: ONE
        case FromRecords(kind="tally", newest=None, once_per=None, tally=tally) if tally is not None:
            values, place_of = tally.values, place_finder(tally)
            return lambda record: abs(values[place_of(record)]) if taken(record) else 0
        case FromRecords(newest=None):
            return lambda record: None if taken(record) else 0
        case _:
            return lambda record: None


def _cost(model: Model, moves: Moves) -> int:
    total = sum(_of_dimension(dimension, moves) for dimension in model.dimensions)
    if model.adjustments is None:
        return total
    widest = model.adjustments.at_most - model.adjustments.at_least
    return total + min(sum(_of_item(item, moves, widest) for item in model.items()), widest)


def _of_dimension(dimension: Dimension, moves: Moves) -> int:
    """What its share can fall by: where others may be left out, an indicator stands for more than its own points."""
    counts = dimension.points if dimension.counts_for is None else dimension.counts_for
    always = sum(each.points for each in dimension.indicators if each.only_when is None)
    flips = 0  # the points of indicators that the record may put in or leave out
    cost = 0
    for indicator in dimension.indicators:
        if indicator.only_when is not None and _moved(facts_in(indicator.only_when), moves):
            flips += indicator.points
            continue
        stands = always + (indicator.points if indicator.only_when is not None else 0)
        cost += _scaled(_of_indicator(indicator, moves), counts, stands)
    if flips and not always:
        return counts
    return min(cost + (_scaled(flips, counts, always + flips) if flips else 0), counts)


def _scaled(points: int, counts: int, stands: int) -> int:
    """Points out of `stands` as points out of `counts`; what is rounded on the way is rounded up."""
    if points == 0 or counts == stands:
        return points
    return -(-points * counts // stands) + 2


def _of_indicator(indicator: Indicator, moves: Moves) -> int:
    if indicator.none_when is not None and _moved(facts_in(indicator.none_when), moves):
        return indicator.points
    return min(_of_form(indicator.form, moves, indicator.points), indicator.points)


def _of_item(item: Item, moves: Moves, widest: int) -> int:
    cost = _of_form(item.form, moves, widest)
    if item.at_most is not None and item.at_least is not None:
        return min(cost, item.at_most - item.at_least)
    return cost


def _of_form(form: Form, moves: Moves, widest: int) -> int:
    """How far what a form gives can fall; `widest` where that has no bound of its own."""
    if not _moved(form_facts(form), moves):
        return 0
    if isinstance(form, Each):
        return _of_each(form, moves, widest)
    if isinstance(form, Bands) and (move := moves.get(form.fact)) is not None:
        return _of_bands(form, move, widest)
    points_given = [way.points for way in alternatives(form)]
    if any(isinstance(points, Award) for points in points_given):
        return widest
    numbers = [points for points in points_given if not isinstance(points, Award)]
    return max(numbers) - min(numbers)


def _of_bands(form: Bands, move: int, widest: int) -> int:
    """Only between bands that are no further apart than the move."""
    bands = form.bands if form.bands[0].operator in ("at_most", "below") else form.bands[::-1]
    points_given = [band.points for band in bands]
    points_given = [*points_given, form.otherwise] if bands is form.bands else [form.otherwise, *points_given]
    numbers = [points for points in points_given if not isinstance(points, Award)]
    if len(numbers) < len(points_given):
        return widest
    bounds = [band.threshold for band in bands]
    pairs = ((low, high) for high in range(len(numbers)) for low in range(high))
    return max((abs(numbers[low] - numbers[high]) for low, high in pairs if bounds[high - 1] - bounds[low] <= move), default=0)


def _of_each(form: Each, moves: Moves, widest: int) -> int:
    cost = 0
    for name, points in form.points:
        if name not in moves:
            continue
        move = moves[name]
        if move is None:
            return widest
        steps = move if form.step is None else -(-move // form.step) * ONE  # each begun step may be passed
        cost += -(-abs(points) * steps // ONE)
    return cost


def _moved(names: Iterable[str], moves: Moves) -> bool:
    return any(name in moves for name in names)
