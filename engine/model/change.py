"""What changed in meaning between two versions of a policy, keyed on ids, with the direction of each change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from engine.model.direction import Direction, combined_direction
from engine.model.library import Name
from engine.model.policy import CommonFile, Parameter, Policy, Revision
from engine.model.problem import Path
from engine.model.scoring import Basis

ChangeKind = Literal["added", "removed", "changed", "moved", "renamed"]
ChangedPart = Literal[
    # of the policy
    "policy", "title", "version", "status", "authority", "effective", "document", "parameter", "parameters", "parameter_use",
    "basis", "note", "quote", "pending",
    # of the common files
    "scale", "reference", "catalogue", "library_item",
    # of a model
    "model", "kind", "always", "feeds", "weight", "base",
    # of facts
    "fact", "direction", "effort", "unlimited", "window", "before", "newest", "where", "once_per", "include", "tally", "tally_where", "tally_value",
    "if_missing",
    # of points
    "dimension", "share", "indicator", "only_when", "none_when", "adjustments", "item", "at_most", "at_least",
    "form", "points", "each", "start", "beyond", "short_of", "step", "round", "band", "choice", "branch",
    # of what holds under a condition
    "not_evaluated", "decision", "veto", "measure", "alert",
    "when", "level", "score_at_most", "above_previous_by", "lower_by", "matter", "terms", "severity",
    # of the record of revisions
    "revision", "date", "intent", "why", "order",
]  # fmt: skip
"""What can be another one, by the name under which a difference is told."""

COMMON: Mapping[ChangedPart, CommonFile] = {
    "catalogue": "catalogue",
    "library_item": "measures",
    "scale": "scales",
    "reference": "scales",
}
"""What differs in a common file, and in which."""

Within = tuple[int, int | None]
"""A first day and a last one, None without an end."""

RECORD = "revisions"
"""At the head of the paths of what differs in the record of revisions."""


class Change(Struct, frozen=True):
    """One thing that differs.

    `what` names it (fact, window, band, veto, ...), `how` is added, removed, changed, moved or renamed. `old` and `new`
    are the model's own values (a Fact, a count of 0.0001, ...), None where there is none; the paths lead to them in the two
    files. `models` are POLICY/MODEL of whom it bears on. `basis` is the new version's, or of what is gone the old one's.
    """

    what: ChangedPart
    how: ChangeKind
    policy: str
    model: str | None
    id: str
    title: str
    old: object
    new: object
    old_path: Path
    new_path: Path
    direction: Direction
    basis: tuple[Basis, ...] = ()

    @property
    def of_record(self) -> bool:
        """Whether what an older version had declared says otherwise now; an entry that it lacked takes nothing back."""
        return self.new_path[:1] == (RECORD,) and self.how != "added"


class Used(Struct, frozen=True):
    """A number where it stands, and the parameter that it is of, None where it is written there.

    With a `complement` it is so much less the parameter.
    """

    number: int
    parameter: Parameter | None
    complement: int | None = None


class Span(Struct, frozen=True):
    """Days, from the first to the last (None without an end), on each of which the same versions of a policy are in force.

    One of them is None where no version is in force on that side. `direction` is of what differs between the two, None
    where there is but one. `expired` says that its file is gone after it has ended, and that other versions go on as before.
    """

    first: int
    last: int | None
    old: Policy | None
    new: Policy | None
    direction: Direction | None = None
    expired: bool = False

    @property
    def bare(self) -> bool:
        """Whether there are rules on one side alone."""
        return self.old is None or self.new is None


class Reader(Struct, frozen=True):
    """A model that reads the results of another one, itself or (not `direct`) through others."""

    name: Name
    title: str
    direct: bool


class MissingReference(Struct, frozen=True):
    """A policy, or a model of it, that is gone under its id, and the fact of a model (`reader`) that names it still."""

    reader: Name
    title: str
    fact: str
    policy: str
    model: str | None = None


class PolicyDiff(Struct, frozen=True):
    """Two versions of a policy, of which one may be missing, and what changed between them.

    `spans` cover all days on which any version of the policy is in force on either side, whichever two are compared here;
    none where nobody asked. `readers` are by model of the new version (or of the old one that is gone) who reads its
    results, `missed` who names this policy or a model of it under an id that is gone. `known` are the versions of which
    the old side knows what they declared, `beside` what other versions declare that came together with this difference,
    where the new version of the pair is one that was there.
    `alone` says that no other policy was looked at, so that nobody knows who else reads its results.
    """

    old: Policy | None
    new: Policy | None
    changes: tuple[Change, ...]
    spans: tuple[Span, ...] = ()
    readers: Mapping[str, tuple[Reader, ...]] = {}
    missed: tuple[MissingReference, ...] = ()
    known: frozenset[str] = frozenset()
    beside: tuple[Revision, ...] = ()
    alone: bool = False

    @property
    def policy(self) -> Policy:
        either = self.new or self.old
        assert either is not None
        return either

    def common_file(self, change: Change) -> CommonFile | None:
        """The common file (catalogue, scales or measures) that one of the changes comes from; None where it is the policy's own."""
        if change.what == "scale" and self.old and self.new and self.old.scale.id != self.new.scale.id:
            return None
        return COMMON.get(change.what)

    @property
    def direction(self) -> Direction:
        """Of all changes together."""
        return combined_direction(change.direction for change in self.changes)

    @property
    def within(self) -> Within | None:
        """The days on which the new version stands in place of the old one; None where there are none, or others between them."""
        mine = [span for span in self.spans if span.old is self.old and span.new is self.new]
        if not mine or any(before.last is None or before.last + 1 != after.first for before, after in pairwise(mine)):
            return None
        return mine[0].first, mine[-1].last

    @property
    def lost(self) -> tuple[Span, ...]:
        """The days on which the old version was in force and none is now, without those of an expired one."""
        return tuple(span for span in self.spans if span.new is None and span.old is self.old and not span.expired)

    @property
    def begun(self) -> tuple[Span, ...]:
        """The days on which the new version is in force and none was, though others were on other days."""
        mine = (span for span in self.spans if span.old is None and span.new is self.new)
        return tuple(mine) if self.old is not None else ()
