"""How points are given (评分标准), as an official writes it: 每次扣15分，扣完为止."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.condition import Plain
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model
from engine.model.scoring import Band, Bands, Choices, Each, FirstOf, Form
from engine.rendering.annex.labels import Label, Names, labelled, phrase, title_stem


def standard(form: Form, full: int | None, model: Model, names: Names) -> str:
    """A form as a sentence; `full` are the points of the indicator, None for an adjustment item."""
    match form:
        case Each():
            return _each(form, full, names)
        case Bands(fact, bands, otherwise):
            named = names[fact]
            texts = [band_span(band, before, named) for before, band in zip([None, *bands], bands)]
            pairs = [*zip(texts, (band.points for band in bands)), (otherwise_text(bands[-1], named), otherwise)]
        case Choices():
            pairs = list(_choices(form, model, names))
        case FirstOf(branches, otherwise):
            pairs = [(f"（{i}）{phrase(one.when, model, names)}的，", one.points) for i, one in enumerate(branches, 1)]
            return "；\n".join(f"{text}{points_given(points, full)}" for text, points in [*pairs, ("其余的", otherwise)])
    return "；".join(f"{text}{points_given(points, full)}" for text, points in pairs)


def points_given(points: int, full: int | None) -> str:
    """得25分, 扣5分, 不得分; an adjustment item has no full points and adds 加3分."""
    if points == 0:
        return "不得分" if full is not None else "不加减分"
    return f"{_verb(points, full)}{shortest(abs(points))}分"


def _verb(points: int, full: int | None) -> str:
    return "扣" if points < 0 else "得" if full is not None else "加"


def _each(form: Each, full: int | None, names: Names) -> str:
    amounts = [amount for _, amount in form.points]
    lost = any(amount < 0 for amount in amounts)
    gained = any(amount > 0 for amount in amounts) or (full is not None and form.start > full)
    parts = []
    if form.start != (full if lost and not gained and full is not None else 0):
        parts.append(f"基础分{shortest(form.start)}分")
    if form.beyond:
        parts.append(f"超过{shortest(form.beyond)}{names[form.points[0][0]].unit}的部分")
    for fact, amount in form.points:
        named = names[fact]
        whose = title_stem(named.title) if len(form.points) > 1 else ""
        parts.append(f"{whose}{points_per(form, named)}{_verb(amount, full)}{shortest(abs(amount))}分")
    if full is not None:
        parts += [f"最高得{shortest(full)}分"] if gained else []
        parts += ["扣完为止"] if lost else []
    return "，".join(parts)


def points_per(form: Each, named: Label) -> str:
    """For how much of a fact points are given: 每次, 每1个百分点, 每满0.5件."""
    unit = "个百分点" if named.unit == "%" else named.unit
    if form.step is not None:
        return f"每满{shortest(form.step)}{unit}"
    return f"每{unit}" if named.whole and unit else f"每1{unit}"


def band_span(band: Band, before: Band | None, named: Label) -> str:
    """The values that a band takes, after the one before it."""
    low, high = (before, band) if band.operator in ("at_most", "below") else (band, before)
    if named.whole:
        return _counted(_least(low), _most(high), named.unit)
    if high is None:
        return f"{'≥' if band.operator == 'at_least' else '＞'}{_value(band, named)}"
    if low is None:
        return f"{'≤' if band.operator == 'at_most' else '＜'}{_value(band, named)}"
    bottom = "含" if low.operator in ("at_least", "below") else "不含"
    top = "（含）" if high.operator in ("at_most", "above") else ""
    return f"{_value(low, named)}（{bottom}）至{_value(high, named)}{top}"


def otherwise_text(last: Band, named: Label) -> str:
    """The values that no band takes."""
    falling = last.operator in ("at_least", "above")
    if named.whole:
        return _counted(None, _most(last), named.unit) if falling else _counted(_least(last), None, named.unit)
    return f"{ {'at_least': '＜', 'above': '≤', 'at_most': '＞', 'below': '≥'}[last.operator] }{_value(last, named)}"


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
        return f"{least}{unit}及以上"
    if least is None and most > 0:
        return f"不超过{most}{unit}"
    return f"{most}{unit}" if least is None or least == most else f"{least}至{most}{unit}"


def _choices(form: Choices, model: Model, names: Names) -> Iterator[tuple[str, int]]:
    """Values of the same points together, in the order of the first."""
    source = model.facts[form.fact].source
    exists = isinstance(source, FromRecords) and source.kind == "exists"
    of_points: dict[int, list[Plain]] = {}
    for value, points in form.points:
        of_points.setdefault(points, []).append(value)
    for points, values in of_points.items():
        yield _valued(values, exists, names[form.fact]), points
    if form.otherwise is not None:
        yield "其余的", form.otherwise


def _valued(values: Sequence[Plain], exists: bool, named: Label) -> str:
    if len(values) > 1 and all(isinstance(value, bool) for value in values):
        return "不论有无" if exists else "不论是否"
    if exists:
        return "有此情形的" if values[0] else "没有的"
    said = labelled(tuple(values), named)
    return f"“{said}”"
