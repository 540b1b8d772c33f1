"""A proof: a claim about every subject that the catalogue allows, the answer, and a subject that shows it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from engine.model.evaluation import Outcome
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.subject import Subject

PROVED, COUNTEREXAMPLE, DISPROVED, UNKNOWN = "proved", "counterexample", "disproved", "unknown"
"""It holds for all; a subject shows that it does not; no subject is as it claims that one is; not decided."""

RESULT, MEASURES, READERS = "result", "measures", "readers"
"""What two versions are compared in: outcome, score, level, grade and whether vetoed; incentives and restrictions of those
whom both put at the same level, for another level brings others by itself; the results of the models that read them."""

EQUIVALENT, NEVER_WORSE, NEVER_BETTER = "equivalent", "never_worse", "never_better"
"""Of two versions, in the eyes of whom they touch; equivalent is no difference, in routine measures and in what any measure
says (its matter, item and terms) either."""

REACHED, VETO_LEVEL, DIRECTION, TOGETHER = "reached", "veto_level", "direction", "together"
"""Of one version: some subject comes to it; a veto ends in its level; a fact's direction; no measure and its opposite."""

MODELLED = "modelled"
"""Of a model that the solver is not asked about: nothing is claimed of it."""

MUST_HOLD = frozenset((VETO_LEVEL, DIRECTION, TOGETHER))
"""Claims without which a policy is wrong; what nobody reaches may be meant so."""

TIMEOUT, NOT_REALISED, NOT_COMPARABLE, TOO_MANY_CELLS = "timeout", "not_realised", "not_comparable", "too_many_cells"
OTHER_CATALOGUE, RESULTS_ASSUMED, READ_OTHERWISE = "other_catalogue", "results_assumed", "read_otherwise"
OTHER_LEVELS = "other_levels"
"""Reasons why a claim is not decided: of the last but one, what contradicts it has results of other policies that are
loaded, which those may never give it; of the last, results come or go, or their readers turn them round."""


LAST_DAY = date(2099, 12, 31).toordinal()
"""So far is the calendar looked at: 2100 is no leap year."""


class Days(Struct, frozen=True):
    """The days of which the solver was asked; where these stand for all days from `first` to `last`, then these too."""

    asked: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None

    @property
    def every(self) -> bool:
        """Whether a claim is about every day, as far as the calendar is looked at."""
        return self.first is not None


class Difference(Struct, frozen=True):
    """What is otherwise in the second outcome: outcome, score, level, grade, vetoed, a measure of a kind, by name, or the
    matter, item or terms of one that stays.

    `worse` is whether that is worse for the subject, None where it is neither worse nor better.
    """

    kind: str
    name: str
    old: object
    new: object
    worse: bool | None


class Witness(Struct, frozen=True):
    """What shows the answer, replayed by the single evaluator: one subject under both versions or under one, or two."""

    as_of: int
    subjects: tuple[Subject, ...]
    outcomes: tuple[Outcome, ...]
    differences: tuple[Difference, ...] = ()
    smallest: bool = False
    """Whether nothing smaller does, in records, members and attributes together."""


class Proof(Struct, frozen=True):
    """`about` is RESULT or MEASURES, or what the claim is about, at `path` of the policy file; `reason` of UNKNOWN.

    What is proved of two versions holds on each of the `days`.
    """

    claim: str
    policy: Policy
    model: str
    about: str
    answer: str
    path: Path = ()
    reason: str | None = None
    witness: Witness | None = None
    seconds: float = 0.0
    days: Days = Days()
