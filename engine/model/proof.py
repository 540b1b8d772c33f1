"""A proof: a claim about every subject that the catalogue allows, the answer, and a subject that shows it."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from engine.model.evaluation import Outcome
from engine.model.policy import MeasureKind, Policy
from engine.model.problem import Path
from engine.model.proportion import Influence
from engine.model.subject import Subject

PROVED: Final = "proved"
COUNTEREXAMPLE: Final = "counterexample"
DISPROVED: Final = "disproved"
UNKNOWN: Final = "unknown"
"""It holds for all; a subject shows that it does not; no subject is as it claims that one is; not decided."""

RESULT: Final = "result"
MEASURES: Final = "measures"
READERS: Final = "readers"
"""What two versions are compared in: outcome, score, level, grade and whether vetoed; incentives and restrictions of those
whom both put at the same level, for another level brings others by itself; the results of the models that read them."""

EQUIVALENT: Final = "equivalent"
NEVER_WORSE: Final = "never_worse"
NEVER_BETTER: Final = "never_better"
"""Of two versions, in the eyes of whom they touch; equivalent is no difference, in routine measures and in what any measure
says (its matter, item and terms) either."""

REACHED: Final = "reached"
VETO_LEVEL: Final = "veto_level"
DIRECTION: Final = "direction"
TOGETHER: Final = "together"
MISSING: Final = "missing"
"""Of one version: some subject comes to it; a veto ends in its level; a fact's direction; no measure and its opposite; nobody
comes to a restriction or the worst grade because information is missing."""

ENDS: Final = "ends"
"""Of one version: one record of an adverse category ceases to bear on results, or does so as long as the basis says."""

MODELLED: Final = "modelled"
"""Of a model that the solver is not asked about: nothing is claimed of it."""

PairClaim = Literal["equivalent", "never_worse", "never_better"]
ClaimKind = Literal["reached", "veto_level", "direction", "together", "missing", "ends", "modelled", PairClaim]
Answer = Literal["proved", "counterexample", "disproved", "unknown"]
Aspect = Literal["result", "measures", "readers"]

MUST_HOLD: frozenset[ClaimKind] = frozenset((VETO_LEVEL, DIRECTION, TOGETHER, ENDS))
"""Claims without which a policy is wrong; what nobody reaches may be meant so."""

TIMEOUT: Final = "timeout"
NOT_REALISED: Final = "not_realised"
NOT_COMPARABLE: Final = "not_comparable"
TOO_MANY_CELLS: Final = "too_many_cells"
OTHER_CATALOGUE: Final = "other_catalogue"
RESULTS_ASSUMED: Final = "results_assumed"
READ_OTHERWISE: Final = "read_otherwise"
OTHER_LEVELS: Final = "other_levels"
NOT_COLLECTED: Final = "not_collected"
EARLIER_RESULTS: Final = "earlier_results"
"""Reasons why a claim is not decided: of RESULTS_ASSUMED, what contradicts it has results of other policies that are
loaded, which those may never give it; of OTHER_LEVELS, results come or go, or their readers turn them round; of NOT_COLLECTED, a
record says for good that its kind is collected; of the last, results count later on, and carry on what made them."""

Reason = Literal[
    "timeout", "not_realised", "not_comparable", "too_many_cells", "other_catalogue", "results_assumed", "read_otherwise",
    "other_levels", "not_collected", "earlier_results",
]  # fmt: skip

LAST_DAY = date(2099, 12, 31).toordinal()
"""So far is the calendar looked at: 2100 is no leap year."""


class Days(Struct, frozen=True):
    """The days of which the solver was asked; where these stand for all days from `first` to `last`, then these too."""

    listed: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None

    @property
    def every(self) -> bool:
        """Whether a claim is about every day, as far as the calendar is looked at."""
        return self.first is not None


DifferenceKind = Literal["outcome", "score", "level", "grade", "vetoed", MeasureKind, "matter", "item", "terms"]


class Difference(Struct, frozen=True):
    """What is otherwise in the second outcome: outcome, score, level, grade, vetoed, a measure of a kind, by name, or the
    matter, item or terms of one that stays.

    `worse` is whether that is worse for the subject, None where it is neither worse nor better.
    """

    kind: DifferenceKind
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

    claim: ClaimKind
    policy: Policy
    model: str
    about: str
    answer: Answer
    path: Path = ()
    reason: Reason | None = None
    witness: Witness | None = None
    seconds: float = 0.0
    days: Days = Days()
    influence: Influence | None = None
    costs: int | None = None
    """Of a record that ends: what it can do, and the most points that one was found to cost."""
