"""Awards: points that somebody has awarded, and that lay outside of what their band allows (超出评定区间)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.evaluating.conditions import Holds, Values, compile_condition
from engine.model.number import shortest
from engine.model.policy import Model
from engine.model.problem import Path, Problem
from engine.model.scale import Scale
from engine.model.scoring import Award, Indicator, Item, Points, alternatives, awards

Applied = Callable[[Values], Points]


def compile_awards(model: Model, scale: Scale) -> Callable[[Values], Iterator[Problem]] | None:
    """A warning for each award that was brought to a bound; None where the model lets nobody award anything."""
    elements = [
        (path, element, _counted(element, scale), _applied(element, scale))
        for path, element in model.scored()
        if any(awards(element.form))
    ]
    if not elements:
        return None

    def outside(values: Values) -> Iterator[Problem]:
        for path, element, counted, applied in elements:
            points = applied(values) if counted(values) else 0
            if isinstance(points, Award) and not points.at_least <= values[points.fact] <= points.at_most:
                yield _warning(model, path, element, points, values[points.fact])

    return outside


def _counted(element: Indicator | Item, scale: Scale) -> Holds:
    """Whether it gives points at all."""
    if isinstance(element, Indicator) and element.only_when is not None:
        return compile_condition(element.only_when, scale)
    return lambda values: True


def _applied(element: Indicator | Item, scale: Scale) -> Applied:
    """The points of the first band, choice or branch that holds."""
    ways = [(compile_condition(way.when, scale) if way.when else None, way.points) for way in alternatives(element.form)]

    def applied(values: Values) -> Points:
        return next((points for when, points in ways if when is None or when(values)), 0)

    return applied


def _warning(model: Model, path: Path, element: Indicator | Item, award: Award, awarded: int) -> Problem:
    bounds = {"at_least": shortest(award.at_least), "at_most": shortest(award.at_most)}
    values = {
        "element": element.id, "title": element.title, "fact": award.fact, "fact_title": model.facts[award.fact].title,
        "awarded": shortest(awarded), **bounds, "counted": bounds["at_least" if awarded < award.at_least else "at_most"],
    }  # fmt: skip
    return Problem("award_outside", path, values, "warning")
