"""The branches of a tally made otherwise: each value, each condition, and the order of neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from engine.authoring.mutation.change import ModelEdit, Walk, edits_among, edits_inside
from engine.authoring.mutation.conditions import Scope, condition_changes
from engine.authoring.mutation.points import number_edits
from engine.evaluating.conditions import compile_where
from engine.evaluating.tally import place_finder
from engine.model.condition import Comparison
from engine.model.example_records import example_records
from engine.model.policy import FromRecords, Tally, TallyBranch, record_conditions
from engine.model.problem import Path


def tally_changes(walk: Walk, source: FromRecords, tally: Tally, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    """The source with one thing in its tally otherwise; `path` leads to the fact.

    What gives every record that its `where` selects the value that it had is not made.
    """
    for change in edits_inside(_changes(walk, tally, (*path, "first_of"), scope), source, "tally"):
        if _differ(walk, source, change.part):
            yield change


def _changes(walk: Walk, tally: Tally, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    branches = tally.branches
    for index, branch in enumerate(branches):
        changes = _branch(walk, branch, (*path, index), scope)
        yield from edits_inside(edits_among(changes, branches, index), tally, "branches")
    last = (*path, len(branches), "otherwise")
    yield from edits_inside(number_edits(walk, "value", last, tally.otherwise), tally, "otherwise")
    for index, (branch, other) in enumerate(pairwise(branches)):
        swapped = (*branches[:index], other, branch, *branches[index + 2 :])
        part = replace(tally, branches=swapped)
        yield ModelEdit("order", (*path, index), str(index + 1), str(index + 2), part)


def _branch(walk: Walk, branch: TallyBranch, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    yield from edits_inside(condition_changes(walk, branch.where, (*path, "where"), scope), branch, "where")
    when = branch.where if isinstance(branch.where, Comparison) and branch.where.name not in scope.dates else None
    values = (replace(edit, when=when) for edit in number_edits(walk, "value", (*path, "value"), branch.value))
    yield from edits_inside(values, branch, "value")


def _differ(walk: Walk, source: FromRecords, changed: FromRecords) -> bool:
    """Whether any record that is selected gets another value; true where there are too many to try."""
    before, after = source.tally, changed.tally
    assert before is not None
    assert after is not None
    conditions = [*record_conditions(source), *record_conditions(changed)]
    examples = example_records(walk.policy.categories[source.category], conditions)
    if examples is None:
        return True
    selected = compile_where(source.where) if source.where else None
    first, second = place_finder(before), place_finder(after)
    return any(
        before.values[first(record)] != after.values[second(record)]
        for record in examples.records
        if selected is None or selected(record)
    )
