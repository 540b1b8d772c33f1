"""A case: a department's own example, what must come out of it, what differed, and what of a policy cases reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from engine.model.evaluation import Outcome
from engine.model.expectation import Expect, ExpectKey
from engine.model.mutation import Mutation
from engine.model.policy import Policy
from engine.model.problem import Path, Place
from engine.model.subject import Subject

TargetKind = Literal[
    "tally", "each", "band", "choice", "branch", "decision", "included", "left_out", "none", "not_none",
    "not_evaluated", "veto", "measure", "alert",
]  # fmt: skip


class Case(Struct, frozen=True):
    """A subject, the model of the policy that is examined, the as-of date (an ordinal) and what must come out."""

    id: str
    title: str
    policy: str
    model: str
    as_of: int
    subject: Subject
    expect: Expect


class Difference(Struct, frozen=True):
    """One thing that came out otherwise; `kind` is a key of `expect`, `name` the fact, indicator or item, else empty."""

    kind: ExpectKey
    name: str
    expected: object
    actual: object


class CaseResult(Struct, frozen=True):
    """What came out of a case; it passes where nothing differs."""

    case: Case
    outcome: Outcome
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


class Target(Struct, frozen=True):
    """Something in a model that a case can reach; `path` leads to it in the policy file.

    `kind` is tally (a branch of one), each, band, choice, branch, decision, included or left_out (the two ways of `only_when`),
    none or not_none (those of `none_when`), not_evaluated, veto, measure or alert.
    """

    kind: TargetKind
    model: str
    path: Path


class Coverage(Struct, frozen=True):
    """The targets of one version of a policy in the file's order, and those that no case reaches."""

    policy: Policy
    targets: tuple[Target, ...]
    unreached: tuple[Target, ...]


class Tested(Struct, frozen=True):
    """A policy put to its cases: each result with the place of its example, each version's coverage with those of its
    unreached targets, each version's mutation with those of what was otherwise in the unnoticed mutants.
    """

    policy: str
    results: tuple[tuple[CaseResult, Place], ...]
    coverages: tuple[tuple[Coverage, tuple[Place, ...]], ...] = ()
    mutations: tuple[tuple[Mutation, tuple[Place, ...]], ...] = ()

    @property
    def failed(self) -> int:
        return sum(not result.passed for result, _ in self.results)

    @property
    def passed(self) -> int:
        return len(self.results) - self.failed


def per_mille(coverages: Iterable[Coverage]) -> int:
    """Reached targets in a thousand, cut off, so that only what is wholly reached has 1,000."""
    targets = unreached = 0
    for coverage in coverages:
        targets += len(coverage.targets)
        unreached += len(coverage.unreached)
    return (targets - unreached) * 1000 // targets if targets else 1000
