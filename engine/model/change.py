"""What changed in meaning between two versions of a policy, keyed on ids, with the direction of each change."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.scoring import Basis

DIRECTIONS = ("looser", "stricter", "mixed", "neutral", "text")
"""In the eyes of whom it touches: nobody worse off, nobody better off, either may be, no result differs, words alone.

That a fact grows beyond 10^11, where its subject is rejected, is left to proofs; else no sum could go in any direction.
"""


COMMON = {"catalogue": "catalogue", "library_item": "measures", "scale": "scales"}
"""What differs in a common file, and in which."""

RECORD = "revisions"
"""At the head of the paths of what differs in the record of revisions."""


class Change(Struct, frozen=True):
    """One thing that differs.

    `what` names it (fact, window, band, veto, ...), `how` is added, removed, changed, moved or renamed. `old` and `new`
    are the model's own values (a Fact, a count of 0.0001, ...), None where there is none; the paths lead to them in the two
    files. `models` are POLICY/MODEL of whom it bears on. `basis` is the new version's, or of what is gone the old one's.
    """

    what: str
    how: str
    policy: str
    model: str | None
    id: str
    title: str
    old: object
    new: object
    old_path: Path
    new_path: Path
    direction: str
    basis: tuple[Basis, ...] = ()

    @property
    def of_record(self) -> bool:
        """Whether what an older version had declared says otherwise now; an entry that it lacked takes nothing back."""
        return self.new_path[:1] == (RECORD,) and self.how != "added"


class Changed(Struct, frozen=True):
    """Two versions of a policy, of which one may be missing, and what changed between them."""

    old: Policy | None
    new: Policy | None
    changes: tuple[Change, ...]

    @property
    def policy(self) -> Policy:
        found = self.new or self.old
        assert found is not None
        return found

    def common_file(self, change: Change) -> str | None:
        """The common file (catalogue, scales or measures) that one of the changes comes from; None where it is the policy's own."""
        if change.what == "scale" and self.old and self.new and self.old.scale.id != self.new.scale.id:
            return None
        return COMMON.get(change.what)

    @property
    def direction(self) -> str:
        """Of all changes together."""
        return together(change.direction for change in self.changes)


def together(directions: Iterable[str]) -> str:
    """The direction of several: looser and stricter are mixed; what bears on results outweighs what does not."""
    found = set(directions)
    if "mixed" in found or {"looser", "stricter"} <= found:
        return "mixed"
    return next((one for one in ("looser", "stricter", "neutral", "text") if one in found), "neutral")
