"""A case: a department's own example, what must come out of it, what differed, and what of a policy cases reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model.condition import Plain
from engine.model.evaluation import Outcome
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.subject import Subject

RESULTS = ("score", "level", "grade")
LISTS = ("vetoes", "measures", "alerts")
INSTEAD = ("rejected", "not_evaluated")
"""What stands in place of an evaluation."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What must come out, as far as the case says it: what has no entry is not said, an entry of None is null.

    `results` by RESULTS, `lists` by LISTS and INSTEAD (all that hold, in the policy's order), `facts` and `points`
    by id; points are None for an indicator that is left out.
    """

    results: Mapping[str, int | str | None] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Plain] = field(default_factory=dict)
    points: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A subject, the model of the policy that is examined, the as-of date (an ordinal) and what must come out."""

    id: str
    title: str
    policy: str
    model: str
    as_of: int
    subject: Subject
    expect: Expect


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise; `kind` is a key of `expect`, `name` the fact, indicator or item, else empty."""

    kind: str
    name: str
    expected: object
    actual: object


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came out of a case; it passes where nothing differs."""

    case: Case
    outcome: Outcome
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True)
class Target:
    """Something in a model that a case can reach; `path` leads to it in the policy file.

    `kind` is each, band, choice, branch, decision, included or left_out (the two ways of `only_when`), not_evaluated,
    veto, measure or alert.
    """

    kind: str
    model: str
    path: Path


@dataclass(frozen=True, slots=True)
class Coverage:
    """The targets of one version of a policy in the file's order, and those that no case reaches."""

    policy: Policy
    targets: tuple[Target, ...]
    unreached: tuple[Target, ...]

    @property
    def per_mille(self) -> int:
        """Reached targets in a thousand, cut off, so that only a policy wholly reached has 1,000."""
        if not self.targets:
            return 1000
        return (len(self.targets) - len(self.unreached)) * 1000 // len(self.targets)
