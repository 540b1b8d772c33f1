"""Which branches of a tally no record can come to: tried with a record for each way in which its tests may hold."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.evaluating.conditions import Matches, compile_where
from engine.evaluating.tally import place_finder
from engine.model.catalogue import Category
from engine.model.example_records import example_records
from engine.model.policy import FromRecords, record_conditions
from engine.model.subject import Record


class UnreachableBranch(Struct, frozen=True):
    """A branch by its place. Where a record fulfils it that counts, as the `example` does, an earlier one, `taken_by`, takes it."""

    place: int
    is_rest: bool  # `otherwise`, which has to stand there in any case
    example: Record | None = None
    taken_by: int | None = None


def unreachable_branches(source: FromRecords, category: Category) -> Iterator[UnreachableBranch]:
    """Those of a tally in their order, `otherwise` among them where others take all; none where there are too many ways to try."""
    tally = source.tally
    assert tally is not None
    examples = example_records(category, record_conditions(source))
    if examples is None:
        return
    selected = compile_where(source.where) if source.where else None
    place_of = place_finder(tally)
    tried = [(record, place_of(record)) for record in examples.records if selected is None or selected(record)]
    reached = {place for _, place in tried}
    holds: list[Matches] = [*(compile_where(branch.where) for branch in tally.branches), lambda record: True]
    for place, fulfils in enumerate(holds):
        if place not in reached:
            taken = next(((record, first) for record, first in tried if fulfils(record)), (None, None))
            yield UnreachableBranch(place, place == len(tally.branches), *taken)
