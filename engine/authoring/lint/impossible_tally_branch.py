"""A branch of a tally that no record fulfils: it contradicts itself, the catalogue, or the fact's own `where`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.evaluating.tally_reach import unreachable_branches
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for path, source in linted.tallies():
        for branch in unreachable_branches(source, linted.policy.categories[source.category]):
            if branch.example is None and not branch.is_rest:
                yield linted.warn("impossible_tally_branch", (*path, branch.place))
