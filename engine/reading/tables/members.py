"""Who has whom as a member, over any number of steps: results of members are read, and what changes them changes their owners'."""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from engine.backends.materialized import materialized


def with_owners(changed: Table, members: Table | None) -> Table:
    """The subjects and everybody who has one of them as a member, over any number of steps."""
    if members is None:
        return changed
    while True:
        owners = members.semi_join(changed, members.member == changed.subject).select(subject=members.subject)
        more = materialized(ibis.union(changed.select("subject"), owners, distinct=True))
        if _count(more) == _count(changed):
            return more
        changed = more


def with_members(subjects: Table, members: Table | None) -> Table:
    """The subjects and their members, over any number of steps, since their results are read."""
    if members is None:
        return subjects
    flipped = members.select(subject=members.member, member=members.subject)
    return with_owners(subjects, flipped)


def guests(homes: Table, members: Table) -> Table:
    """Pairs of a home and a subject (`home`, `subject`), and with each subject its members, over any number of steps."""
    pairs = materialized(homes.select("home", "subject").distinct())
    while True:
        further = pairs.inner_join(members, "subject").select("home", subject="member")
        more = materialized(ibis.union(pairs, further, distinct=True))
        if _count(more) == _count(pairs):
            return more
        pairs = more


def _count(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())
