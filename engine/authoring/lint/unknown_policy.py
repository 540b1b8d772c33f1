"""A fact over evaluations whose `where` names a policy that is not loaded."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import PREVIOUS
from engine.model.condition import Comparison, Condition, tests
from engine.model.policy import FromRecords
from engine.model.problem import Path, Problem


def find(linted: LintContext) -> Iterator[Problem]:
    known = {policy.id for policy in linted.read.library.policies}
    for model, top in linted.models():
        for name, fact in model.facts.items():
            source = fact.source
            if isinstance(source, FromRecords) and source.category != PREVIOUS:
                if linted.policy.categories[source.category].derived:
                    for path, where in _wheres(source):
                        for policy in (policy for test in tests(where) for policy in _policies(test)):
                            if policy not in known:
                                at = (*top, "facts", name, *path)
                                yield linted.warn("unknown_policy", at, True, policy=policy, known=sorted(known))


def _wheres(source: FromRecords) -> Iterator[tuple[Path, Condition]]:
    """What a fact asks of records, and where in the fact that stands."""
    if source.where is not None:
        yield ("where",), source.where
    for place, branch in enumerate(source.tally.branches if source.tally else ()):
        yield ("first_of", place, "where"), branch.where


def _policies(test: Comparison) -> tuple[str, ...]:
    if test.name != "policy":
        return ()
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return tuple(operand for operand in operands if isinstance(operand, str))
