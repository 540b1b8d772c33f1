"""What the record of older versions says otherwise, as changes that no new declaration covers."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.model.change import RECORD, Change, ChangedPart, PolicyDiff
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.revision_history import AlteredRevision, is_altered


def with_record(difference: PolicyDiff, new: Iterable[Policy]) -> PolicyDiff:
    """A policy's changes with those of its record; `new` are all versions of the new side, which may hold an entry instead."""
    if difference.old is None or difference.new is None:
        return difference
    of_others = [revision for other in new if other.id == difference.new.id for revision in other.revisions]
    changes = (
        *difference.changes,
        *(_change(difference.new.id, alteration) for alteration in is_altered(difference.old, difference.new, of_others)),
    )
    return replace(difference, changes=changes)


def _change(policy: str, alteration: AlteredRevision) -> Change:
    """Words alone as far as results go, but none that a declaration covers (`of_record`)."""
    what: ChangedPart = alteration.part or "revision"
    return Change(
        what, alteration.how, policy, None, alteration.version, alteration.version, alteration.old, alteration.new,
        _path(alteration.was, alteration.part), _path(alteration.now, alteration.part), "text",
    )  # fmt: skip


def _path(place: int | None, part: str) -> Path:
    return (RECORD,) if place is None else (RECORD, place, *([part] if part else []))
