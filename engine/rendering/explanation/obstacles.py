"""Why a record does not count, in words."""

from __future__ import annotations

from typing import assert_never

from engine.model.period import OwnPeriod, Period, Window, iso_text
from engine.model.policy import FromRecords
from engine.model.uncounted import Uncounted
from engine.rendering.changes.tally_text import branch_text
from engine.rendering.explanation.context import Context
from engine.rendering.phrases import say
from engine.rendering.publicity_text import length_text
from engine.rendering.sentences import Sentences

_say = Sentences("explain").sentence


def obstacle_text(reason: Uncounted, context: Context) -> str:
    """`已于 2025-06-01 修复`, `超出计算期间（近24个月）`."""
    lang, source = context.lang, _source(reason, context)
    match reason.obstacle:
        case "revoked" | "other_model":
            return _say(f"not-{reason.obstacle.replace('_', '-')}", lang)
        case "repaired" | "ended" | "future":
            return _say(f"not-{reason.obstacle}", lang, day=iso_text(reason.day or 1))
        case "no_period":
            assert source.own_period is not None
            title = context.outcome.policy.attributes[source.own_period.attribute].field.title
            return _say("not-no-period", lang, title=title)
        case "window":
            return _say("not-window", lang, window=_window(source, context))
        case "too_recent":
            assert source.before is not None
            return _say("not-too-recent", lang, length=length_text(source.before, lang), day=iso_text(reason.day or 1))
        case "displaced":
            return _say("not-displaced", lang, count=source.newest or 1)
        case "unmatched":
            assert reason.lacking is not None
            outcome = context.outcome
            requirement = branch_text(reason.lacking, source.category, outcome.policy, outcome.model, lang)
            return _say("not-unmatched", lang, asked=requirement)
        case "without_field" | "merged":
            return _say(f"not-{reason.obstacle.replace('_', '-')}", lang, field=_field(reason, source, context))
        case never:
            assert_never(never)


def _source(reason: Uncounted, context: Context) -> FromRecords:
    source = context.outcome.model.facts[reason.fact].source
    assert isinstance(source, FromRecords)
    return source


def _field(reason: Uncounted, source: FromRecords, context: Context) -> str:
    fields = context.outcome.policy.categories[source.category].fields
    name = str(reason.field)
    return fields[name].title if name in fields else name


def _window(source: FromRecords, context: Context) -> str:
    """`近24个月`, `上一年度`, a subject's own period by its first and last day."""
    lang = context.lang
    match source.window:
        case None:
            return ""
        case Window(count, unit):
            return say(f"window-{unit}-short", lang, count=count)
        case Period(unit, back):
            return say(f"period-{'last' if back else 'this'}-{unit}", lang)
        case OwnPeriod() as period:
            since = context.view.subject.attributes.get(period.attribute)
            days = None if since is None else period.days(int(since), context.outcome.as_of)
            return "" if days is None else _say("from-to", lang, first=iso_text(days[0]), last=iso_text(days[1]))
