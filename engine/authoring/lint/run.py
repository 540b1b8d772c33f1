"""The lints, each an opinion with an id, a page in docs/checks/ and one function `find`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from engine.authoring.lint import (
    contradicting_measures,
    impossible_tally_branch,
    no_basis,
    no_collection,
    title_number,
    title_period,
    unearnable_points,
    unknown_policy,
    unreachable_band,
    unreachable_branch,
    unreachable_level,
    unreachable_tally_branch,
    unused_fact,
    unused_parameter,
)
from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Problem
from engine.reading.library import Read

LINTS: tuple[Callable[[LintContext], Iterator[Problem]], ...] = (
    unreachable_band.find,
    unreachable_branch.find,
    unreachable_tally_branch.find,
    impossible_tally_branch.find,
    unreachable_level.find,
    unearnable_points.find,
    unused_fact.find,
    unused_parameter.find,
    unknown_policy.find,
    contradicting_measures.find,
    no_basis.find,
    title_period.find,
    title_number.find,
)


def lint(read: Read) -> list[Problem]:
    """Every warning about the policies of a library, by policy and place, and about its catalogue."""
    warnings: list[Problem] = []
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        linted = LintContext(policy, page.source, read)
        problems = chain.from_iterable(find(linted) for find in LINTS)
        warnings += sorted(problems, key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))
    return [*warnings, *no_collection.find(read)]
