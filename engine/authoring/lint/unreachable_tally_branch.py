"""A branch of a tally to which no record comes, for earlier branches take all that fulfil it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.evaluating.tally_reach import unreachable_branches
from engine.model.catalogue import Category
from engine.model.condition import Plain
from engine.model.number import shortest
from engine.model.period import iso_text
from engine.model.problem import Problem
from engine.model.subject import Record


def find(linted: LintContext) -> Iterator[Problem]:
    for path, source in linted.tallies():
        category = linted.policy.categories[source.category]
        for branch in unreachable_branches(source, category):
            if branch.example is not None and branch.taken_by is not None and not branch.is_rest:
                example, number = _record(category, branch.example), str(branch.taken_by + 1)
                yield linted.warn("unreachable_tally_branch", (*path, branch.place), example=example, number=number)


def _record(category: Category, record: Record) -> str:
    """What a record holds, as a document has it."""
    fields = [_field(category, key, value) for key, value in record.fields.items()]
    fields += [] if record.source is None else [f"source: {record.source}"]
    return f"{{{', '.join(fields)}}}"


def _field(category: Category, key: str, value: Plain) -> str:
    match value:
        case bool():
            return f"{key}: {str(value).lower()}"
        case int():
            return f"{key}: {iso_text(value) if category.fields[key].type == 'date' else shortest(value)}"
        case _:
            return f"{key}: {value}"
