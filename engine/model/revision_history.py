"""The record of what versions declared, and what of it says otherwise on another side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import replace

from engine.model.digest import canonical
from engine.model.policy import Declaration, Policy, Revision

Entry = Revision | Declaration
E = TypeVar("E", bound=Entry)

EntryPart = Literal["date", "intent", "why", "basis"]

PARTS: tuple[EntryPart, ...] = get_args(EntryPart)


Alteration = Literal["added", "removed", "changed"]


class AlteredRevision(Struct, frozen=True):
    """What an entry of a record says otherwise: `part` of it, or the entry as such (added, removed), or the order of all.

    `was` and `now` are the positions of the entry on the two sides.
    """

    how: Alteration
    part: EntryPart | Literal["order", ""]
    version: str
    old: object
    new: object
    was: int | None
    now: int | None


def latest_revision(record: Sequence[Entry]) -> str:
    """The day of the newest entry; empty where there is none."""
    return max((entry.date for entry in record), default="")


def declaring_revisions(new: Sequence[E], known: Collection[str], since: str, own: str = "") -> tuple[E, ...]:
    """The entries that declare something now: of versions that were not known, none older than what had been declared `since`;
    that of the version itself (`own`) whatever its day.
    """
    return tuple(entry for entry in new if entry.version not in known and (entry.version == own or entry.date >= since))


def is_altered(old: Policy, new: Policy, of_others: Iterable[Revision] = ()) -> list[AlteredRevision]:
    """What the new version's record says otherwise of versions that the old one knew; `of_others` is what others hold of it."""
    before = _under_new_names(old, new)
    elsewhere = [canonical(entry) for entry in of_others]
    altered = alterations(before, new.revisions, also_known=(old.version,), own=new.version)
    return [change for change in altered if change.how != "removed" or canonical(change.old) not in elsewhere]


def alterations(
    old: Sequence[Entry], new: Sequence[Entry], also_known: Iterable[str] = (), own: str = ""
) -> list[AlteredRevision]:
    """The same of two records; entries of versions that are not known are new declarations, but for those that come late."""
    before, after = _numbered(old), _numbered(new)
    known = {version for version, _ in before} | set(also_known)
    altered = [change for key, pair in before.items() for change in _entry(key[0], pair, after.get(key))]
    late = (
        {entry.version for entry in new}
        - known
        - {entry.version for entry in declaring_revisions(new, known, latest_revision(old), own)}
    )
    for (version, nth), (place, entry) in after.items():
        if version in late:
            altered.append(AlteredRevision("added", "", version, None, entry, None, place))
        if version in known and (version, nth) not in before:  # a second entry takes the place of the first
            first = before.get((version, 1))
            how: Alteration = "changed" if first else "added"
            altered.append(AlteredRevision(how, "", version, first and first[1], entry, first and first[0], place))
    stay = [key for key in before if key in after], [key for key in after if key in before]
    if stay[0] != stay[1]:
        was, now = (tuple(version for version, _ in keys) for keys in stay)
        altered.append(AlteredRevision("changed", "order", "", was, now, None, None))
    return altered


def _numbered(record: Sequence[Entry]) -> Mapping[tuple[str, int], tuple[int, Entry]]:
    """Entries by their version, and which of several of one version they are; the oldest is the first."""
    counts: Counter[str] = Counter()
    numbered = {}
    for place, entry in reversed(list(enumerate(record))):
        counts[entry.version] += 1
        numbered[entry.version, counts[entry.version]] = (place, entry)
    return dict(reversed(numbered.items()))


def _entry(version: str, before: tuple[int, Entry], after: tuple[int, Entry] | None) -> Iterator[AlteredRevision]:
    place, old = before
    if after is None:
        yield AlteredRevision("removed", "", version, old, None, place, None)
        return
    now, new = after
    for part in PARTS:
        if canonical(getattr(old, part)) != canonical(getattr(new, part)):
            yield AlteredRevision("changed", part, version, getattr(old, part), getattr(new, part), place, now)


def _under_new_names(old: Policy, new: Policy) -> tuple[Revision, ...]:
    """The old record as it cites documents that are the same under another id."""
    names = {
        name: next((now for now, other in new.documents.items() if other == document and now not in old.documents), name)
        for name, document in old.documents.items()
        if name not in new.documents
    }
    return tuple(
        replace(
            revision,
            basis=tuple(replace(cited, document=names.get(cited.document, cited.document)) for cited in revision.basis),
        )
        for revision in old.revisions
    )
