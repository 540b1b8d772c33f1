"""Reasons: which band or branch gave the points, why a measure does not apply, what the next level takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from msgspec import Struct

from engine.evaluating.conditions import RANKED, Values, accepted_values, compile_condition
from engine.evaluating.score import compile_share
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, FactRef, Negation
from engine.model.evaluation import Evaluation, Unmet, UnmetCondition, UnmetParts
from engine.model.scale import Scale
from engine.model.scoring import Each, Form, normal_form


class Gain(Struct, frozen=True):
    """Points of the scale that an indicator did not give, or an item took from the base; `enough` where it alone reaches the
    next level.
    """

    indicator: str
    points: int
    enough: bool


class NextLevel(Struct, frozen=True):
    """What the next better level takes: points, the end of vetoes, or (without a score) a decision's condition."""

    level: str
    missing: int | None
    gains: tuple[Gain, ...]
    vetoes: tuple[str, ...]
    without_vetoes: str | None
    unmet: UnmetCondition | None


class Reasons(Struct, frozen=True):
    """`applied` maps indicators and items to the position of the band, choice or branch that gave the points.

    `none` are the indicators that gave nothing because their `none_when` holds.
    """

    applied: Mapping[str, int]
    measures: Mapping[str, UnmetCondition]
    vetoes: Mapping[str, UnmetCondition]
    next_level: NextLevel | None
    none: tuple[str, ...] = ()


def reasons(evaluation: Evaluation) -> Reasons:
    """The reasons of an evaluation, from its facts and result alone."""
    model, scale = evaluation.model, evaluation.policy.scale
    values = {
        **evaluation.facts, "score": evaluation.score, "level": evaluation.level, "grade": evaluation.grade,
        "vetoed": bool(evaluation.vetoes),
    }  # fmt: skip
    before = {**values, "score": evaluation.reasoning.rounded_score if evaluation.reasoning else None}
    none = tuple(i.id for i in model.indicators() if i.none_when and compile_condition(i.none_when, scale)(values))
    places = {element.id: applied(element.form, values, scale) for _, element in model.scored() if element.id not in none}
    return Reasons(
        {name: place for name, place in places.items() if place is not None},
        _unmet(((m.id, m.when) for m in model.measures if m.id not in evaluation.measures), values, scale),
        _unmet(((v.id, v.when) for v in model.vetoes if v.id not in evaluation.vetoes), before, scale),
        next_level(evaluation, values),
        none,
    )


def _unmet(conditions: Iterable[tuple[str, Condition]], values: Values, scale: Scale) -> dict[str, UnmetCondition]:
    reasons = ((name, unmet(condition, values, scale)) for name, condition in conditions)
    return {name: reason for name, reason in reasons if reason}


def applied(form: Form, values: Values, scale: Scale) -> int | None:
    """Which band, choice or branch gives the points, counting from 0; one more than the last is `otherwise`."""
    match normal_form(form):
        case Each():
            return None
        case several:
            hits = (
                i
                for i, alternative in enumerate(several)
                if alternative.when is None or compile_condition(alternative.when, scale)(values)
            )
            return next(hits, len(several))


def unmet(condition: Condition, values: Values, scale: Scale, negated: bool = False) -> UnmetCondition | None:
    """The comparisons for which a condition does not hold (or, negated, does); None where there is none.

    Of an `any` that fails, every part fails, and one of them would be enough; of an `all`, those that fail are needed.
    """
    match condition:
        case Comparison(name, _, operand):
            if compile_condition(condition, scale)(values) != negated:
                return None
            required: object = operand
            if isinstance(operand, FactRef):
                required = values[operand.name]
            elif name in RANKED:
                required = tuple(n for n in (*scale.names, *scale.grades) if n in accepted_values(condition, scale))
            return Unmet(condition, values[name], required, negated)
        case Negation(part):
            return unmet(part, values, scale, not negated)
        case AllOf(parts) | AnyOf(parts):
            reasons = [unmet(part, values, scale, negated) for part in parts]
            any_is_enough = isinstance(condition, AllOf) == negated
            if any_is_enough and None in reasons:
                return None
            return _together([reason for reason in reasons if reason], any_is_enough)
        case never:
            assert_never(never)


def _together(reasons: Iterable[UnmetCondition], any_is_enough: bool) -> UnmetCondition | None:
    """Reasons as one, those that are joined in the same way without levels between them; each stands there once."""
    parts: dict[UnmetCondition, None] = {}
    for reason in reasons:
        if isinstance(reason, UnmetParts) and reason.any_is_enough == any_is_enough:
            parts |= dict.fromkeys(reason.parts)
        else:
            parts[reason] = None
    return UnmetParts(tuple(parts), any_is_enough) if len(parts) > 1 else next(iter(parts), None)


def next_level(evaluation: Evaluation, values: Values) -> NextLevel | None:
    """What separates a result from the next better level; None at the best one, or where there is no level."""
    scale, model = evaluation.policy.scale, evaluation.model
    if evaluation.level is None or evaluation.level == scale.names[0]:
        return None
    rank = scale.names.index(evaluation.level)
    better_ranks = [place for place in scale.by_score if place < rank]  # nobody earns a level by rule
    if model.scores and not better_ranks:
        return None
    place = better_ranks[-1] if better_ranks else rank - 1
    target = scale.levels[place]
    if model.decisions:
        better = [scale.names.index(level) for _, level in model.decisions.branches if scale.names.index(level) < rank]
        nearest = scale.names[max(better)] if better else target.name
        branches = [unmet(when, values, scale) for when, level in model.decisions.branches if level == nearest]
        reason = _together([lack for lack in branches if lack], any_is_enough=True)
        return NextLevel(nearest, None, (), evaluation.vetoes, None, reason)
    if evaluation.score is None or evaluation.reasoning is None or evaluation.reasoning.rounded_score is None:
        return None
    uncapped = evaluation.reasoning.rounded_score
    in_the_way = evaluation.vetoes if scale.rank_of_score(uncapped) < rank else _capping(evaluation, place)
    free = scale.levels[scale.rank_of_score(uncapped)].name if in_the_way else None
    missing = max((target.at_least or 0) - uncapped, 0)
    return NextLevel(target.name, missing, tuple(_gains(evaluation, missing)) if missing else (), in_the_way, free, None)


def _capping(evaluation: Evaluation, rank: int) -> tuple[str, ...]:
    """The vetoes under which a level of that rank could not be reached with any score."""
    scale = evaluation.policy.scale
    held = [veto for veto in evaluation.model.vetoes if veto.id in evaluation.vetoes]
    bound = scale.levels[rank].at_least or 0
    last = evaluation.reasoning.last_level if evaluation.reasoning else None
    before = scale.names.index(last) if last in scale.names else None
    return tuple(
        veto.id
        for veto in held
        if veto.lower_grades or veto.lower_levels
        or (veto.level is not None and scale.names.index(veto.level) > rank)
        or (veto.score_at_most is not None and veto.score_at_most < bound)
        or (
            veto.above_previous is not None
            and before is not None
            and scale.no_better_than(rank, before, veto.above_previous) != rank
        )
    )  # fmt: skip


def _gains(evaluation: Evaluation, missing: int) -> Iterable[Gain]:
    """Indicators that gave less than their points and what was taken from the base, the greatest loss first."""
    assert evaluation.reasoning
    gains: list[Gain] = []
    for dimension, result in zip(evaluation.model.dimensions, evaluation.reasoning.dimensions, strict=True):
        share = compile_share(dimension)
        amounts = tuple(indicator.points for indicator in result.indicators)
        for index, indicator in enumerate(dimension.indicators):
            points = amounts[index]
            if points is not None and points < indicator.points:
                better = (*amounts[:index], indicator.points, *amounts[index + 1 :])
                gain = share(better)[1] - result.share
                if gain > 0:
                    gains.append(Gain(indicator.id, gain, gain >= missing))
    if evaluation.model.base is not None:
        gains += _taken(evaluation, missing)
    return sorted(gains, key=lambda gain: -gain.points)


def _taken(evaluation: Evaluation, missing: int) -> Iterable[Gain]:
    """Items that took something, each with what the score has more without it."""
    bounds, reasoning = evaluation.model.adjustments, evaluation.reasoning
    if bounds is None or reasoning is None:
        return
    total = sum(points for _, points in reasoning.items)
    for name, points in reasoning.items:
        gain = min(max(total - points, bounds.at_least), bounds.at_most) - reasoning.adjustment
        if points < 0 < gain:
            yield Gain(name, gain, gain >= missing)
