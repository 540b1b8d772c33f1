"""A fact that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.policy import RejectMissing
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        used = set(model.names_read())
        for name, fact in model.facts.items():
            if name not in used and not isinstance(fact.if_missing, RejectMissing):  # one that rejects has its use
                yield linted.warn("unused_fact", (*top, "facts", name), True, fact=name)
