"""What follows from the facts: the level, vetoes that hold or do not, measures with their terms, and the level above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.number import two_decimals
from engine.model.policy import Measure, Veto
from engine.rendering.condition_text import effects, value_text
from engine.rendering.explanation.context import Context, cited, condition_phrase, failing, number_text, placed
from engine.rendering.explanation.outline import Block, Grid, Lines, Paragraph, Row
from engine.rendering.phrases import as_clauses, say, with_commas, with_label, with_semicolons
from engine.rendering.sentences import Sentences
from engine.rendering.terms import term

_say = Sentences("explain").sentence


def decision_lines(context: Context) -> Lines:
    """The conditions of each level, where there is no score."""
    decisions, lang = context.outcome.model.decisions, context.lang
    assert decisions
    texts = [with_label(level, condition_phrase(when, context), lang) for when, level in decisions.branches]
    return Lines((*texts, with_label(decisions.otherwise, say("otherwise", lang), lang)))


def vetoes_table(context: Context, vetoes: Sequence[Veto]) -> Grid:
    """Whether each holds, in words, and why."""
    heads = tuple(_say(f"head-{name}", context.lang) for name in ("veto", "holds", "why", "basis"))
    return Grid(heads, (28, 10, 42, 20), tuple(_veto(veto, context) for veto in vetoes))


def _veto(veto: Veto, context: Context) -> Row:
    lang, title = context.lang, placed(veto.title, context, "vetoes", veto.id)
    basis = cited(context, veto.basis, veto.quote)
    if veto.id not in context.outcome.vetoes:
        why = context.view.unmet_vetoes.get(veto.id)
        return Row((title, _say("holds-not", lang), failing(why, context) if why else "", basis))
    last = context.reasoning.last_level
    results = as_clauses(effects(veto, lang, last=last), lang)
    if veto.above_previous is not None and last is None:
        results = as_clauses([results, say("effect-previous-none", lang)], lang)
    why_text = _say("veto-effect", lang, condition=condition_phrase(veto.when, context), effects=results)
    return Row((title, _say("holds", lang), why_text, basis), "total")


def measures_blocks(context: Context) -> Iterator[Block]:
    """Those that apply."""
    applying = [measure for measure in context.outcome.model.measures if measure.id in context.outcome.measures]
    if not applying:
        yield Paragraph(_say("no-measures", context.lang))
        return
    heads = tuple(_say(f"head-{name}", context.lang) for name in ("measure", "kind", "basis"))
    yield Grid(heads, (50, 22, 28), tuple(_measure(measure, context) for measure in applying))


def _measure(measure: Measure, context: Context) -> Row:
    lang = context.lang
    terms = [
        f"{name} {number_text(value) if type(value) is int else value_text(value, lang)}"
        for name, value in measure.terms.items()
    ]
    what = placed(with_commas([measure.title, *terms], lang), context, "measures", measure.id)
    kind = f"{term(measure.kind, lang)} · {term(measure.matter, lang)}"
    return Row((what, kind, cited(context, measure.basis, measure.quote, measure.item)))


def other_measures(context: Context) -> Lines:
    """Those that do not apply, and why; empty where all do."""
    others = (
        (part, context.view.unmet_measures.get(part.id))
        for part in context.outcome.model.measures
        if part.id not in context.outcome.measures
    )
    return Lines(tuple(with_label(part.title, failing(why, context), context.lang) for part, why in others if why))


def next_level_lines(level: str, context: Context) -> Lines:
    return Lines(tuple(_next(level, context)))


def _next(level: str, context: Context) -> Iterator[str]:
    view, model, lang = context.view, context.outcome.model, context.lang
    if view.in_the_way:
        titles = [veto.title for veto in model.vetoes if veto.id in view.in_the_way]
        how = "vetoes-in-the-way-then" if view.without_vetoes else "vetoes-in-the-way"
        yield _say(how, lang, level=level, vetoes=with_semicolons(titles, lang), then=view.without_vetoes)
    if view.unmet_level:
        yield with_label(level, failing(view.unmet_level, context), lang)
    if view.missing:
        yield _say("points-short", lang, level=level, points=two_decimals(view.missing))
        titles_by_id = {element.id: element.title for _, element in model.scored()}
        for name, gain, enough in () if view.ways else view.gains:
            how = "gain-enough" if enough else "gain"
            yield _say(how, lang, indicator=titles_by_id[name], points=number_text(gain))
