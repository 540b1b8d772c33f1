"""The subject's records: those that count, each once under its number, and those that do not, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.model.condition import tests
from engine.model.period import NEVER, OwnPeriod, iso_text
from engine.model.policy import FromRecords, record_conditions
from engine.model.subject import Record
from engine.model.uncounted import Uncounted
from engine.rendering.explanation.context import Context, counts, counts_for, field_text, reference
from engine.rendering.explanation.obstacles import obstacle_text
from engine.rendering.explanation.outline import Block, Grid, Paragraph, Row
from engine.rendering.phrases import bracketed, listed, with_commas
from engine.rendering.sentences import Sentences
from engine.rendering.terms import term

_say = Sentences("explain").sentence

FEW_FIELDS = 6
"""So many fields of a record are told whatever they are; of more only those that the model looks at."""

TOLD_BESIDE = ("revoked", "repaired", "without_field")
"""Why a record that counts for one fact does not for another, where that is news to whom it concerns."""


def counted_blocks(context: Context) -> Iterator[Block]:
    """The records that count, with the last day on which they do."""
    records = [record for record in context.view.subject.records if counts(record, context)]
    if not records:
        yield Paragraph(_say("no-records", context.lang))
        return
    rows = tuple(
        Row((reference(record.id, context), _counted_text(record, context), _until(record, context))) for record in records
    )
    heads = tuple(_say(f"head-{name}", context.lang) for name in ("number", "record", "counts-until"))
    yield Grid(heads, (7, 68, 25), rows)


def uncounted_blocks(context: Context) -> Iterator[Block]:
    """The records that count for nothing, each with its reasons; none where all count."""
    passed_over = {reason.record for reason in context.view.uncounted}
    records = [record for record in context.view.subject.records if record.id in passed_over and not counts(record, context)]
    if not records:
        return
    rows = tuple(
        Row((reference(record.id, context), record_text(record, context), "\n".join(_reasons(record, context))))
        for record in records
    )
    heads = tuple(_say(f"head-{name}", context.lang) for name in ("number", "record", "why-not"))
    yield Grid(heads, (7, 43, 50), rows)


def _counted_text(record: Record, context: Context) -> str:
    """A record, and why it does not count elsewhere: for auditors in full."""
    reasons = [reason for reason in context.view.uncounted if reason.record == record.id]
    if context.reader != "auditor":
        reasons = [reason for reason in reasons if reason.obstacle in TOLD_BESIDE and reason.matches]
    return "\n".join([record_text(record, context), *_folded(reasons, context, always_named=True)])


def _reasons(record: Record, context: Context) -> Iterator[str]:
    """For others than auditors those of the facts that the record would count for but for them; of all facts where there are none."""
    reasons = [reason for reason in context.view.uncounted if reason.record == record.id]
    would_count = [reason for reason in reasons if reason.matches]
    yield from _folded(would_count if would_count and context.reader != "auditor" else reasons, context)


def _folded(reasons: Iterable[Uncounted], context: Context, always_named: bool = False) -> Iterator[str]:
    """Each reason once, with the facts that have it where there are others with another."""
    by_text: dict[str, list[str]] = {}
    for reason in reasons:
        title = context.outcome.model.facts[reason.fact].title
        by_text.setdefault(obstacle_text(reason, context), []).append(title)
    for text, titles in by_text.items():
        named = always_named or len(by_text) > 1
        yield _say("for-facts", context.lang, reason=text, facts=listed(titles, context.lang)) if named else text


def record_text(record: Record, context: Context) -> str:
    """2025-03-30 投诉举报，查证属实 是，12345热线，编号 ts-1."""
    category = context.outcome.policy.categories[record.category]
    fields = [name for name in record.fields if name in category.fields]
    if len(fields) > FEW_FIELDS and context.reader != "auditor":
        looked_at = set(_fields_read(record.category, context))
        fields = [name for name in fields if name in looked_at]
    texts = [
        f"{category.fields[name].title} {field_text(category.fields[name], record.fields[name], context.lang)}"
        for name in fields
    ]
    parts = [f"{iso_text(record.date)} {category.title}", *texts]
    if record.source:
        parts.append(record.source)
    if record.status not in ("valid", "revoked", "repaired"):
        parts.append(term(record.status, context.lang))
    return f"{with_commas(parts, context.lang)}{bracketed(_say('record-id', context.lang, id=record.id), context.lang)}"


def _fields_read(category: str, context: Context) -> Iterator[str]:
    for fact in context.outcome.model.facts.values():
        match fact.source:
            case FromRecords(category=read) as source if read == category:
                yield from (name for name in (source.field, source.weighted_by, source.once_per) if name is not None)
                yield from (test.name for condition in record_conditions(source) for test in tests(condition))
            case _:
                pass


def _until(record: Record, context: Context) -> str:
    """The last day on which the record counts; the facts are named where it is another one for each."""
    by_day: dict[int, list[str]] = {}
    for name, fact in context.outcome.model.facts.items():
        match fact.source:
            case FromRecords(category=category) as source if category == record.category and counts_for(record, name, context):
                by_day.setdefault(_last_counted(source, context, record), []).append(fact.title)
            case _:
                pass
    if len(by_day) == 1:
        return _day(next(iter(by_day)), context)
    lang = context.lang
    return "\n".join(
        _say("until-for", lang, day=_day(day, context), facts=listed(titles, lang)) for day, titles in by_day.items()
    )


def _day(day: int, context: Context) -> str:
    return iso_text(day) if day < NEVER - 1 else _say("no-end", context.lang)


def _last_counted(source: FromRecords, context: Context, record: Record) -> int:
    """The last day on which a source counts a record; 0 where it never does."""
    last = record.last_day_repaired if source.include_repaired else record.last_day
    match source.window:
        case None:
            return last
        case OwnPeriod() as period:
            since = context.view.subject.attributes.get(period.attribute)
            span = None if since is None else period.span(int(since), record.date)
            return 0 if span is None else min(last, span[1])
        case window:
            return min(last, window.span(record.date)[1])
