"""The record of what older versions declared: whatever it says otherwise now is told, and no new declaration covers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import RECORD, Change, Changed
from engine.model.digest import canonical
from engine.model.policy import Policy, Revision
from engine.model.problem import Path
from engine.reviewing.diff.names import renamed

PARTS = ("date", "intent", "why", "basis")

T = TypeVar("T")


class Altered(Struct, frozen=True):
    """What an entry of a record says otherwise: `part` of it, or the entry as such (added, removed), or the order of all.

    `was` and `now` are the positions of the entry on the two sides.
    """

    how: str
    part: str
    version: str
    old: object
    new: object
    was: int | None
    now: int | None


def with_record(found: Changed, new: Iterable[Policy]) -> Changed:
    """A policy's changes with those of its record; `new` are all versions of the new side, which may hold an entry instead."""
    if found.old is None or found.new is None:
        return found
    old = renamed(found.old, found.new).policy.revisions if found.old.revisions else ()
    kept = [one for other in new if other.id == found.new.id for one in other.revisions]
    altered = [
        one
        for one in alterations(old, found.new.revisions, also_known=(found.old.version,))
        if one.how != "removed" or not any(_same(one.old, other) for other in kept)
    ]
    return replace(found, changes=(*found.changes, *(_change(found.new.id, one) for one in altered))) if altered else found


def alterations(old: Sequence[Revision], new: Sequence[Revision], also_known: Iterable[str] = ()) -> list[Altered]:
    """What the new record says otherwise of versions that the old one knew; entries of other versions are new declarations."""
    before, after = _numbered(old), _numbered(new)
    known = {version for version, _ in before} | set(also_known)
    found = [one for key, pair in before.items() for one in _entry(key[0], pair, after.get(key))]
    for (version, nth), (place, one) in after.items():
        if version in known and (version, nth) not in before:  # a second entry takes the place of the first
            first = before.get((version, 1))
            how = "changed" if first else "added"
            found.append(Altered(how, "", version, first and first[1], one, first and first[0], place))
    stay = [key for key in before if key in after], [key for key in after if key in before]
    if stay[0] != stay[1]:
        was, now = (tuple(version for version, _ in keys) for keys in stay)
        found.append(Altered("changed", "order", "", was, now, None, None))
    return found


def _numbered(record: Iterable[Revision]) -> dict[tuple[str, int], tuple[int, Revision]]:
    """Entries by their version, and which of several of one version they are; the oldest is the first."""
    counts: Counter[str] = Counter()
    found = {}
    for place, one in reversed(list(enumerate(record))):
        counts[one.version] += 1
        found[one.version, counts[one.version]] = (place, one)
    return dict(reversed(found.items()))


def _entry(version: str, before: tuple[int, Revision], after: tuple[int, Revision] | None) -> Iterator[Altered]:
    place, old = before
    if after is None:
        yield Altered("removed", "", version, old, None, place, None)
        return
    now, new = after
    for part in PARTS:
        if canonical(getattr(old, part)) != canonical(getattr(new, part)):
            yield Altered("changed", part, version, getattr(old, part), getattr(new, part), place, now)


def _same(one: object, other: Hashable) -> bool:
    return canonical(one) == canonical(other)


def _change(policy: str, one: Altered) -> Change:
    """Words alone as far as results go, but none that a declaration covers (`of_record`)."""
    what = one.part or "revision"
    return Change(
        what, one.how, policy, None, one.version, one.version, one.old, one.new,
        _path(one.was, one.part), _path(one.now, one.part), "text",
    )  # fmt: skip


def _path(place: int | None, part: str) -> Path:
    return (RECORD,) if place is None else (RECORD, place, *([part] if part else []))
