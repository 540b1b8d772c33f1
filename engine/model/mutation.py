"""A mutant: a policy in which one thing is otherwise, so that a case should fail; and those that no case notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from engine.model.condition import Comparison
from engine.model.expectation import ExpectKey
from engine.model.policy import Policy
from engine.model.problem import Path

MutantKind = Literal[
    # facts
    "source", "window", "newest", "include", "where", "once_per", "value", "if_missing",
    # conditions
    "threshold", "operator", "listed", "test",
    # points
    "points", "start", "beyond", "short_of", "step", "round", "bound", "counts_for", "only_when", "none_when", "order",
    # what follows
    "level", "cap", "lower_by", "above_previous_by", "not_evaluated", "veto", "measure", "alert",
    # for several at once
    "parameter",
]  # fmt: skip

MUTANTS: tuple[MutantKind, ...] = get_args(MutantKind)


class Mutant(Struct, frozen=True):
    """What stands at a path of the policy file, and what stands there instead (None: nothing), as they are written;
    the path of a `start` that is not written is that of one that were.

    `model` is the first one that it concerns. A case would notice it where the test `when` holds (None: not known),
    and says in `expect` what comes out under `key`, of the fact, indicator or item `name` where that is not empty.
    """

    kind: MutantKind
    model: str
    path: Path
    old: str | None
    new: str | None
    when: Comparison | None
    key: ExpectKey
    name: str = ""


class Mutation(Struct, frozen=True):
    """How many mutants of one version of a policy there are, and those that no case notices, in the file's order."""

    policy: Policy
    mutants: int
    unnoticed: tuple[Mutant, ...]


def noticed_per_mille(mutations: Iterable[Mutation]) -> int:
    """Noticed mutants in a thousand, cut off."""
    mutants = unnoticed = 0
    for mutation in mutations:
        mutants += mutation.mutants
        unnoticed += len(mutation.unnoticed)
    return (mutants - unnoticed) * 1000 // mutants if mutants else 1000
