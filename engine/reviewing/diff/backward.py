"""Whether a change works backwards: on days that were past when it was made, other rules hold now."""

from __future__ import annotations

from engine.model.change import PolicyDiff
from engine.model.comparison import Backward, JudgedChange
from engine.model.period import read_day

STILL = ("neutral", "text", None)
"""Directions of a span on whose days no result differs."""


def backward(changed: PolicyDiff, judged: JudgedChange, today: int | None) -> Backward | None:
    """The past days on which the new version stands in place of the old one and says something else; None where there are none.

    Past are the days before the last of the revisions that declare the change, or where none does before `today`. What comes
    from common files is not looked at here: these begin on no day.
    """
    own = [change for change in changed.changes if changed.common_file(change) is None and change.direction not in STILL]
    spans = [
        span for span in changed.spans
        if span.old is changed.old and span.new is changed.new and not span.bare and span.direction not in STILL
    ]  # fmt: skip
    dated = [day for revision in judged.revisions if (day := read_day(revision.date)) is not None]
    declared_on = max(dated, default=today)
    if not own or not spans or declared_on is None or spans[0].first >= declared_on:
        return None
    ends = [
        declared_on - 1 if span.last is None else min(span.last, declared_on - 1) for span in spans if span.first < declared_on
    ]
    return Backward(spans[0].first, max(ends) if dated else None)
