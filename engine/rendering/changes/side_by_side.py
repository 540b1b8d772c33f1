"""Two results of one subject side by side: all that the reasoning of either says."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.evaluation import Evaluation, Outcome
from engine.model.number import shortest, two_decimals
from engine.rendering.annex.labels import fact_names, labelled
from engine.rendering.changes.impact import state
from engine.rendering.condition_text import value_text
from engine.rendering.counts import pick
from engine.rendering.terms import Lang, term

Listed = tuple[str, ...]


def side_by_side(old: Outcome, new: Outcome, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Points, facts, vetoes and measures of both results: what it is, the old one's and the new one's.

    Of vetoes and measures that are not the same each side tells those that the other has not.
    """
    sides = [_side(one, lang) for one in (old, new)]
    for what in sorted(
        dict.fromkeys([*sides[0], *sides[1]]), key=lambda one: isinstance(sides[1].get(one, sides[0].get(one)), tuple)
    ):
        yield what, *_apart(sides[0].get(what, "–"), sides[1].get(what, "–"), lang)


def _apart(old: str | Listed, new: str | Listed, lang: Lang) -> tuple[str, str]:
    """Both as texts."""
    by, none = pick("；", "; ", lang), pick("无", "none", lang)
    if isinstance(old, str) or isinstance(new, str) or old == new:
        texts = [one if isinstance(one, str) else by.join(one) or none for one in (old, new)]
        return texts[0], texts[1]
    only = [by.join(one for one in mine if one not in others) for mine, others in ((old, new), (new, old))]
    return only[0] or "–", only[1] or "–"


def _side(outcome: Outcome, lang: Lang) -> dict[str, str | Listed]:
    """What a result says, by what it is."""
    if not isinstance(outcome, Evaluation):
        return {pick("结果", "Result", lang): state(outcome, lang)}
    model, found = outcome.model, dict[str, str | Listed]()
    if outcome.score is not None:
        found[pick("得分", "Score", lang)] = two_decimals(outcome.score)
    if outcome.level is not None:
        found[pick("等级", "Level", lang)] = f"{outcome.level} {outcome.grade}"
    if outcome.reasoning is not None:
        named = {one.id: one.title for one in model.indicators()}
        items = {one.id: one.title for one in model.items()}
        for dimension in outcome.reasoning.dimensions:
            for one in dimension.indicators:
                found[pick("指标 ", "Indicator ", lang) + named[one.id]] = "–" if one.points is None else shortest(one.points)
        for name, points in outcome.reasoning.items:
            found[pick("加减分 ", "Adjustment ", lang) + items[name]] = shortest(points)
    names = fact_names(outcome.policy, model)
    for name, value in outcome.facts.items():
        said = labelled(value, names[name]) if lang != "en" else value_text(value, lang)
        found[pick("事实 ", "Fact ", lang) + names[name].title] = said
    found[pick("一票否决", "Vetoes", lang)] = tuple(one.title for one in model.vetoes if one.id in outcome.vetoes)
    measures = (one for one in model.measures if one.id in outcome.measures)
    found[pick("措施", "Measures", lang)] = tuple(f"{term(one.kind, lang)} {one.title}" for one in measures)
    return found
