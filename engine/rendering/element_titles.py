"""Parts of a model by their paths in the file: the title of the element, and which part of it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.condition import Comparison
from engine.model.number import shortest
from engine.model.policy import FromRecords, Model, Source
from engine.model.problem import Path
from engine.model.scoring import Form, alternatives
from engine.rendering.phrases import say
from engine.rendering.sentences import Lang


def element_title(model: Model, path: Sequence[str | int], lang: Lang) -> tuple[str, str]:
    """The title of the element that a path leads to, and which part of it; the path begins in the model."""
    for start, element in model.scored():
        if tuple(path[: len(start)]) == start:
            return element.title, _part(element.form, tuple(path[len(start) :]), lang)
    match path:
        case ("facts", str(name), "first_of", int(place)):
            return model.facts[name].title, nth_element(place, _last_branch(model.facts[name].source), lang)
        case ("decisions", int(index)):
            return "", nth_element(index, len(model.decisions.branches) if model.decisions else 0, lang)
        case (str(group), name):
            return next(str(part.title) for part in getattr(model, group) if part.id == name), ""
        case _:
            return "", ""


def _part(form: Form, path: Path, lang: Lang) -> str:
    """One way in which a form gives points, or the part by its name."""
    ways = alternatives(form)
    for place, way in enumerate(ways):
        if way.path == path:
            match way.kind, way.when:
                case "band", Comparison(_, operator, int(threshold)):
                    return f"{operator} {shortest(threshold)}"
                case "choice", Comparison():
                    return str(path[-1])
                case _:
                    return nth_element(place, len(ways) - 1, lang)
    return str(path[1]) if len(path) == 2 else ""


def _last_branch(source: Source) -> int:
    """The place of `otherwise` in a tally."""
    return len(source.tally.branches) if isinstance(source, FromRecords) and source.tally else 0


def nth_element(index: int, count: int, lang: Lang) -> str:
    if index == count:
        return "otherwise"
    return say("nth", lang, number=index + 1)
