"""A fact over evaluations whose `where` names a policy that is not loaded."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import PREVIOUS
from engine.model.condition import Comparison, tests
from engine.model.policy import FromRecords
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    known = {policy.id for policy in linted.read.library.policies}
    for model, top in linted.models():
        for name, fact in model.facts.items():
            source = fact.source
            if isinstance(source, FromRecords) and source.where and source.category != PREVIOUS:
                if linted.policy.categories[source.category].derived:
                    for test in tests(source.where):
                        for policy in _policies(test):
                            if policy not in known:
                                path = (*top, "facts", name, "where")
                                yield linted.warn("unknown_policy", path, True, policy=policy, known=sorted(known))


def _policies(test: Comparison) -> tuple[str, ...]:
    if test.name != "policy":
        return ()
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return tuple(operand for operand in operands if isinstance(operand, str))
