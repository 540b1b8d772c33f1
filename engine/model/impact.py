"""Whom a change of rules touches: both versions over one population, as of one day."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.model.change import Change
from engine.model.evaluation import Outcome
from engine.model.library import Name
from engine.model.policy import Model, Policy
from engine.model.subject import Subject

QUANTILES = (0, 1, 5, 25, 50, 75, 95, 99, 100)
"""Per cent of those whose score both versions tell."""

REJECTED, NOT_EVALUATED, ABSENT, UNGRADED = "rejected", "not_evaluated", "absent", "ungraded"
"""What stands in place of a level: refused, left out, without a result by this version, evaluated without a level."""


class Moved(Struct, frozen=True):
    """How many went to a better level or worse one, and how many of them to another grade, of so many.

    `gained` have a result now and had none (they were rejected, left out, or not evaluated), `lost` have none any more.
    """

    of: int = 0
    up: int = 0
    down: int = 0
    grade_up: int = 0
    grade_down: int = 0
    gained: int = 0
    lost: int = 0

    @property
    def worse(self) -> float:
        """The share, per cent, that went to a worse level or lost its result."""
        return 100 * (self.down + self.lost) / self.of if self.of else 0.0


class Attributed(Struct, frozen=True):
    """What one change alone, made to the old version, does to those that stand elsewhere now, or to `moved.of` of them.

    The changes of one element go together. `score_up` and `score_down` count whose score it raises and lowers.
    """

    changes: tuple[Change, ...]
    moved: Moved
    score_up: int
    score_down: int


class Example(Struct, frozen=True):
    """A subject that moved, nearest to the edge, and both its results with their reasoning.

    Where fewer than ten moved, others whose results differ follow.
    """

    subject: Subject
    old: Outcome
    new: Outcome


class ModelImpact(Struct, frozen=True):
    """What a change does to those that one model evaluates.

    `old` and `new` are the two versions, one of which may be missing. `subjects` are those who have an outcome by it in
    either, `changed` those whose outcome, score, level, grade, vetoes or measures are others. `matrix` counts by level
    before and level after, each a level's name or one of REJECTED, NOT_EVALUATED, ABSENT and UNGRADED. Vetoes and measures
    count who gained and who lost each, of those that anybody did. `regions` are all administrative division codes as the
    identifiers have them, and empty for those that tell none. `score` are the changes of the score at QUANTILES (new less
    old, counts of 0.0001, an old score out of other full points brought to the new ones), empty where nobody has two.
    """

    old: Policy | None
    new: Policy | None
    model: Model
    subjects: int
    changed: int
    moved: Moved
    matrix: Mapping[tuple[str, str], int]
    regions: Mapping[str, Moved]
    vetoes: Mapping[str, tuple[int, int]]
    measures: Mapping[str, tuple[int, int]]
    score: tuple[int, ...]
    attributed: tuple[Attributed, ...]
    examples: tuple[Example, ...]

    @property
    def name(self) -> Name:
        policy = self.new or self.old
        assert policy is not None
        return policy.id, self.model.id


class Impact(Struct, frozen=True):
    """All models whose results may differ and that evaluate anybody, and how many could not be evaluated at all.

    `refused` are those whom both versions refuse as a whole, documents without an id among them; they are in no matrix. Who
    is refused by one version alone is REJECTED there. `subjects` are all that have an id.
    """

    as_of: int
    subjects: int
    models: tuple[ModelImpact, ...]
    refused: int
    seconds: float | None = None

    @property
    def downgraded(self) -> float:
        """The greatest share of a model's subjects, per cent, that went to a worse level or lost its result."""
        return max((one.moved.worse for one in self.models), default=0.0)
