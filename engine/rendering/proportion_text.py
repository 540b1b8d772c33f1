"""What one adverse record can cost, and until when it bears, in words: for proofs, and for the table of an annex."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.number import shortest
from engine.model.period import Window
from engine.model.policy import Model
from engine.model.proportion import BY_TIME, Influence
from engine.rendering.phrases import listed, with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences

SAY = Sentences("proportion").sentence


def points_text(influence: Influence, lang: Lang, costs: int | None = None) -> str:
    """最多扣12分; where no example cost so much, 不超过12分, and what was found. Before any veto."""
    if influence.points is None:
        return SAY("points-none", lang)
    if influence.points == 0:
        return SAY("points-nothing", lang)
    points = shortest(influence.points)
    if costs is None or costs == 0:
        return SAY("points-at-most", lang, points=points)
    if costs == influence.points:
        return SAY("points-most", lang, points=points)
    return SAY("points-between", lang, points=points, costs=shortest(costs))


def time_text(influence: Influence, lang: Lang) -> str:
    """满24个月为止, 到移出、解除、结清为止, 没有期限."""
    if influence.end != BY_TIME:
        return SAY(f"lasts-{influence.end.replace('_', '-')}", lang)
    match influence.window:
        case Window(count, unit):
            return SAY(f"lasts-{unit}", lang, count=count)
        case _:
            return SAY("lasts-at-most", lang, count=influence.days)


def consequences_text(influence: Influence, model: Model, lang: Lang) -> str:
    """The vetoes, restrictions and exclusions that read such records; empty where none does."""
    titles = {
        "vetoes": {veto.id: veto.title for veto in model.vetoes},
        "restrictions": {measure.id: measure.title for measure in model.measures},
        "exclusions": {exclusion.id: exclusion.title for exclusion in model.not_evaluated},
    }
    groups = {"vetoes": influence.vetoes, "restrictions": influence.restrictions, "exclusions": influence.exclusions}
    texts = (
        with_label(SAY(f"of-{name}", lang), listed((titles[name][each] for each in ids), lang), lang)
        for name, ids in groups.items()
        if ids
    )
    return with_semicolons(texts, lang)


def longest_text(influences: Iterable[Influence], lang: Lang) -> str:
    """How long after the last adverse act a subject can fare worse for it, by all categories of a model together."""
    every = list(influences)
    days = max((each.days or 0 for each in every if each.end == BY_TIME), default=0)
    others = {each.end for each in every} - {BY_TIME}
    texts = [SAY("longest-days", lang, days=days)] if days else []
    texts += [SAY(f"longest-{end.replace('_', '-')}", lang) for end in sorted(others)]
    texts += [SAY("longest-by-results", lang)] if any(each.by_results for each in every) else []
    return with_label(SAY("longest", lang), with_semicolons(texts, lang), lang)
