"""What somebody can do about a result: object to it, have what is against him repaired, and ask."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Category, PublicityTerm
from engine.model.period import NEVER, Window, iso_text
from engine.model.policy import Notices, Policy
from engine.model.subject import Record
from engine.rendering.explanation.context import Context, counts, counts_for, reference
from engine.rendering.explanation.outline import Block, Grid, Lines, Paragraph, Row
from engine.rendering.phrases import with_label
from engine.rendering.sentences import Lang, Sentences

_say = Sentences("explain").sentence


def rights_lines(policy: Policy, lang: Lang) -> Lines:
    """How to object, to repair and to ask, as the policy says it, or else as the plan of the city does."""
    notices = policy.notices or Notices()
    objection = notices.objection or _say("objection-text", lang)
    repair = notices.repair or _say("repair-text", lang)
    contact = notices.contact or _say("contact-text", lang, authority=policy.authority)
    texts = (("objection", objection), ("repair", repair), ("contact", contact))
    return Lines(tuple(with_label(_say(name, lang), text, lang) for name, text in texts))


def rights_without_result(lang: Lang) -> Lines:
    """How to get a result, to object and to ask, where the policy is not known: as the plan of the city has it."""
    texts = (("supply", "supply-text"), ("objection", "objection-text"), ("contact", "contact-unnamed"))
    return Lines(tuple(with_label(_say(name, lang), _say(text, lang), lang) for name, text in texts))


def repairs(context: Context) -> Iterator[Block]:
    """For each adverse record that counts how it is repaired, and how long it is made public."""
    against = [record for record in context.view.subject.records if counts(record, context) and _is_adverse(record, context)]
    if against:
        yield Paragraph(_say("repairs", context.lang))
        heads = tuple(_say(f"head-{name}", context.lang) for name in ("number", "repair", "publicity"))
        yield Grid(heads, (7, 45, 48), tuple(_repair(record, context) for record in against))


def _is_adverse(record: Record, context: Context) -> bool:
    """By the catalogue, or by a fact that counts it and calls itself adverse."""
    if context.outcome.policy.categories[record.category].direction == "adverse":
        return True
    facts = context.outcome.model.facts
    return any(counts_for(record, name, context) and fact.direction == "adverse" for name, fact in facts.items())


def _repair(record: Record, context: Context) -> Row:
    category, lang = context.outcome.policy.categories[record.category], context.lang
    how = category.repair or _say("repair-unstated", lang)
    texts = [how] if record.source is None else [how, _say("repair-where", lang, source=record.source)]
    publicity = [category.publicity or _say("publicity-unstated", lang)]
    longest = _longest(category, record)
    if longest is not None and longest < NEVER:
        publicity.append(_say("publicity-until", lang, day=iso_text(longest)))
    return Row((reference(record.id, context), "\n".join(texts), "\n".join(publicity)))


def _longest(category: Category, record: Record) -> int | None:
    """The last day of the longest publicity of a record by the term of its day; None where the catalogue states none."""
    term = next((term for term in category.publicity_terms if term.since <= record.date), None)
    window = _window(term, record) if term is not None else None
    return None if window is None else window.span(record.date)[1]


def _window(term: PublicityTerm, record: Record) -> Window | None:
    if term.by is None:
        return term.longest
    value = record.fields.get(term.by)
    return term.longest_by.get(value) if isinstance(value, str) else None
