"""Two libraries compared, for those who sign: what changed and where, as declared or not, and whom it touches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from msgspec import Struct

from engine.model.change import Change, PolicyDiff
from engine.model.direction import Direction
from engine.model.impact import Impact, Limit, within_limit
from engine.model.policy import CommonFile, Declaration, Revision
from engine.model.preparation import Examination, Preparation
from engine.model.problem import Place
from engine.model.proof import Proof
from engine.model.proportion import Influence
from engine.model.revision_history import AlteredRevision

EQUAL: Final = "equal"
DECLARED: Final = "declared"
UNKNOWN: Final = "unknown"
BEYOND: Final = "beyond"

Verdict = Literal["equal", "declared", "unknown", "beyond"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""How what was found stands to what was declared, the worst last."""

Conclusion = Literal[Verdict, "exceeded"]
EXCEEDED: Final = "exceeded"
"""The verdict on a comparison of which more came than a limit allows, whatever was declared."""


class JudgedChange(Struct, frozen=True):
    """`revisions` are those that the new version adds; `intent` is what they declare together, None where there is none.

    `outside` are the changes that the intent does not cover; without an intent those of the record alone. Where a subject
    contradicts the intent (`refuted`), those that make the difference are among them. `declared` is what common files declare
    of those changes that come from them.
    """

    revisions: tuple[Revision, ...]
    intent: Direction | None
    verdict: Verdict
    outside: tuple[Change, ...] = ()
    refuted: bool = False
    declared: tuple[Declaration, ...] = ()


class Backward(Struct, frozen=True):
    """Days that were past when a version was made and on which it stands in place of another one.

    The last is None where nobody says when it was made: then they are all days that are past.
    """

    first: int
    last: int | None


class ReviewedPolicy(Struct, frozen=True):
    """One policy: what changed, how it is judged, for each change the places in the old and new files, what is proved, of which
    changes that are more than words no proof speaks, and on which past days other rules hold now. Of a policy that is new,
    `influences` are by model what one adverse record of each category can do.
    """

    changed: PolicyDiff
    judged: JudgedChange
    places: tuple[tuple[Place | None, Place | None], ...]
    proofs: tuple[Proof, ...] = ()
    unspoken: tuple[Change, ...] = ()
    backward: Backward | None = None
    influences: Mapping[str, tuple[Influence, ...]] = {}


class ConcernedPolicy(Struct, frozen=True):
    """A policy that a change of a common file concerns: the models whose subjects the catalogue can refuse, or which it can
    take now; `reads` says whether the policy itself uses what differs.
    """

    policy: str
    title: str
    models: tuple[str, ...]
    reads: bool


class CommonFilesDiff(Struct, frozen=True):
    """One change of a common file, between all that these say on both sides, and whom it concerns.

    `takes` says whether the catalogue takes less or more: a record that it does not take refuses its subject as a whole, by
    every policy. `intent` is what the file itself declares of its changes, None where it does not.
    """

    changed: PolicyDiff
    places: tuple[Place | None, Place | None]
    concerned: tuple[ConcernedPolicy, ...]
    verdict: Verdict
    takes: bool
    intent: Direction | None = None

    @property
    def change(self) -> Change:
        return self.changed.changes[0]


class CommonRecord(Struct, frozen=True):
    """A common file whose record differs: what it declares now, and what it says otherwise of older revisions, with places."""

    file: CommonFile
    declarations: tuple[Declaration, ...]
    altered: tuple[AlteredRevision, ...]
    places: tuple[tuple[Place | None, Place | None], ...]

    @property
    def rewritten(self) -> bool:
        """Whether anything is taken back; an entry that comes late takes nothing back."""
        return any(alteration.how != "added" for alteration in self.altered)


class DiffReport(Struct, frozen=True):
    """`old` and `new` are the sides as they were named; the policies are those that differ, `shared` what of the common files.

    `allowed` are the limits that were set, by name: per cent of a model's subjects. `examination` says how the cases came out,
    `prepared` on what it rests, where a report tells that.
    """

    old: str
    new: str
    policies: tuple[ReviewedPolicy, ...]
    impact: Impact | None = None
    shared: tuple[CommonFilesDiff, ...] = ()
    records: tuple[CommonRecord, ...] = ()
    allowed: Mapping[str, float] = {}
    examination: Examination = Examination()
    prepared: Preparation | None = None

    @property
    def verdict(self) -> Conclusion:
        """The worst of any policy, or first of all that a limit is exceeded."""
        return EXCEEDED if self.exceeded else self.judged

    @property
    def judged(self) -> Verdict:
        """The worst of any policy, and of what the common files say; not known where the record of one of them was altered."""
        verdicts: list[Verdict] = [UNKNOWN for record in self.records if record.rewritten]
        verdicts += [policy.judged.verdict for policy in self.policies]
        verdicts += [change.verdict for change in self.shared]
        return max(verdicts, key=VERDICTS.index, default=EQUAL)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What came beside what is allowed."""
        return () if self.impact is None else within_limit(self.impact, self.allowed)

    @property
    def exceeded(self) -> bool:
        """Whether more came than a limit allows, or what came is not known: nobody has looked at a version not in force."""
        if self.impact is None or not self.allowed:
            return False
        return bool(self.impact.uncompared) or any(limit.models for limit in self.limits)
