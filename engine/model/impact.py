"""Whom a change of rules touches: both versions over one population, as of one day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from engine.model.change import Change
from engine.model.evaluation import Outcome
from engine.model.library import Name
from engine.model.policy import Model, Policy
from engine.model.region import Region
from engine.model.subject import Subject

QUANTILES = (0, 1, 5, 25, 50, 75, 95, 99, 100)
"""Per cent of those whose score changes."""

REJECTED, NOT_EVALUATED, ABSENT, UNGRADED = "rejected", "not_evaluated", "absent", "ungraded"
"""What stands in place of a level: refused, left out, without a result by this version, evaluated without a level."""


class Transitions(Struct, frozen=True):
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
        return percent(self.down + self.lost, self.of)


def percent(count: int, of: int) -> float:
    """So many of so many, in per cent; 0 of nobody."""
    return 100 * count / of if of else 0.0


class Attribution(Struct, frozen=True):
    """What some changes do to those that stand elsewhere now, or to `moved.of` of them.

    The changes of one element go together. `score_up` and `score_down` count whose score they raise and lower.
    """

    changes: tuple[Change, ...]
    moved: Transitions
    score_up: int
    score_down: int


class StackedAttribution(Struct, frozen=True):
    """The changes made one after another, each to what the former ones left, over the same subjects as each alone.

    A line says by how much each count grew, which is less than none where a change takes back what former ones did.
    `joint` is what the lines leave of the total, which has no changes; lines and joint add up to `total` count by count.
    """

    lines: tuple[Attribution, ...]
    joint: Attribution
    total: Attribution


MeasureContent = Literal["kind", "item", "matter", "terms", "title"]


class AlteredMeasure(Struct, frozen=True):
    """A measure that is another now under the same id: what of it is (of CONTENT), and how many hold it on both sides."""

    what: tuple[MeasureContent, ...]
    subjects: int


CONTENT: tuple[MeasureContent, ...] = get_args(MeasureContent)
"""What a measure is, beside to whom it applies."""


class Burdens(Struct, frozen=True):
    """Of how many subjects it is true that they have a restriction, by id, item, matter and terms, that they did not have; that
    they have an incentive, by the same, no more; and of those who lost their result, that they stood at the lowest level, that they were under a
    restriction, that either was so.
    """

    new_restrictions: int = 0
    lost_incentives: int = 0
    lost_lowest: int = 0
    lost_restricted: int = 0
    lost_either: int = 0


class AlertChange(Struct, frozen=True):
    """How many gained and lost each alert, of so many who were looked at one by one, which may be a sample."""

    of: int
    alerts: Mapping[str, tuple[int, int]]


class ImpactDetails(Struct, frozen=True):
    """Distinct subjects over all models: a subject counts once, wherever it went up, down and so on, and may do both."""

    subjects: int = 0
    up: int = 0
    down: int = 0
    gained: int = 0
    lost: int = 0
    altered: int = 0
    new_restrictions: int = 0
    lost_incentives: int = 0
    lost_either: int = 0


class UncomparedVersion(Struct, frozen=True):
    """A version whose rules differ and that is not in force on the day: the new one, or the one that it stands in place of."""

    policy: Policy
    side: Literal["old", "new"]


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
    either, `changed` those whose outcome, score, level, grade, vetoes or measures are others, the content of a measure that
    they keep among it. `matrix` counts by level before and level after, each a level's name or one of REJECTED,
    NOT_EVALUATED, ABSENT and UNGRADED. Vetoes and measures count who gained and who lost each, of those that anybody did.
    `regions` are all administrative division codes as the identifiers have them, and empty for those that tell none. `score`
    are the changes of the score at QUANTILES of the `rescored`, whose score is another (new less old, counts of 0.0001, an
    old score out of other full points brought to the new ones). `holders` hold some of the `altered` measures. `region_names`
    are those of the `regions` that the libraries name.
    """

    old: Policy | None
    new: Policy | None
    model: Model
    subjects: int
    changed: int
    moved: Transitions
    matrix: Mapping[tuple[str, str], int]
    regions: Mapping[str, Transitions]
    vetoes: Mapping[str, tuple[int, int]]
    measures: Mapping[str, tuple[int, int]]
    score: tuple[int, ...]
    attributed: tuple[Attribution, ...]
    examples: tuple[Example, ...]
    rescored: int = 0
    altered: Mapping[str, AlteredMeasure] = {}
    holders: int = 0
    burdens: Burdens = Burdens()
    stacked: StackedAttribution | None = None
    alerted: AlertChange | None = None
    region_names: Mapping[str, Region] = {}

    @property
    def name(self) -> Name:
        policy = self.new or self.old
        assert policy is not None
        return policy.id, self.model.id


class Impact(Struct, frozen=True):
    """All models whose results may differ and that evaluate anybody, and how many could not be evaluated at all.

    `refused` are those whom both versions refuse as a whole, documents without an id among them, and those who name models
    of which neither has one for them; they are in no matrix. Who
    is refused by one version alone is REJECTED there. `subjects` are all that have an id. `uncompared` are versions that say
    nothing of the day; `chosen` says that nobody named the day, and that it is a later one than today, on which a new version
    begins.
    """

    as_of: int
    subjects: int
    models: tuple[ModelImpact, ...]
    refused: int
    seconds: float | None = None
    touched: ImpactDetails = ImpactDetails()
    uncompared: tuple[UncomparedVersion, ...] = ()
    chosen: bool = False

    @property
    def changed(self) -> int:
        """How many results differ: a subject has one by each model that evaluates it."""
        return sum(model.changed for model in self.models)

    @property
    def downgraded(self) -> float:
        """The greatest share of a model's subjects, per cent, that went to a worse level or lost its result."""
        return max((model.moved.worse for model in self.models), default=0.0)


LimitName = Literal["downgraded", "lost_incentives", "new_restrictions"]

LIMITS: tuple[LimitName, ...] = get_args(LimitName)


def results_gained(impact: ModelImpact, limit: LimitName) -> float:
    """What came of a model under one of the LIMITS: per cent of its subjects."""
    if limit == "downgraded":
        return impact.moved.worse
    return percent(getattr(impact.burdens, limit), impact.moved.of)


class Limit(Struct, frozen=True):
    """So many per cent of a model's subjects may be worse off in one of the LIMITS; `models` are those of which more are."""

    name: LimitName
    allowed: float
    actual: float
    models: tuple[ModelImpact, ...]


def within_limit(impact: Impact, allowed: Mapping[str, float]) -> tuple[Limit, ...]:
    """The limits that were set, by name, and what came."""
    return tuple(
        Limit(
            name, allowed[name], max((results_gained(model, name) for model in impact.models), default=0.0),
            tuple(model for model in impact.models if results_gained(model, name) > allowed[name]),
        )
        for name in LIMITS
        if name in allowed
    )  # fmt: skip
