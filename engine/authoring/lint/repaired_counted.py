"""A fact that counts adverse records after they are repaired."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.policy import FromRecords
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for name, fact in model.facts.items():
            source = fact.source
            if isinstance(source, FromRecords) and source.include_repaired:
                category = linted.policy.categories[source.category]
                if category.direction == "adverse" or category.publicity_terms:
                    path = (*top, "facts", name, "include")
                    yield linted.warn("repaired_counted", path, True, fact=name, category=category.title)
