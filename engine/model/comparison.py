"""Two libraries compared, for those who sign: what changed and where, as declared or not, and whom it touches."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.model.change import Change, Changed
from engine.model.impact import Impact, Limit, held
from engine.model.policy import Revision
from engine.model.problem import Place
from engine.model.proof import Proof

EQUAL, DECLARED, BEYOND, UNKNOWN = "equal", "declared", "beyond", "unknown"
VERDICTS = (EQUAL, DECLARED, UNKNOWN, BEYOND)
"""How what was found stands to what was declared, the worst last."""

EXCEEDED = "exceeded"
"""The verdict on a comparison of which more came than a limit allows, whatever was declared."""


class Judged(Struct, frozen=True):
    """`revisions` are those that the new version adds; `intent` is what they declare together, None where there is none.

    `outside` are the changes that the intent does not cover; without an intent there are none.
    """

    revisions: tuple[Revision, ...]
    intent: str | None
    verdict: str
    outside: tuple[Change, ...] = ()


class Compared(Struct, frozen=True):
    """One policy: what changed, how it is judged, for each change the places in the old and new files, what is proved."""

    changed: Changed
    judged: Judged
    places: tuple[tuple[Place | None, Place | None], ...]
    proofs: tuple[Proof, ...] = ()


class Comparison(Struct, frozen=True):
    """`old` and `new` are the sides as they were named; the policies are those that differ.

    `allowed` are the limits that were set, by name: per cent of a model's subjects.
    """

    old: str
    new: str
    policies: tuple[Compared, ...]
    impact: Impact | None = None
    allowed: Mapping[str, float] = {}

    @property
    def verdict(self) -> str:
        """The worst of any policy, or first of all that a limit is exceeded."""
        return EXCEEDED if self.exceeded else self.judged

    @property
    def judged(self) -> str:
        """The worst of any policy."""
        return max((one.judged.verdict for one in self.policies), key=VERDICTS.index, default=EQUAL)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What came beside what is allowed."""
        return () if self.impact is None else held(self.impact, self.allowed)

    @property
    def exceeded(self) -> bool:
        """Whether more came than a limit allows, or what came is not known: nobody has looked at a version not in force."""
        if self.impact is None or not self.allowed:
            return False
        return bool(self.impact.uncompared) or any(one.models for one in self.limits)
