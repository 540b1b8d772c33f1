"""Why no record stands behind a fact, and what the fact is then: the words of the page for a company."""

from __future__ import annotations

from engine.model.condition import Plain
from engine.model.policy import Fact, FromRecords, RejectMissing, UseFact
from engine.rendering.explanation.context import Context, fact_title, named_value
from engine.rendering.phrases import say
from engine.rendering.sentences import Sentences

_say = Sentences("explain").sentence


def absence_text(fact: Fact, source: FromRecords, context: Context) -> str:
    """`无记录`, or that the subject has no period of its own; what counts instead only where the value is really missing."""
    no_period = _no_period(source, context)
    if no_period is not None:
        return missing_text(fact, no_period, context)
    what = say("no-record", context.lang)
    counts = source.kind in ("count", "exists", "sum", "tally")
    if counts and not _not_collected(source.category, context):
        return what  # nothing is a value: 0, or no
    return missing_text(fact, what, context)


def missing_text(fact: Fact, what: str, context: Context) -> str:
    """What stands in for a value that is not there."""
    match fact.if_missing:
        case None | RejectMissing():
            return what
        case UseFact(name):
            return say("missing-fact-explained", context.lang, what=what, title=fact_title(name, context))
        case str(value) if context.labels[fact.id].get(value) == what:
            return what
        case value:
            return say("missing-value-explained", context.lang, what=what, value=named_value(fact.id, value, context))


def _no_period(source: FromRecords, context: Context) -> str | None:
    """That the subject lacks the day from which its periods run, or that the period does not exist yet."""
    period, outcome = source.own_period, context.outcome
    if period is None:
        return None
    title = outcome.policy.attributes[period.attribute].field.title
    since: Plain | None = context.view.subject.attributes.get(period.attribute)
    if since is None:
        return _say("no-period-without", context.lang, title=title)
    if period.days(int(since), outcome.as_of) is None:
        return _say("no-period-yet", context.lang, title=title)
    return None


def _not_collected(category: str, context: Context) -> bool:
    """Whether the absence of records says nothing: it is not known to be collected at all for this subject."""
    return context.outcome.policy.categories[category].not_collected and not any(
        record.category == category and record.date <= context.outcome.as_of for record in context.view.subject.records
    )
