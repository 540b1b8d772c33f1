"""How points are given, whole or the part of it that is another: 每次扣15分, ≥95% 得25分."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.change import Change, PolicyDiff
from engine.model.condition import Condition, Plain
from engine.model.number import ONE, shortest
from engine.model.policy import Model, Policy
from engine.model.scoring import Award, Band, Bands, Branch, Choices, Each, FirstOf, Form, Indicator, Item, Points
from engine.rendering.annex.labels import Label, Names, amount, labelled, phrase, title_stem
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.annex.points import given_by, points_given, points_per, standard, truth_phrase
from engine.rendering.changes.context import Context
from engine.rendering.condition_text import SIGNS, condition_text, value_text
from engine.rendering.phrases import bracketed, say, with_commas, with_semicolons
from engine.rendering.sentences import Lang


class _Side:
    """What of a form is said with a part of it: the element in its version, the names of its facts there, the language."""

    def __init__(self, element: Indicator | Item, model: Model, context: Context) -> None:
        self.form, self.model, self.names, self.lang = element.form, model, context.names, context.lang
        self.full = element.points if isinstance(element, Indicator) else None


_Sides = tuple[_Side, _Side]


def points_text(points: int, lang: Lang) -> str:
    """`25分`, `25 points`."""
    return say("points", lang, points=shortest(points) if points % ONE else points // ONE)


def given_text(points: Points, lang: Lang) -> str:
    """What a band, choice or branch gives: a number, or what is awarded between two."""
    if isinstance(points, Award):
        return say("awarded", lang, low=shortest(points.at_least), high=shortest(points.at_most))
    return shortest(points)


def standard_text(form: Form, full: int | None, model: Model, names: Names, lang: Lang) -> str:
    """A whole form; `full` are the points of the indicator, None for an adjustment item."""
    if lang == ANNEX_LANG:
        return standard(form, full, model, names).replace("\n", "")
    match form:
        case Each(points, start, beyond, step, short_of, round_up):
            terms = [f"{_signed(amount)} × {names[fact].title}" for fact, amount in points]
            more = [say("each-beyond-short", lang, number=shortest(beyond))] if beyond is not None else []
            more += [say("each-short-short", lang, number=shortest(short_of))] if short_of is not None else []
            how = "each-step-begun-short" if round_up else "each-step-short"
            more += [say(how, lang, step=shortest(step))] if step is not None else []
            text = " ".join([shortest(start), *terms] if start else terms).removeprefix("+ ")
            return text + bracketed(with_commas(more, lang), lang)
        case Bands(_, bands, rest):
            otherwise: Points | None = rest
            pairs = [(f"{SIGNS[band.operator]} {shortest(band.threshold)}", band.points) for band in bands]
        case Choices(_, choices, otherwise):
            pairs = [(value_text(value, lang), points) for value, points in choices]
        case FirstOf(branches, rest):
            otherwise = rest
            pairs = [(condition_text(branch.when, model, lang), branch.points) for branch in branches]
    pairs += [] if otherwise is None else [(say("otherwise", lang), otherwise)]
    return with_semicolons((say("chosen", lang, what=what, points=given_text(points, lang)) for what, points in pairs), lang)


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
        case "each" | "start" | "beyond" | "short_of" | "step", _:
            return _each(change, sides)
        case ("band", (*_, "bands", int(place), _)) | ("points", (*_, "bands", int(place), _)):
            return _band(change, place, sides)
        case "choice", (*_, str(key)):
            return _points_in(change, sides, lambda points, side: _given(_choice(key, side), points, side))
        case ("branch" | "points", (*_, "first_of", int(place), _)):
            return _branch(change, place, sides)
        case _:
            return None


def _element(policy: Policy | None, model: str | None, path: tuple[str | int, ...]) -> Indicator | Item | None:
    """The indicator or item that a path leads into."""
    there = policy.models.get(str(path[1])) if policy and model and len(path) > 1 else None
    match path:
        case (_, _, "dimensions", _, "indicators", name, *_) if there:
            return next((indicator for indicator in there.indicators() if indicator.id == name), None)
        case (_, _, "adjustments", "items", name, *_) if there:
            return next((item for item in there.items() if item.id == name), None)
    return None


def _both(change: Change, sides: _Sides, tell: Callable[[int, _Side], str]) -> tuple[str, str]:
    assert isinstance(change.old, int)
    assert isinstance(change.new, int)
    return tell(change.old, sides[0]), tell(change.new, sides[1])


def _points_in(change: Change, sides: _Sides, tell: Callable[[Points, _Side], str]) -> tuple[str, str]:
    assert isinstance(change.old, int | Award)
    assert isinstance(change.new, int | Award)
    return tell(change.old, sides[0]), tell(change.new, sides[1])


def _whole(side: _Side) -> str:
    return standard_text(side.form, side.full, side.model, side.names, side.lang)


def _each(change: Change, sides: _Sides) -> tuple[str, str]:
    """每次扣15分; of a start, a bound or a step the number."""

    paths = dict(zip(sides, (change.old_path, change.new_path), strict=True))

    def tell(number: int, side: _Side) -> str:
        form = side.form
        assert isinstance(form, Each)
        named = side.names[next((name for name, _ in form.points if paths[side][-1] == name), form.points[0][0])]
        if change.what == "each":
            return _each_points(form, number, named, side)
        if change.what == "start":
            return points_text(number, side.lang)
        return _amount(number, named, side.lang)

    return _both(change, sides, tell)


def _each_points(form: Each, number: int, named: Label, side: _Side) -> str:
    if side.lang != ANNEX_LANG:
        return f"{_signed(number)} × {named.title}"
    text = f"{points_per(form, named)}{points_given(number, side.full)}"
    several = len(form.points) > 1
    return say("each-of-official", side.lang, title=title_stem(named.title), points=text) if several else text


def _band(change: Change, place: int, sides: _Sides) -> tuple[str, str]:
    """Its threshold and its points as either version has them; where both are others, the threshold is told by itself first."""
    bands = [side.form.bands for side in sides if isinstance(side.form, Bands)]
    if place >= len(bands[0]):
        return _points_in(change, sides, _rest)
    alone = change.what == "band" and bands[0][place].points != bands[1][place].points

    def tell(band: Band, side: _Side) -> str:
        form = side.form
        assert isinstance(form, Bands)
        number = _amount(band.threshold, side.names[form.fact], side.lang)
        bound = say("band-bound", side.lang, sign=SIGNS[band.operator], number=number)
        return bound if alone else say("band-given", side.lang, band=bound, points=_points(band.points, side))

    return tell(bands[0][place], sides[0]), tell(bands[1][place], sides[1])


def _amount(number: int, named: Label, lang: Lang) -> str:
    """A number, with the unit in the language of the titles that have it."""
    return amount(number, named.unit) if lang == ANNEX_LANG else shortest(number)


def _choice(key: str, side: _Side) -> str:
    form = side.form
    assert isinstance(form, Choices)
    if key == "otherwise":
        return say("otherwise-official", side.lang)
    fact, named = side.model.facts[form.fact], side.names[form.fact]
    value: Plain = key if fact.type != "boolean" else key == "true"
    if side.lang != ANNEX_LANG:
        return value_text(value, side.lang)
    return truth_phrase(value, named) if isinstance(value, bool) else say("quoted", side.lang, text=labelled(value, named))


def _branch(change: Change, place: int, sides: _Sides) -> tuple[str, str]:
    """Its condition and its points as either version has them; where both are others, the condition is told by itself first."""
    branches = [side.form.branches for side in sides if isinstance(side.form, FirstOf)]
    if place >= len(branches[0]):
        return _points_in(change, sides, _rest)
    alone = change.what == "branch" and branches[0][place].points != branches[1][place].points

    def tell(branch: Branch, side: _Side) -> str:
        when = _when(branch.when, side)
        if alone:
            return say("branch-alone", side.lang, condition=when)
        return say("branch-given", side.lang, condition=when, points=_points(branch.points, side))

    return tell(branches[0][place], sides[0]), tell(branches[1][place], sides[1])


def _rest(points: Points, side: _Side) -> str:
    return _given(say("otherwise-official", side.lang), points, side)


def _given(what: str, points: Points, side: _Side) -> str:
    return say(given_by(points), side.lang, what=what, points=_points(points, side))


def _when(condition: Condition, side: _Side) -> str:
    if side.lang != ANNEX_LANG:
        return condition_text(condition, side.model, side.lang)
    return phrase(condition, side.model, side.names)


def _points(points: Points, side: _Side) -> str:
    if side.lang == ANNEX_LANG:
        return points_given(points, side.full)
    return given_text(points, side.lang) if isinstance(points, Award) else points_text(points, side.lang)


def _signed(points: int) -> str:
    return f"+ {shortest(points)}" if points >= 0 else f"− {shortest(-points)}"
