"""Why no record stands behind a fact, and what the fact is then: the words of the page for a company."""

from __future__ import annotations

from engine.model.catalogue import Category
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation
from engine.model.policy import Fact, FromRecords, RejectMissing, UseFact
from engine.model.subject import Subject
from engine.rendering.condition_text import title_of, value_text
from engine.rendering.phrases import say
from engine.rendering.sentences import Lang, Sentences

_say = Sentences("explain").sentence


def absence_text(fact: Fact, source: FromRecords, outcome: Evaluation, subject: Subject, lang: Lang) -> str:
    """`无记录`, or that the subject has no period of its own; what counts instead only where the value is really missing."""
    no_period = _no_period(source, outcome, subject, lang)
    if no_period is not None:
        return missing_text(fact, no_period, outcome, lang)
    what = say("no-record", lang)
    counts = source.kind in ("count", "exists", "sum", "tally")
    if counts and not _not_collected(outcome.policy.categories[source.category], outcome, subject):
        return what  # nothing is a value: 0, or no
    return missing_text(fact, what, outcome, lang)


def missing_text(fact: Fact, what: str, outcome: Evaluation, lang: Lang) -> str:
    """What stands in for a value that is not there."""
    match fact.if_missing:
        case None | RejectMissing():
            return what
        case UseFact(name):
            return say("missing-fact-explained", lang, what=what, title=title_of(name, outcome.model, lang))
        case value:
            return say("missing-value-explained", lang, what=what, value=value_text(value, lang))


def _no_period(source: FromRecords, outcome: Evaluation, subject: Subject, lang: Lang) -> str | None:
    """That the subject lacks the day from which its periods run, or that the period does not exist yet."""
    period = source.own_period
    if period is None:
        return None
    title = outcome.policy.attributes[period.attribute].field.title
    since: Plain | None = subject.attributes.get(period.attribute)
    if since is None:
        return _say("no-period-without", lang, title=title)
    if period.days(int(since), outcome.as_of) is None:
        return _say("no-period-yet", lang, title=title)
    return None


def _not_collected(category: Category, outcome: Evaluation, subject: Subject) -> bool:
    """Whether the absence of records says nothing: it is not known to be collected at all for this subject."""
    return category.not_collected and not any(
        record.category == category.id and record.date <= outcome.as_of for record in subject.records
    )
