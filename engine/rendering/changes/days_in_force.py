"""Which versions of a policy are in force on which days on both sides, in words, and the days without rules."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.model.change import PolicyDiff, Span
from engine.model.comparison import Backward
from engine.model.period import iso_text
from engine.rendering.changes import change_terms
from engine.rendering.counts import pick
from engine.rendering.terms import Lang


class SpanView(Struct, frozen=True):
    """Days and what holds on them; `loud` where there are rules on one side alone, which no intent covers."""

    span: Span
    days: str
    text: str
    loud: bool


def span_views(changed: PolicyDiff, lang: Lang) -> tuple[SpanView, ...]:
    """All days of a policy where there is more than one version, or a day without rules; nothing else is worth telling."""
    spans = changed.spans
    if all(one.old is None for one in spans) or (len(spans) == 1 and not spans[0].bare):
        return ()
    return tuple(SpanView(one, days_text(one, lang), span_text(one, lang), is_loud(one)) for one in spans)


def is_loud(span: Span) -> bool:
    """Whether there are rules on one side alone, and not because an ended version's file is gone."""
    return span.bare and not span.expired


def days_text(span: Span, lang: Lang) -> str:
    """`2025-03-12 至 2025-12-31`, `2026-01-01 起`."""
    first = iso_text(span.first)
    if span.last is None:
        return pick(f"{first} 起", f"from {first}", lang)
    return pick(f"{first} 至 {iso_text(span.last)}", f"{first} to {iso_text(span.last)}", lang)


def span_text(span: Span, lang: Lang) -> str:
    """Which version stands in place of which, and the direction of that."""
    old, new = (one.version if one else "" for one in (span.old, span.new))
    if span.expired:
        return pick(
            f"{old} 已到期，文件删去，这些日子不能再评价",
            f"{old} has ended and its file is gone: these days cannot be evaluated any more",
            lang,
        )
    if span.new is None:
        return pick(f"不再有施行的版本（原为 {old}）", f"no version is in force any more ({old} was)", lang)
    if span.old is None:
        return pick(f"原来没有施行的版本，现为 {new}", f"no version was in force, {new} is now", lang)
    assert span.direction is not None
    if old == new and span.direction == "neutral":
        return pick(f"{new}，不变", f"{new} as before", lang)
    shown = new if old == new else f"{old} → {new}"
    return f"{shown}  {change_terms.direction_text(span.direction, lang)}"


def backward_text(past: Backward | None, lang: Lang) -> str:
    """`溯及既往：已过的日子（2025-01-01 至 2025-11-30）也按新规定评价，…`; empty where a change is about days to come alone."""
    if past is None:
        return ""
    first = iso_text(past.first)
    if past.last is None:
        zh, en = f"{first} 起", f"from {first}"
    else:
        zh, en = f"{first} 至 {iso_text(past.last)}", f"{first} to {iso_text(past.last)}"
    return pick(
        f"溯及既往：已过的日子（{zh}）也按新规定评价，那些日子的结果可能改变",
        f"works backwards: days already past ({en}) are evaluated by the new rules too, and their results may change",
        lang,
    )


def timeless_text(lang: Lang) -> str:
    """That what common files say holds on past days too."""
    return pick(
        "公共文件没有施行日期：已过的日子也按新的内容评价，那些日子的结果可能改变",
        "common files begin on no day: days already past are evaluated by them too, and their results may change",
        lang,
    )


def bare_text(changed: PolicyDiff, lang: Lang) -> Iterator[str]:
    """What no intent covers of two versions, for the line that says how they stand to the declared one."""
    if changed.lost:
        yield pick("有的日子不再有施行的版本", "on some days no version is in force any more", lang)
    if changed.begun:
        yield pick("有的日子原来没有施行的版本", "on some days no version was in force", lang)
    if changed.missed:
        yield pick("有的引用不再找得到", "some references find nothing any more", lang)
