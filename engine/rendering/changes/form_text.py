"""How points are given, whole or the part of it that is another: 每次扣15分, ≥95% 得25分."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.change import Change, PolicyDiff
from engine.model.condition import Condition, Plain
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model, Policy
from engine.model.scoring import Band, Bands, Branch, Choices, Each, FirstOf, Form, Indicator, Item
from engine.rendering.annex.labels import Label, Names, labelled, phrase, title_stem
from engine.rendering.annex.points import points_given, points_per, standard
from engine.rendering.changes.context import Context
from engine.rendering.condition_text import condition_text, value_text
from engine.rendering.counts import pick
from engine.rendering.terms import Lang

SIGNS = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜"}


class _Side:
    """What of a form is said with a part of it: the element in its version, the names of its facts there, the language."""

    def __init__(self, element: Indicator | Item, model: Model, told: Context) -> None:
        self.form, self.model, self.names, self.lang = element.form, model, told.names, told.lang
        self.full = element.points if isinstance(element, Indicator) else None


_Sides = tuple[_Side, _Side]


def points_text(points: int, lang: Lang) -> str:
    """`25分`, `25 points`."""
    return pick(f"{shortest(points)}分", f"{shortest(points)} point{'' if points == ONE else 's'}", lang)


def standard_text(form: Form, full: int | None, model: Model, names: Names, lang: Lang) -> str:
    """A whole form; `full` are the points of the indicator, None for an adjustment item."""
    if lang != "en":
        return standard(form, full, model, names).replace("\n", "")
    rest = "otherwise: {}"
    match form:
        case Each(points, start, beyond, step):
            terms = [f"{_signed(amount)} × {names[fact].title}" for fact, amount in points]
            more = [f"beyond {shortest(beyond)}"] if beyond is not None else []
            more += [f"for each full {shortest(step)}"] if step is not None else []
            said = " ".join([shortest(start), *terms] if start else terms).removeprefix("+ ")
            return said + (f" ({', '.join(more)})" if more else "")
        case Bands(_, bands, otherwise):
            texts = [f"{SIGNS[one.operator]} {shortest(one.threshold)}: {shortest(one.points)}" for one in bands]
            return "; ".join([*texts, rest.format(shortest(otherwise))])
        case Choices(_, choices, last):
            texts = [f"{value_text(value, lang)}: {shortest(points)}" for value, points in choices]
            return "; ".join([*texts, *([rest.format(shortest(last))] if last is not None else [])])
        case FirstOf(branches, otherwise):
            texts = [f"{condition_text(one.when, model, lang)}: {shortest(one.points)}" for one in branches]
            return "; ".join([*texts, rest.format(shortest(otherwise))])


def in_form(change: Change, changed: PolicyDiff, then: Context, now: Context) -> tuple[str, str] | None:
    """Both values of a part of a form, each told with what stands around it in its version; None where the change is no such
    part.
    """
    old, new = (
        _element(policy, change.model, path)
        for policy, path in ((changed.old, change.old_path), (changed.new, change.new_path))
    )
    if not (old and new and then.model and now.model) or change.old is None or change.new is None:
        return None
    sides = _Side(old, then.model, then), _Side(new, now.model, now)
    match change.what, change.new_path:
        case "form", _:
            return _whole(sides[0]), _whole(sides[1])
        case "each" | "start" | "beyond" | "step", _:
            return _each(change, sides)
        case ("band", (*_, "bands", int(place), _)) | ("points", (*_, "bands", int(place), _)):
            return _band(change, place, sides)
        case "choice", (*_, str(key)):
            return _both(change, sides, lambda points, one: f"{_choice(key, one)}{_space(one.lang)}{_given(points, one)}")
        case ("branch" | "points", (*_, "first_of", int(place), _)):
            return _branch(change, place, sides)
        case _:
            return None


def _element(policy: Policy | None, model: str | None, path: tuple[str | int, ...]) -> Indicator | Item | None:
    """The indicator or item that a path leads into."""
    there = policy.models.get(str(path[1])) if policy and model and len(path) > 1 else None
    match path:
        case (_, _, "dimensions", _, "indicators", name, *_) if there:
            return next((one for one in there.indicators() if one.id == name), None)
        case (_, _, "adjustments", "items", name, *_) if there:
            return next((one for one in there.items() if one.id == name), None)
    return None


def _both(change: Change, sides: _Sides, tell: Callable[[int, _Side], str]) -> tuple[str, str]:
    assert isinstance(change.old, int)
    assert isinstance(change.new, int)
    return tell(change.old, sides[0]), tell(change.new, sides[1])


def _whole(one: _Side) -> str:
    return standard_text(one.form, one.full, one.model, one.names, one.lang)


def _each(change: Change, sides: _Sides) -> tuple[str, str]:
    """每次扣15分; of a start, a bound or a step the number."""

    paths = dict(zip(sides, (change.old_path, change.new_path), strict=True))

    def tell(number: int, one: _Side) -> str:
        form = one.form
        assert isinstance(form, Each)
        named = one.names[next((name for name, _ in form.points if paths[one][-1] == name), form.points[0][0])]
        if change.what == "each":
            if one.lang == "en":
                return f"{_signed(number)} × {named.title}"
            of = f"{title_stem(named.title)}，" if len(form.points) > 1 else ""
            return f"{of}{points_per(form, named)}{_given(number, one)}"
        if change.what == "start":
            return points_text(number, one.lang)
        return f"{shortest(number)}{named.unit if one.lang != 'en' else ''}"

    return _both(change, sides, tell)


def _band(change: Change, place: int, sides: _Sides) -> tuple[str, str]:
    """Its threshold and its points as either version has them; where both are others, the threshold is told by itself first."""
    bands = [one.form.bands for one in sides if isinstance(one.form, Bands)]
    if place >= len(bands[0]):
        return _both(change, sides, lambda points, one: _rest(points, one))
    alone = change.what == "band" and bands[0][place].points != bands[1][place].points

    def tell(number: int, one: _Side) -> str:
        form = one.form
        assert isinstance(form, Bands)
        band, named = form.bands[place], one.names[form.fact]
        bound = _bound(band, number if change.what == "band" else band.threshold, named, one.lang)
        return bound.rstrip(":") if alone else f"{bound} {_given(number if change.what == 'points' else band.points, one)}"

    return _both(change, sides, tell)


def _bound(band: Band, threshold: int, named: Label, lang: Lang) -> str:
    sign, number = SIGNS[band.operator], shortest(threshold)
    return f"{sign} {number}:" if lang == "en" else f"{sign}{number}{named.unit}"


def _choice(key: str, one: _Side) -> str:
    form = one.form
    assert isinstance(form, Choices)
    if key == "otherwise":
        return pick("其余的", "otherwise", one.lang)
    source = one.model.facts[form.fact].source
    value: Plain = key if one.model.facts[form.fact].type != "boolean" else key == "true"
    if one.lang == "en":
        return value_text(value, "en")
    if isinstance(source, FromRecords) and source.kind == "exists":
        return "有此情形的" if value else "没有的"
    return f"“{labelled(value, one.names[form.fact])}”"


def _branch(change: Change, place: int, sides: _Sides) -> tuple[str, str]:
    """Its condition and its points as either version has them; where both are others, the condition is told by itself first."""
    branches = [one.form.branches for one in sides if isinstance(one.form, FirstOf)]
    if place >= len(branches[0]):
        return _both(change, sides, lambda points, one: _rest(points, one))
    alone = change.what == "branch" and branches[0][place].points != branches[1][place].points

    def tell(branch: Branch, one: _Side) -> str:
        return _when(branch.when, one) if alone else f"{_when(branch.when, one)} {_given(branch.points, one)}"

    return tell(branches[0][place], sides[0]), tell(branches[1][place], sides[1])


def _rest(points: int, one: _Side) -> str:
    return f"{pick('其余的', 'otherwise', one.lang)}{_space(one.lang)}{_given(points, one)}"


def _when(condition: Condition, one: _Side) -> str:
    if one.lang == "en":
        return condition_text(condition, one.model, "en")
    return f"{phrase(condition, one.model, one.names)}的"


def _given(points: int, one: _Side) -> str:
    return points_given(points, one.full) if one.lang != "en" else points_text(points, "en")


def _signed(points: int) -> str:
    return f"+ {shortest(points)}" if points >= 0 else f"− {shortest(-points)}"


def _space(lang: Lang) -> str:
    return ": " if lang == "en" else ""
