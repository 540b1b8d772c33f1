"""Which versions of a policy are in force on which days on both sides, in words, and the days without rules."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.model.change import PolicyDiff, Span
from engine.model.comparison import Backward
from engine.model.period import iso_text
from engine.rendering.changes import change_terms
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("impact").sentence


class SpanView(Struct, frozen=True):
    """Days and what holds on them; `loud` where there are rules on one side alone, which no intent covers."""

    span: Span
    days: str
    text: str
    loud: bool


def span_views(changed: PolicyDiff, lang: Lang) -> tuple[SpanView, ...]:
    """All days of a policy where there is more than one version, or a day without rules; nothing else is worth telling."""
    spans = changed.spans
    if all(span.old is None for span in spans) or (len(spans) == 1 and not spans[0].bare):
        return ()
    return tuple(SpanView(span, days_text(span, lang), span_text(span, lang), is_loud(span)) for span in spans)


def is_loud(span: Span) -> bool:
    """Whether there are rules on one side alone, and not because an ended version's file is gone."""
    return span.bare and not span.expired


def days_text(days: Span | Backward, lang: Lang) -> str:
    """`2025-03-12 至 2025-12-31`, `2026-01-01 起`."""
    first = iso_text(days.first)
    if days.last is None:
        return sentence("days-from", lang, first=first)
    return sentence("days-between", lang, first=first, last=iso_text(days.last))


def span_text(span: Span, lang: Lang) -> str:
    """Which version stands in place of which, and the direction of that."""
    old, new = (policy.version if policy else "" for policy in (span.old, span.new))
    if span.expired:
        return sentence("version-expired", lang, old=old)
    if span.new is None:
        return sentence("version-lost", lang, old=old)
    if span.old is None:
        return sentence("version-begun", lang, new=new)
    assert span.direction is not None
    if old == new and span.direction == "neutral":
        return sentence("version-unchanged", lang, new=new)
    versions = new if old == new else f"{old} → {new}"
    return f"{versions}  {change_terms.direction_text(span.direction, lang)}"


def backward_text(past: Backward | None, lang: Lang) -> str:
    """`溯及既往：已过的日子（2025-01-01 至 2025-11-30）也按新规定评价，…`; empty where a change is about days to come alone."""
    return sentence("works-backwards", lang, days=days_text(past, lang)) if past else ""


def timeless_text(lang: Lang) -> str:
    """That what common files say holds on past days too."""
    return sentence("common-files-timeless", lang)


def bare_text(changed: PolicyDiff, lang: Lang) -> Iterator[str]:
    """What no intent covers of two versions, for the line that says how they stand to the declared one."""
    if changed.lost:
        yield sentence("some-days-lost", lang)
    if changed.begun:
        yield sentence("some-days-begun", lang)
    if changed.missed:
        yield sentence("some-references-lost", lang)
