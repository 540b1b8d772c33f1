"""How the score came about: each dimension, indicator and adjustment with its facts, working and basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.model.condition import facts_in
from engine.model.evaluation import IndicatorResult
from engine.model.number import two_decimals
from engine.model.scoring import Dimension, Form, form_facts
from engine.rendering.explanation.context import (
    Context,
    cited,
    condition_phrase,
    fact_title,
    fact_value,
    number_text,
    placed,
    signed,
)
from engine.rendering.explanation.outline import Grid, Row
from engine.rendering.explanation.working import score_working
from engine.rendering.sentences import Sentences

_say = Sentences("explain").sentence

INDENT = "  "


def points_table(context: Context) -> Grid:
    """A row each, the score last."""
    heads = tuple(_say(f"head-{name}", context.lang) for name in ("indicator", "points", "facts", "working", "basis"))
    rows = (*_base(context), *_dimensions(context), *_adjustments(context), _total(context))
    return Grid(heads, (20, 12, 25, 24, 19), rows, numbers=(1,))


def _base(context: Context) -> Iterator[Row]:
    if context.outcome.model.base is not None:
        yield Row((_say("base", context.lang), number_text(context.outcome.model.base), "", "", ""), "group")


def _dimensions(context: Context) -> Iterator[Row]:
    lang = context.lang
    for dimension, result in zip(context.outcome.model.dimensions, context.reasoning.dimensions, strict=True):
        counts = ""
        if dimension.counts_for is not None:
            counts = _say("counts-for", lang, share=number_text(result.share), full=number_text(dimension.counts_for))
        points = f"{number_text(result.points)} / {number_text(dimension.points)}"
        yield Row((dimension.title, points, counts, "", cited(context, (), dimension.quote)), "group")
        yield from (_indicator(dimension, indicator, context) for indicator in result.indicators)


def _indicator(dimension: Dimension, result: IndicatorResult, context: Context) -> Row:
    indicator = next(part for part in dimension.indicators if part.id == result.id)
    path = ("dimensions", dimension.id, "indicators", indicator.id)
    title = placed(f"{INDENT}{indicator.title}", context, *path)
    basis = cited(context, indicator.basis, indicator.quote)
    if result.points is None:
        condition = condition_phrase(indicator.only_when, context) if indicator.only_when else ""
        return Row((title, "–", "", _say("left-out", context.lang, condition=condition), basis))
    points = f"{number_text(result.points)} / {number_text(indicator.points)}"
    if indicator.none_when is not None and indicator.id in context.view.none:
        how = _say("none-when", context.lang, condition=condition_phrase(indicator.none_when, context))
        return Row((title, points, _values(facts_in(indicator.none_when), context), how, basis))
    how = score_working(indicator.form, context.view.applied.get(indicator.id), result.points, context)
    return Row((title, points, _read(indicator.form, context), how, basis))


def _adjustments(context: Context) -> Iterator[Row]:
    bounds = context.outcome.model.adjustments
    if not bounds:
        return
    limits = f"{number_text(bounds.at_least)} … {number_text(bounds.at_most)}"
    title = _say("deductions" if bounds.at_most == 0 else "adjustments", context.lang)
    yield Row((title, signed(context.reasoning.adjustment), limits, "", ""), "group")
    points_of = dict(context.reasoning.items)
    for item in context.outcome.model.items():
        added = points_of[item.id]
        how = score_working(item.form, context.view.applied.get(item.id), added, context)
        name = placed(f"{INDENT}{item.title}", context, "adjustments", "items", item.id)
        yield Row((name, signed(added), _read(item.form, context), how, cited(context, item.basis, item.quote)))


def _total(context: Context) -> Row:
    outcome = context.outcome
    total = f"{two_decimals(outcome.score or 0)} / {number_text(outcome.policy.scale.full)}"
    why = ""
    if context.reasoning.rounded_score != outcome.score:
        why = _say("capped", context.lang, points=two_decimals(context.reasoning.rounded_score or 0))
    return Row((_say("total", context.lang), total, why, "", ""), "total")


def _read(form: Form, context: Context) -> str:
    """The facts that a form reads, with their values."""
    return _values(form_facts(form), context)


def _values(names: Iterable[str], context: Context) -> str:
    """Facts with their values, each once; several that are 0 are folded into one line, but for auditors."""
    named = list(dict.fromkeys(names))
    fold = len(named) > 1 and context.reader != "auditor"
    zeros = [name for name in named if fold and type(context.outcome.facts[name]) is int and context.outcome.facts[name] == 0]
    lines = [f"{fact_title(name, context)} {fact_value(name, context)}" for name in named if name not in zeros]
    if len(zeros) == 1:
        lines.append(f"{fact_title(zeros[0], context)} {fact_value(zeros[0], context)}")
    elif zeros:
        lines.append(_say("other-facts-nothing" if lines else "all-facts-nothing", context.lang))
    return "\n".join(lines)
