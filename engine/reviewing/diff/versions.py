"""Which versions of a policy are compared, and which days they cover."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from engine.model.policy import Policy

Pair = tuple[Policy | None, Policy | None]


def pairs(old: Sequence[Policy], new: Sequence[Policy]) -> Iterator[Pair]:
    """Each new version beside the old one that it was or that it follows, then the old ones that are gone.

    It was the one of the same version; it follows the one that its revisions name last, or where they name none that there
    was, the one of the same first day, or the last one that begins before it, whether these stay or not. A policy that is
    gone, and one that came with the same title, are one under another id.
    """
    found = {id(one): _same(one, old) for one in new}
    used = {id(one) for one in found.values()}
    stay = {one.id for one in new}
    for policy in new:
        if found[id(policy)] is None:
            named = [
                one for revision in policy.revisions for one in old if (one.id, one.version) == (policy.id, revision.version)
            ]
            left = [one for one in old if one.id == policy.id and id(one) not in used]
            began = [one for one in left if one.effective_from == policy.effective_from]
            before = [one for one in old if one.id == policy.id and one.effective_from < policy.effective_from]
            others = [one for one in old if one.id not in stay and id(one) not in used and one.title == policy.title]
            ways = (named, began, _last_first(before), _last_first(left), _last_first(others))
            found[id(policy)] = next((one for way in ways for one in way), None)
            used.add(id(found[id(policy)]))
    for policy in new:
        yield found[id(policy)], policy
    for policy in old:
        if id(policy) not in used:
            yield policy, None


def _same(policy: Policy, among: Iterable[Policy]) -> Policy | None:
    return next((one for one in among if (one.id, one.version) == (policy.id, policy.version)), None)


def _last_first(policies: Iterable[Policy]) -> list[Policy]:
    return sorted(policies, key=lambda one: -one.effective_from)


def over_time(old: Sequence[Policy], new: Sequence[Policy]) -> str:
    """What it brings that these versions are in force in place of those: who has no rules on a day has no result."""
    days = _turns(old, new)
    lost = any(_covered(old, day) and not _covered(new, day) for day in days)
    gained = any(_covered(new, day) and not _covered(old, day) for day in days)
    return "mixed" if lost and gained else "stricter" if lost else "looser" if gained else "neutral"


def all_compared(old: Sequence[Policy], new: Sequence[Policy], both: Iterable[Pair]) -> bool:
    """Whether on every day the version in force is compared with the one that was: else another says what differs then."""
    compared = {(id(one), id(other)) for one, other in both}
    for day in _turns(old, new):
        was, now = (next((one for one in side if one.in_force(day)), None) for side in (old, new))
        if was is not None and now is not None and (id(was), id(now)) not in compared:
            return False
    return True


def _turns(old: Sequence[Policy], new: Sequence[Policy]) -> list[int]:
    """The days from which another version is in force, or none."""
    return sorted({day for one in (*old, *new) for day in (one.effective_from, _end(one))})


def _end(policy: Policy) -> int:
    """The first day on which it is in force no more."""
    return sys.maxsize if policy.effective_until is None else policy.effective_until + 1


def _covered(policies: Iterable[Policy], day: int) -> bool:
    return any(one.in_force(day) for one in policies)
