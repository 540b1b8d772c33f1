"""Which versions of a policy are in force on the same days of both sides, and which of them are compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from engine.model.change import Span
from engine.model.policy import Policy

Pair = tuple[Policy | None, Policy | None]


class VersionLine(Struct, frozen=True):
    """All versions of one policy on both sides."""

    old: tuple[Policy, ...]
    new: tuple[Policy, ...]


def version_lines(old: Sequence[Policy], new: Sequence[Policy]) -> Iterator[VersionLine]:
    """Each policy by its id, in the new order and then those that are gone.

    A policy that is gone, and one that came with the same title, are one under another id.
    """
    before, after = _by_id(old), _by_id(new)
    gone = {name: versions for name, versions in before.items() if name not in after}
    for name, versions in after.items():
        if name in before:
            yield VersionLine(before[name], versions)
            continue
        titles = {version.title for version in versions}
        other = next((was for was, versions in gone.items() if titles & {version.title for version in versions}), None)
        yield VersionLine(gone.pop(other) if other is not None else (), versions)
    for versions in gone.values():
        yield VersionLine(versions, ())


def _by_id(policies: Iterable[Policy]) -> dict[str, tuple[Policy, ...]]:
    by_id: dict[str, tuple[Policy, ...]] = {}
    for policy in policies:
        by_id[policy.id] = (*by_id.get(policy.id, ()), policy)
    return by_id


def spans(line: VersionLine) -> tuple[Span, ...]:
    """Time cut wherever a version of either side begins or ends; days without rules on both sides are none."""
    versions = (*line.old, *line.new)
    turns = sorted({day for version in versions for day in (version.effective_from, _end(version))})
    spans: list[Span] = []
    for first, following in zip(turns, [*turns[1:], sys.maxsize], strict=True):
        old, new = (next((version for version in side if version.in_force(first)), None) for side in (line.old, line.new))
        if (old is None and new is None) or first == sys.maxsize:
            continue
        last = None if following == sys.maxsize else following - 1
        spans.append(Span(first, last, old, new))
    return tuple(spans)


def _end(policy: Policy) -> int:
    """The first day on which it is in force no more."""
    return sys.maxsize if policy.effective_until is None else policy.effective_until + 1


def expired(span: Span, line: VersionLine, today: int) -> bool:
    """Whether days are without rules only because the file of a version is gone that had ended by itself before today.

    Where other versions stay, they begin after it: what is gone is the beginning of a history, and no day within it.
    """
    was = span.old
    if was is None or span.new is not None or span.last is None or same_version(was, line.new) is not None:
        return False
    return was.effective_until == span.last < min([today, *(version.effective_from for version in line.new)])


def pairs(line: VersionLine, spans: Sequence[Span]) -> list[Pair]:
    """The versions to compare: those in force on the same days, a version and what it was, and one that shares no day with
    any beside the one that it follows; in the new order, then what is gone.
    """
    both: list[Pair] = []
    for new in line.new:
        old = same_version(new, line.old)
        beside = [span.old for span in spans if span.new is new and span.old is not None]
        mine: list[Policy] = list({id(version): version for version in ([old] if old is not None else []) + beside}.values())
        before = _followed(new, line.old) if not mine else None
        both += [(version, new) for version in mine] or [(before, new)]
    there = {id(old) for old, _ in both}
    return both + [(old, None) for old in line.old if id(old) not in there]


def all_pairs(old: Sequence[Policy], new: Sequence[Policy]) -> list[Pair]:
    """The same of all policies."""
    return [pair for line in version_lines(old, new) for pair in pairs(line, spans(line))]


def same_version(policy: Policy, among: Iterable[Policy]) -> Policy | None:
    """The same version on the other side."""
    return next((version for version in among if version.version == policy.version), None)


def _followed(new: Policy, old: Sequence[Policy]) -> Policy | None:
    """The version that a new one follows: the one that its revisions name last, or else the last that begins before it."""
    named = [version for revision in new.revisions for version in old if version.version == revision.version]
    before = sorted(
        (version for version in old if version.effective_from < new.effective_from), key=lambda version: -version.effective_from
    )
    return next(iter([*named, *before, *old]), None)
