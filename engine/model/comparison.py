"""Two libraries compared, for those who sign: what changed and where, as declared or not, and whom it touches."""

from __future__ import annotations

from msgspec import Struct

from engine.model.change import Change, Changed
from engine.model.impact import Impact, ModelImpact
from engine.model.policy import Revision
from engine.model.prepared import Prepared
from engine.model.problem import Place
from engine.model.proof import Proof

EQUAL, DECLARED, BEYOND, UNKNOWN = "equal", "declared", "beyond", "unknown"
VERDICTS = (EQUAL, DECLARED, UNKNOWN, BEYOND)
"""How what was found stands to what was declared, the worst last."""


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

    `limit` is the share of a model's subjects, per cent, that may go to a worse level or lose their result. `prepared` says
    on what it rests, where a report tells that.
    """

    old: str
    new: str
    policies: tuple[Compared, ...]
    impact: Impact | None = None
    limit: float | None = None
    prepared: Prepared | None = None

    @property
    def verdict(self) -> str:
        """The worst of any policy; beyond what is allowed where a limit is exceeded."""
        return BEYOND if self.exceeded else self.judged

    @property
    def judged(self) -> str:
        """The worst of any policy."""
        return max((one.judged.verdict for one in self.policies), key=VERDICTS.index, default=EQUAL)

    @property
    def exceeded(self) -> tuple[ModelImpact, ...]:
        """The models of which more than the limit are worse off."""
        if self.impact is None or self.limit is None:
            return ()
        return tuple(one for one in self.impact.models if one.moved.worse > self.limit)
