"""How points are given, whole or the part of it that is another: 每次扣15分, ≥95% 得25分."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.change import Change, PolicyDiff
from engine.model.condition import Plain
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model, Policy
from engine.model.scoring import Band, Bands, Choices, Each, FirstOf, Form, Indicator, Item
from engine.rendering.annex.labels import Label, Names, labelled, phrase, title_stem
from engine.rendering.annex.points import points_given, points_per, standard
from engine.rendering.condition_text import condition_text, value_text
from engine.rendering.counts import pick
from engine.rendering.terms import Lang

SIGNS = {"at_least": "≥", "above": "＞", "at_most": "≤", "below": "＜"}


class _Part:
    """What of a form is said with a part of it: the element in both versions, the names of its facts, the language."""

    def __init__(self, one: Indicator | Item, other: Indicator | Item, model: Model, names: Names, lang: Lang) -> None:
        self.old, self.new, self.model, self.names, self.lang = one, other, model, names, lang
        self.full = other.points if isinstance(other, Indicator) else None


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


def in_form(change: Change, changed: PolicyDiff, model: Model | None, names: Names, lang: Lang) -> tuple[str, str] | None:
    """Both values of a part of a form, told with what stands around it; None where the change is no such part."""
    found = [
        _element(one, change.model, path) for one, path in ((changed.old, change.old_path), (changed.new, change.new_path))
    ]
    if model is None or found[0] is None or found[1] is None or change.old is None or change.new is None:
        return None
    one = _Part(found[0], found[1], model, names, lang)
    match change.what, change.new_path:
        case "form", _:
            old, new = (standard_text(form, one.full, model, names, lang) for form in (change.old, change.new))  # type: ignore[arg-type]
            return old, new
        case "each" | "start" | "beyond" | "step", _:
            return _each(change, one)
        case ("band", (*_, "bands", int(place), _)) | ("points", (*_, "bands", int(place), _)):
            return _band(change, place, one)
        case "choice", (*_, str(key)):
            return _both(change, lambda points: f"{_choice(key, one)}{_space(lang)}{_given(points, one)}")
        case ("branch" | "points", (*_, "first_of", int(place), _)):
            return _branch(change, place, one)
    return None


def _element(policy: Policy | None, model: str | None, path: tuple[str | int, ...]) -> Indicator | Item | None:
    """The indicator or item that a path leads into."""
    found = policy.models.get(model or "") if policy else None
    match path:
        case (_, _, "dimensions", _, "indicators", name, *_) if found:
            return next((one for one in found.indicators() if one.id == name), None)
        case (_, _, "adjustments", "items", name, *_) if found:
            return next((one for one in found.items() if one.id == name), None)
    return None


def _both(change: Change, tell: Callable[[int], str]) -> tuple[str, str]:
    assert isinstance(change.old, int)
    assert isinstance(change.new, int)
    return tell(change.old), tell(change.new)


def _each(change: Change, one: _Part) -> tuple[str, str]:
    """每次扣15分; of a start, a bound or a step the number."""
    form = one.new.form
    assert isinstance(form, Each)
    fact = next((name for name, _ in form.points if change.new_path[-1] == name), form.points[0][0])
    named = one.names[fact]
    if change.what == "each":
        if one.lang == "en":
            return _both(change, lambda points: f"{_signed(points)} × {named.title}")
        of = f"{title_stem(named.title)}，" if len(form.points) > 1 else ""
        return _both(change, lambda points: f"{of}{points_per(form, named)}{_given(points, one)}")
    if change.what == "start":
        return _both(change, lambda points: points_text(points, one.lang))
    return _both(change, lambda number: f"{shortest(number)}{named.unit if one.lang != 'en' else ''}")


def _band(change: Change, place: int, one: _Part) -> tuple[str, str]:
    """Its threshold with the old points, then its points with the new threshold."""
    old, new = one.old.form, one.new.form
    assert isinstance(old, Bands)
    assert isinstance(new, Bands)
    if place >= len(new.bands):
        rest = pick("其余的", "otherwise", one.lang)
        return _both(change, lambda points: f"{rest}{_space(one.lang)}{_given(points, one)}")
    named, before, after = one.names[new.fact], old.bands[place], new.bands[place]
    if change.what == "band":
        points = _given(before.points, one)
        return _both(change, lambda threshold: f"{_bound(after, threshold, named, one.lang)} {points}")
    return _both(change, lambda points: f"{_bound(after, after.threshold, named, one.lang)} {_given(points, one)}")


def _bound(band: Band, threshold: int, named: Label, lang: Lang) -> str:
    sign, number = SIGNS[band.operator], shortest(threshold)
    return f"{sign} {number}:" if lang == "en" else f"{sign}{number}{named.unit}"


def _choice(key: str, one: _Part) -> str:
    form = one.new.form
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


def _branch(change: Change, place: int, one: _Part) -> tuple[str, str]:
    """Its condition with the old points, then its points under the new condition."""
    old, new = one.old.form, one.new.form
    assert isinstance(old, FirstOf)
    assert isinstance(new, FirstOf)
    if place >= len(new.branches):
        rest = pick("其余的", "otherwise", one.lang)
        return _both(change, lambda points: f"{rest}{_space(one.lang)}{_given(points, one)}")
    if change.what == "branch":
        points = _given(old.branches[place].points, one)
        return f"{_when(change.old, one)} {points}", f"{_when(change.new, one)} {points}"
    return _both(change, lambda points: f"{_when(new.branches[place].when, one)} {_given(points, one)}")


def _when(condition: object, one: _Part) -> str:
    if one.lang == "en":
        return condition_text(condition, one.model, "en")  # type: ignore[arg-type]
    return f"{phrase(condition, one.model, one.names)}的"  # type: ignore[arg-type]


def _given(points: int, one: _Part) -> str:
    return points_given(points, one.full) if one.lang != "en" else points_text(points, "en")


def _signed(points: int) -> str:
    return f"+ {shortest(points)}" if points >= 0 else f"− {shortest(-points)}"


def _space(lang: Lang) -> str:
    return ": " if lang == "en" else ""
