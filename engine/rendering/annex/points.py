"""How points are given (评分标准), as an official writes it: 每次扣15分，扣完为止."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.model.condition import Condition, Ordering, Plain
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model
from engine.model.scoring import Award, Band, Bands, Choices, Each, FirstOf, Form, Points
from engine.rendering.annex.labels import POINTS, Label, Names, labelled, phrase, title_stem
from engine.rendering.annex.official import ANNEX_LANG, official
from engine.rendering.annex.tallies import told_by_record
from engine.rendering.condition_text import SIGNS
from engine.rendering.phrases import with_commas


def standard(form: Form, full: int | None, model: Model, names: Names) -> str:
    """A form as a sentence; `full` are the points of the indicator, None for an adjustment item."""
    by = official("semicolon")
    match form:
        case Each():
            return _each(form, full, model, names)
        case Bands(fact, bands, otherwise):
            named = names[fact]
            texts = [band_span(band, before, named) for before, band in zip([None, *bands], bands)]
            pairs = [*zip(texts, (band.points for band in bands)), (otherwise_text(bands[-1], named), otherwise)]
        case Choices():
            pairs = list(_choices(form, model, names))
        case FirstOf(branches, otherwise):
            by += "\n"
            pairs = [(_branch(i, branch.when, model, names), branch.points) for i, branch in enumerate(branches, 1)]
            pairs.append((official("otherwise-official"), otherwise))
    return by.join(official(given_by(points), what=text, points=points_given(points, full)) for text, points in pairs)


def given_by(points: Points) -> str:
    """The phrase that joins what is met and what it gives: fixed points follow at once, awarded ones after a comma."""
    return "given-awarded" if isinstance(points, Award) else "given"


def _branch(number: int, when: Condition, model: Model, names: Names) -> str:
    return official("branch-numbered-official", number=number, condition=phrase(when, model, names))


def points_given(points: Points, full: int | None) -> str:
    """得25分, 扣5分, 不得分, 80—100分由评价机构评定; an adjustment item has no full points and adds 加3分."""
    if isinstance(points, Award):
        return awarded(points, full)
    if points == 0:
        return official("points-none-official" if full is not None else "points-none-added-official")
    return _gained(points, full)


def awarded(award: Award, full: int | None) -> str:
    """80—100分由评价机构评定; of an adjustment item 加1—3分, 扣1—3分 or what lies between them."""
    low, high = award.at_least, award.at_most
    if full is not None:
        return official("points-awarded-official", low=shortest(low), high=shortest(high))
    if low >= 0:
        return official("points-awarded-added-official", low=shortest(low), high=shortest(high))
    if high <= 0:
        return official("points-awarded-lost-official", low=shortest(-high), high=shortest(-low))
    return official("points-awarded-either-official", low=shortest(-low), high=shortest(high))


def _each(form: Each, full: int | None, model: Model, names: Names) -> str:
    amounts = [amount for _, amount in form.points]
    lost = any(amount < 0 for amount in amounts)
    gained = any(amount > 0 for amount in amounts) or (full is not None and form.start > full)
    parts = []
    if form.start != (full if lost and not gained and full is not None else 0):
        parts.append(official("each-base-official", points=shortest(form.start)))
    if form.beyond:
        beyond = f"{shortest(form.beyond)}{names[form.points[0][0]].unit}"
        parts.append(official("each-beyond-official", number=beyond))
    if form.short_of is not None:
        least = f"{shortest(form.short_of)}{names[form.points[0][0]].unit}"
        parts.append(official("each-short-official", number=least))
    by_record = told_by_record(form, model)
    if by_record:
        parts.append(official("each-by-record-official"))
    for fact, amount in form.points:
        named = names[fact]
        whose = title_stem(named.title) if len(form.points) > 1 else ""
        if fact not in by_record:
            parts.append(f"{whose}{points_per(form, named)}{_gained(amount, full)}")
        parts += _rest_of_step(form, named)
    if full is not None:
        parts += [official("each-most-official", points=shortest(full))] if gained else []
        parts += [official("each-least-official")] if lost else []
    return with_commas(parts, ANNEX_LANG)


def _gained(points: int, full: int | None) -> str:
    how = "lost" if points < 0 else "got" if full is not None else "added"
    return official(f"points-{how}-official", points=shortest(abs(points)))


def points_per(form: Each, named: Label) -> str:
    """For how much of a fact points are given: 每次, 每1个百分点, 每满0.5件, 每低1个百分点, 每少1人."""
    unit = _unit(named)
    size = shortest(ONE if form.step is None else form.step)
    if form.short_of is not None:
        counted = unit and named.unit not in ("%", POINTS)
        return official("each-fewer-official" if counted else "each-lower-official", step=size, unit=unit)
    if named.tally and form.step is None:
        return official("each-value-official")
    if form.step is not None:
        how = "each-step-begun-official" if form.round_up else "each-step-official"
        return official(how, step=size, unit=unit)
    return official("each-unit-official" if named.whole and unit else "each-one-official", unit=unit)


def _rest_of_step(form: Each, named: Label) -> Iterator[str]:
    """What becomes of a begun step, where 每满 does not say it and there can be one: 不足5个百分点的不计."""
    if form.step is None or (named.whole and form.step == ONE):
        return
    if form.round_up:
        yield official("each-begun-official", step=shortest(form.step), unit=_unit(named))
    elif form.short_of is not None:
        yield official("each-unbegun-official", step=shortest(form.step), unit=_unit(named))


def _unit(named: Label) -> str:
    return official("each-percent-official") if named.unit == "%" else named.unit


def band_span(band: Band, before: Band | None, named: Label) -> str:
    """The values that a band takes, after the one before it."""
    low, high = (before, band) if band.operator in ("at_most", "below") else (band, before)
    if named.whole:
        return _counted(_least(low), _most(high), named.unit)
    if high is None:
        return SIGNS[band.operator] + _value(band, named)
    if low is None:
        return SIGNS[band.operator] + _value(band, named)
    ends = low.operator in ("at_least", "below"), high.operator in ("at_most", "above")
    return official(f"band-{_ENDS[ends]}-official", low=_value(low, named), high=_value(high, named))


_ENDS = {(True, True): "both", (True, False): "low", (False, True): "high", (False, False): "neither"}
"""Which ends of a span belong to it."""


_BEYOND: Mapping[Ordering, Ordering] = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}
"""What holds of a number that a bound does not take."""


def otherwise_text(last: Band, named: Label) -> str:
    """The values that no band takes."""
    falling = last.operator in ("at_least", "above")
    if named.whole:
        return _counted(None, _most(last), named.unit) if falling else _counted(_least(last), None, named.unit)
    return SIGNS[_BEYOND[last.operator]] + _value(last, named)


def _value(band: Band, named: Label) -> str:
    return f"{shortest(band.threshold)}{named.unit}"


def _least(band: Band | None) -> int | None:
    """The least whole number that is inside a falling band, or beyond a rising one."""
    if band is None:
        return None
    inside = band.operator in ("at_least", "below")
    return -(-band.threshold // ONE) if inside else band.threshold // ONE + 1


def _most(band: Band | None) -> int | None:
    """The greatest whole number that is inside a rising band, or beyond a falling one."""
    if band is None:
        return None
    inside = band.operator in ("at_most", "above")
    return band.threshold // ONE if inside else -(-band.threshold // ONE) - 1


def _counted(least: int | None, most: int | None, unit: str) -> str:
    if most is None:
        return official("band-whole-least-official", least=f"{least}{unit}")
    if least is None and most > 0:
        return official("band-whole-most-official", most=f"{most}{unit}")
    if least is None or least == most:
        return f"{most}{unit}"
    return official("band-whole-between-official", least=least, most=f"{most}{unit}")


def _choices(form: Choices, model: Model, names: Names) -> Iterator[tuple[str, Points]]:
    """Values of the same points together, in the order of the first."""
    source = model.facts[form.fact].source
    exists = isinstance(source, FromRecords) and source.kind == "exists"
    of_points: dict[Points, list[Plain]] = {}
    for value, points in form.points:
        of_points.setdefault(points, []).append(value)
    for points, values in of_points.items():
        yield _valued(values, exists, names[form.fact]), points
    if form.otherwise is not None:
        yield official("otherwise-official"), form.otherwise


def _valued(values: Sequence[Plain], exists: bool, named: Label) -> str:
    if len(values) > 1 and all(isinstance(value, bool) for value in values):
        return official("choice-any-exists-official" if exists else "choice-any-official")
    if exists:
        return official("choice-exists-official" if values[0] else "choice-absent-official")
    return official("quoted", text=labelled(tuple(values), named))
