"""Some subjects looked at one by one: what each change alone does to them, and both results of ten with their reasoning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.order import Results, evaluate_all, plan
from engine.model.change import Changed
from engine.model.impact import Example, ModelImpact
from engine.model.library import Library, Name
from engine.model.subject import Subject
from engine.reviewing.impact.attributed import attributed
from engine.reviewing.impact.side import Side, documents


class Compared(Struct, frozen=True):
    """One model side by side: what is told of it already, and whom to look at."""

    name: Name
    told: ModelImpact
    sample: tuple[str, ...]
    examples: tuple[str, ...]


def looked_at(
    old: Side, new: Side, found: Sequence[Compared], pairs: Iterable[Changed], as_of: int, connection: Any
) -> list[ModelImpact]:
    """With what each change alone does, and the examples."""
    ids = sorted({one for model in found for one in (*model.sample, *model.examples)})
    if not ids:
        return [one.told for one in found]
    then = documents(old, ids, connection)
    now = then if new.tables is old.tables else documents(new, ids, connection)
    samples = {one.name: one.sample for one in found if one.sample}
    moves = attributed(old.library, pairs, as_of, then, samples) if samples else {}
    shown = {one for model in found for one in model.examples}
    before, after = (_reasoned(side.library, some, shown, as_of) for side, some in ((old, then), (new, now)))
    subjects = {one.id: one for one in now}
    return [
        replace(
            one.told,
            attributed=moves.get(one.name, ()),
            examples=tuple(_example(subjects[who], (who, one.name), before, after) for who in one.examples),
        )
        for one in found
    ]


def _reasoned(library: Library, subjects: Iterable[Subject], shown: Iterable[str], as_of: int) -> Results:
    """The outcomes with their reasoning of some of the subjects, and of those whose results they read."""
    by_id = {one.id: one for one in subjects}
    wanted: dict[str, None] = {}
    more = list(shown)
    while more:
        one = more.pop()
        if one in by_id and one not in wanted:
            wanted[one] = None
            more += by_id[one].members
    return evaluate_all(plan(library, as_of), [one for name, one in by_id.items() if name in wanted])


def _example(subject: Subject, key: tuple[str, Name], before: Results, after: Results) -> Example:
    return Example(subject, before[key], after[key])
