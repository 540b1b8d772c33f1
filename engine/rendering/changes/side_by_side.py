"""Two results of one subject side by side: all that the reasoning of either says."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.evaluation import Evaluation, Outcome
from engine.model.number import shortest, two_decimals
from engine.rendering.annex.labels import fact_names, labelled
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.changes.impact import state
from engine.rendering.condition_text import value_text
from engine.rendering.phrases import say, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term

Listed = tuple[str, ...]

sentence = Sentences("proof").sentence


def side_by_side(old: Outcome, new: Outcome, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Points, facts, vetoes and measures of both results: what it is, the old one's and the new one's.

    Of vetoes and measures that are not the same each side tells those that the other has not.
    """
    before, after = (_side(outcome, lang) for outcome in (old, new))
    names = dict.fromkeys([*before, *after])
    for name in sorted(names, key=lambda name: isinstance(after.get(name, before.get(name)), tuple)):
        yield name, *_apart(before.get(name, "–"), after.get(name, "–"), lang)


def _apart(old: str | Listed, new: str | Listed, lang: Lang) -> tuple[str, str]:
    """Both as texts."""
    if isinstance(old, str) or isinstance(new, str) or old == new:
        none = say("none", lang)
        before, after = (side if isinstance(side, str) else with_semicolons(side, lang) or none for side in (old, new))
        return before, after
    gone = with_semicolons((title for title in old if title not in new), lang)
    come = with_semicolons((title for title in new if title not in old), lang)
    return gone or "–", come or "–"


def _side(outcome: Outcome, lang: Lang) -> dict[str, str | Listed]:
    """What a result says, by what it is."""
    if not isinstance(outcome, Evaluation):
        return {sentence("side-result", lang): state(outcome, lang)}
    side = dict[str, str | Listed]()
    if outcome.score is not None:
        side[sentence("side-score", lang)] = two_decimals(outcome.score)
    if outcome.level is not None:
        side[sentence("side-level", lang)] = f"{outcome.level} {outcome.grade}"
    side |= dict(_points(outcome, lang))
    side |= dict(_facts(outcome, lang))
    model = outcome.model
    side[sentence("side-vetoes", lang)] = tuple(veto.title for veto in model.vetoes if veto.id in outcome.vetoes)
    measures = (measure for measure in model.measures if measure.id in outcome.measures)
    side[sentence("side-measures", lang)] = tuple(f"{term(measure.kind, lang)} {measure.title}" for measure in measures)
    return side


def _points(outcome: Evaluation, lang: Lang) -> Iterator[tuple[str, str]]:
    """Those of each indicator and item."""
    if outcome.reasoning is None:
        return
    indicators = {indicator.id: indicator.title for indicator in outcome.model.indicators()}
    items = {item.id: item.title for item in outcome.model.items()}
    for dimension in outcome.reasoning.dimensions:
        for indicator in dimension.indicators:
            points = "–" if indicator.points is None else shortest(indicator.points)
            yield sentence("side-indicator", lang, title=indicators[indicator.id]), points
    for name, points_of_item in outcome.reasoning.items:
        yield sentence("side-item", lang, title=items[name]), shortest(points_of_item)


def _facts(outcome: Evaluation, lang: Lang) -> Iterator[tuple[str, str]]:
    """In the language of the titles by the labels of their choices."""
    names = fact_names(outcome.policy, outcome.model)
    for name, value in outcome.facts.items():
        text = labelled(value, names[name]) if lang == ANNEX_LANG else value_text(value, lang)
        yield sentence("side-fact", lang, title=names[name].title), text
