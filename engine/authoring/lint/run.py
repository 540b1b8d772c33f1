"""The lints, each an opinion with an id, a page in docs/checks/ and one function `find`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from engine.authoring.lint import (
    contradicting_measures,
    counted_nowhere,
    counted_twice,
    cut_text,
    impossible_tally_branch,
    no_basis,
    no_collection,
    quoted_text,
    repaired_counted,
    sign_against_direction,
    title_number,
    title_period,
    unearnable_points,
    unknown_is_bad,
    unknown_policy,
    unreachable_band,
    unreachable_branch,
    unreachable_level,
    unreachable_tally_branch,
    unused_fact,
    unused_parameter,
    window_beyond_publicity,
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
    window_beyond_publicity.find,
    repaired_counted.find,
    unknown_is_bad.find,
    counted_twice.find,
    counted_nowhere.find,
    sign_against_direction.find,
    cut_text.find,
    quoted_text.find,
)


def lint(read: Read) -> list[Problem]:
    """Every warning about the policies of a library, by policy and place, and about its catalogue."""
    warnings: list[Problem] = []
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        linted = LintContext(policy, page.source, read)
        problems = chain.from_iterable(find(linted) for find in LINTS)
        warnings += sorted(problems, key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))
    return [*warnings, *cut_text.find_in_common(read), *quoted_text.find_in_common(read), *no_collection.find(read)]
