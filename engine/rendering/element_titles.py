"""Parts of a model by their paths in the file: the title of the element, and which part of it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.number import shortest
from engine.model.policy import Model
from engine.model.scoring import Bands, FirstOf, Form
from engine.rendering.phrases import say
from engine.rendering.terms import Lang


def element_title(model: Model, path: Sequence[str | int], lang: Lang) -> tuple[str, str]:
    """The title of the element that a path leads to, and which part of it; the path begins in the model."""
    match path:
        case ("dimensions", _, "indicators", name, *rest):
            indicator = next(part for part in model.indicators() if part.id == name)
            return indicator.title, _part(indicator.form, rest, lang)
        case ("adjustments", "items", name, *rest):
            item = next(part for part in model.items() if part.id == name)
            return item.title, _part(item.form, rest, lang)
        case ("decisions", int(index)):
            return "", nth_element(index, len(model.decisions.branches) if model.decisions else 0, lang)
        case (str(group), name):
            return next(str(part.title) for part in getattr(model, group) if part.id == name), ""
        case _:
            return "", ""


def _part(form: Form, path: Sequence[str | int], lang: Lang) -> str:
    match form, path:
        case Bands(), ("bands", int(index)) if index < len(form.bands):
            band = form.bands[index]
            return f"{band.operator} {shortest(band.threshold)}"
        case FirstOf(), ("first_of", int(index)):
            return nth_element(index, len(form.branches), lang)
        case _, (("bands", _) | ("otherwise",)):
            return "otherwise"
        case _, (_, str(name)):
            return name
        case _:
            return ""


def nth_element(index: int, count: int, lang: Lang) -> str:
    if index == count:
        return "otherwise"
    return say("nth", lang, number=index + 1)
