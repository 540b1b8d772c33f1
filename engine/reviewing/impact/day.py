"""The day on which both sides are compared, and which versions say nothing of it."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.change import PolicyDiff
from engine.model.impact import UncomparedVersion
from engine.model.library import Library


def first_day(old: Library, new: Library, changed: Iterable[PolicyDiff], today: int) -> int:
    """Today, or a later day on which a new version begins, where more of the versions that differ are in force then.

    The first such day is taken, so that one new version is looked at from its first day on.
    """
    known = list(changed)
    days = {
        max(today, difference.new.effective_from) for difference in known if difference.new is not None and _matters(difference)
    }
    return min(sorted({today, *days}), key=lambda day: len(uncompared(old, new, known, day)))


def uncompared(old: Library, new: Library, changed: Iterable[PolicyDiff], as_of: int) -> tuple[UncomparedVersion, ...]:
    """The versions whose rules differ and that are not in force on the day; and of one that is, the old one where none was."""
    versions = []
    then = old.in_force(as_of)
    for difference in changed:
        if not _matters(difference):
            continue
        if difference.new is not None and not difference.new.in_force(as_of):
            versions.append(UncomparedVersion(difference.new, "new"))
        elif (
            difference.old is not None
            and not difference.old.in_force(as_of)
            and (difference.old.id not in then or _on_other_days(difference))
        ):
            versions.append(UncomparedVersion(difference.old, "old"))
    return tuple(versions)


def _on_other_days(changed: PolicyDiff) -> bool:
    """Whether there are days on which the new version stands in place of the old one, or the old one is gone: then these are
    to be looked at.
    """
    return changed.new is None or any(span.old is changed.old and span.new is changed.new for span in changed.spans)


def _matters(changed: PolicyDiff) -> bool:
    """Whether more than words differ, and more than the days: results can be others on a day on which it is in force."""
    return any(change.direction != "text" and change.what != "effective" for change in changed.changes)
