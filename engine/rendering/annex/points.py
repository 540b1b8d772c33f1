"""How points are given (评分标准), as an official writes it: 每次扣15分，扣完为止."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from engine.model.condition import Condition, Ordering, Plain
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model
from engine.model.scoring import Award, Band, Bands, Choices, Each, FirstOf, Form, Points
from engine.rendering.annex.labels import POINTS, Label, Names, amount, labelled, phrase, title_stem
from engine.rendering.annex.official import ANNEX_LANG, official
from engine.rendering.annex.tallies import tally_of, told_by_record
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
    form = _as_excess(form, full, model, names)
    amounts = [points for _, points in form.points]
    if not any(amounts):  # whatever its facts are
        start = form.start if full is None else min(max(form.start, 0), full)
        return official("given", what=official("each-nothing-official"), points=points_given(start, full))
    lost = any(points < 0 for points in amounts)
    gained = any(points > 0 for points in amounts) or (full is not None and form.start > full)
    parts = []
    begins = full if lost and not gained and full is not None else 0  # what goes without saying
    less = form.start < 0 == begins
    if form.start != begins and not less:
        parts.append(official("each-base-official", points=shortest(form.start)))
    if form.beyond:
        parts.append(official("each-beyond-official", number=amount(form.beyond, names[form.points[0][0]].unit)))
    if form.short_of is not None:
        parts.append(official("each-short-official", number=amount(form.short_of, names[form.points[0][0]].unit)))
    by_record = told_by_record(form, model)
    if by_record:
        parts.append(official("each-by-record-official"))
    for fact, points in form.points:
        named = names[fact]
        whose = title_stem(named.title) if len(form.points) > 1 else ""
        if _is_itself(form, named, full):
            excess = form.beyond is not None
            parts.append(
                official("each-excess-itself-official") if excess else official("each-itself-official", title=named.title)
            )
        elif points and fact not in by_record:
            parts.append(f"{whose}{points_per(form, named)}{_gained(points, full)}")
        parts += _rest_of_step(form, named)
    if less:
        parts.append(official("each-less-official", points=shortest(-form.start)))
    if full is not None:
        parts += [official("each-most-official", points=shortest(full))] if gained else []
        parts += [official("each-least-official")] if lost else []
    return with_commas(parts, ANNEX_LANG)


def _as_excess(form: Each, full: int | None, model: Model, names: Names) -> Each:
    """The same points counted from where they begin: 超过65分的部分，每1分得1分 in place of 基础分-65分，每1分得1分."""
    if full is None or len(form.points) != 1 or form.step or form.beyond is not None or form.short_of is not None:
        return form
    ((fact, points),) = form.points
    if tally_of(model.facts[fact].source) is not None:
        return form
    if form.start < 0 < points:
        start, excess = 0, -form.start
    elif form.start > full and points < 0:
        start, excess = full, form.start - full
    else:
        return form
    beyond, rest = divmod(excess * ONE, abs(points))
    if rest or (names[fact].whole and beyond % ONE):  # half a case is none that anybody counts
        return form
    return replace(form, start=start, beyond=beyond)


def _is_itself(form: Each, named: Label, full: int | None) -> bool:
    """Whether points of something are the points that it gives, one for one."""
    lone = len(form.points) == 1 and form.points[0][1] == ONE and not form.start
    return lone and full is not None and named.unit == POINTS and form.step is None and form.short_of is None


def _gained(points: int, full: int | None) -> str:
    how = "lost" if points < 0 else "got" if full is not None else "added"
    return official(f"points-{how}-official", points=shortest(abs(points)))


def points_per(form: Each, named: Label) -> str:
    """For how much of a fact points are given: 每次, 每1个百分点, 每满0.5件, 每低1个百分点, 每少1人."""
    unit = _unit(named)
    size = amount(ONE if form.step is None else form.step, unit)
    if form.short_of is not None:
        counted = unit and named.unit not in ("%", POINTS)
        return official("each-fewer-official" if counted else "each-lower-official", step=size)
    if named.tally and form.step is None:
        return official("each-value-official")
    if form.step is not None:
        how = "each-step-begun-official" if form.round_up else "each-step-official"
        return official(how, step=size)
    return official("each-unit-official" if named.whole and unit else "each-one-official", unit=unit)


def _rest_of_step(form: Each, named: Label) -> Iterator[str]:
    """What becomes of a begun step, where 每满 does not say it and there can be one: 不足5个百分点的不计."""
    if form.step is None or (named.whole and form.step == ONE):
        return
    if form.round_up:
        yield official("each-begun-official", step=amount(form.step, _unit(named)))
    elif form.short_of is not None:
        yield official("each-unbegun-official", step=amount(form.step, _unit(named)))


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
    return amount(band.threshold, named.unit)


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
    for place, (points, values) in enumerate(of_points.items()):
        other = place and isinstance(values[0], bool)
        yield official("choice-other-official") if other else _valued(values, exists, names[form.fact]), points
    if form.otherwise is not None:
        yield official("otherwise-official"), form.otherwise


def truth_phrase(value: bool, named: Label) -> str:
    """身份信息已核验的, or 身份信息已核验为“否”的."""
    return official("choice-holds-official" if value else "choice-fails-official", title=named.title)


def _valued(values: Sequence[Plain], exists: bool, named: Label) -> str:
    if len(values) > 1 and all(isinstance(value, bool) for value in values):
        return official("choice-any-exists-official" if exists else "choice-any-official")
    if isinstance(values[0], bool):
        return truth_phrase(values[0], named)
    return official("quoted", text=labelled(tuple(values), named))
