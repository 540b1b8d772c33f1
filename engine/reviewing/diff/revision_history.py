"""What the record of older versions says otherwise, as changes that no new declaration covers."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.model.change import RECORD, Change, ChangedPart, PolicyDiff
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.revision_history import AlteredRevision, is_altered


def with_record(found: PolicyDiff, new: Iterable[Policy]) -> PolicyDiff:
    """A policy's changes with those of its record; `new` are all versions of the new side, which may hold an entry instead."""
    if found.old is None or found.new is None:
        return found
    kept = [one for other in new if other.id == found.new.id for one in other.revisions]
    changes = (*found.changes, *(_change(found.new.id, one) for one in is_altered(found.old, found.new, kept)))
    return replace(found, changes=changes)


def _change(policy: str, one: AlteredRevision) -> Change:
    """Words alone as far as results go, but none that a declaration covers (`of_record`)."""
    what: ChangedPart = one.part or "revision"
    return Change(
        what, one.how, policy, None, one.version, one.version, one.old, one.new,
        _path(one.was, one.part), _path(one.now, one.part), "text",
    )  # fmt: skip


def _path(place: int | None, part: str) -> Path:
    return (RECORD,) if place is None else (RECORD, place, *([part] if part else []))
