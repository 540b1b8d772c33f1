"""Where a fact comes from (数据口径): category, time, who collects it, and what an absent value becomes."""

from __future__ import annotations

from collections.abc import Container, Iterable

from engine.model.number import ONE, shortest
from engine.model.period import OwnPeriod, Period, Window
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    RejectMissing,
    Total,
    UseFact,
)
from engine.rendering.annex.labels import Names, amount, field_names, labelled, phrase
from engine.rendering.annex.official import ANNEX_LANG, official
from engine.rendering.annex.tallies import values_phrase
from engine.rendering.phrases import say
from engine.rendering.sentences import Lang


def fact_sources(facts: Iterable[str], policy: Policy, model: Model, names: Names, in_standard: Container[str] = ()) -> str:
    """A line for each of the facts and for each that they need, in that order.

    What each record counts as is not said of those whose branches stand `in_standard` beside it.
    """
    lines = [_line(model.facts[name], policy, model, names, name in in_standard) for name in model.needed(facts)]
    return "\n".join(lines)


def _line(fact: Fact, policy: Policy, model: Model, names: Names, in_standard: bool) -> str:
    source = fact_source(fact, policy, model, names, in_standard)
    return official("source-line-official", title=fact.title, source=source)


def fact_source(fact: Fact, policy: Policy, model: Model, names: Names, in_standard: bool = False) -> str:
    """Where one fact comes from, as a phrase."""
    source = _source(fact, policy, model, names, in_standard)
    match fact.if_missing:
        case None:
            return source
        case RejectMissing():
            return official("missing-rejected-official", source=source)
        case UseFact(name):
            return official("missing-fact-official", source=source, title=names[name].title)
        case bool() | str() as value:
            return official("missing-text-official", source=source, value=labelled(value, names[fact.id]))
        case value:
            named = names[fact.id]
            number = labelled(value, named) if named.type == "date" else amount(value, named.unit)
            return official("missing-number-official", source=source, value=number)


def _source(fact: Fact, policy: Policy, model: Model, names: Names, in_standard: bool) -> str:
    match fact.source:
        case FromRecords() as records:
            return _records(records, policy, model, in_standard)
        case FromAttribute(kind, name):
            title = policy.attributes[name].field.title
            if kind in ("years_since", "days_until"):
                return official(f"attribute-{kind}-official", title=title)
            return official("attribute-official" if title == fact.title else "attribute-titled-official", title=title)
        case Ratio(of, to, per):
            how = "ratio-official" if per == ONE else "ratio-times-official"
            return official(how, of=names[of].title, to=names[to].title, times=shortest(per))
        case Total(facts):
            return official("plus").join(official("quoted", text=names[name].title) for name in facts)
        case MemberCount():
            return official("members")


def _records(source: FromRecords, policy: Policy, model: Model, in_standard: bool) -> str:
    category = policy.categories[source.category]
    fields = field_names(policy, source.category)
    records = official("records-of-official", window=_when(source, policy), category=category.title)
    if source.newest is not None:
        records = official("records-newest-official", records=records, count=source.newest)
    if source.where is not None:
        condition = phrase(source.where, model, fields)
        records = official("records-where-official", records=records, condition=condition)
    text = official(
        f"records-official-{source.kind}{'-weighted' if source.kind == 'mean' and source.weighted_by else ''}",
        records=records,
        field=fields[source.field].title if source.field is not None else "",
        weight=fields[source.weighted_by].title if source.weighted_by else "",
    )
    if source.tally is not None and in_standard:
        text = official("tally-by-standard-official", sum=text)
    if source.once_per is not None:
        how = f"records-once-{source.kind}-official"
        text = official(how, source=text, field=fields[source.once_per].title)
    if source.include_repaired:
        text = official("records-repaired-official", source=text)
    by = category.collection.get("by")
    if by:
        text = official("records-collected-official", source=text, by=by)
    if source.tally is not None and not in_standard:
        text = official("tally-by-values-official", sum=text, values=values_phrase(source, source.tally, policy, model))
    return text


def _when(source: FromRecords, policy: Policy) -> str:
    before = None if source.before is None else _length(source.before)
    match source.window:
        case Window(count, unit) as window:
            if before is None:
                return official(f"window-{unit}-official", count=count)
            return official("window-between-official", window=_length(window), before=before)
        case Period() as period:
            return period_text(period, ANNEX_LANG)
        case OwnPeriod() as period:
            return own_period_text(period, policy, ANNEX_LANG)
        case None:
            return official("window-none-official" if before is None else "window-before-official", before=before or "")


def _length(window: Window) -> str:
    return official(f"length-{window.unit}-official", count=window.count)


def own_period_text(period: OwnPeriod, policy: Policy, lang: Lang) -> str:
    """自“领证日期”起每12个月为一期的本期."""
    years, rest = divmod(period.months, 12)
    unit, count = ("months", period.months) if rest else ("years", years)
    title = policy.attributes[period.attribute].field.title
    return say(f"own-period-{'last' if period.back else 'this'}-{unit}", lang, title=title, count=count)


def period_text(period: Period, lang: Lang) -> str:
    """上一年度, last year."""
    return say(f"period-{'last' if period.back else 'this'}-{period.unit}", lang)
