"""Some subjects looked at one by one: what each change does to them, their alerts, both results of ten with their reasoning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from ibis.backends import BaseBackend as Connection
from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.order import Results, evaluate_all, plan
from engine.model.change import PolicyDiff
from engine.model.impact import AlertChange, Example, ModelImpact
from engine.model.library import Library, Name
from engine.model.subject import Subject
from engine.reviewing.impact.attribution import Sample, attribute
from engine.reviewing.impact.results import Results as Made
from engine.reviewing.impact.side import Side, documents


class ComparedSubject(Struct, frozen=True):
    """One model side by side: what is told of it already, and whom to look at (`alerted` for their alerts)."""

    name: Name
    told: ModelImpact
    sample: tuple[str, ...]
    examples: tuple[str, ...]
    alerted: tuple[str, ...] = ()
    flags: Any = None


def compare_samples(
    old: Side, new: Side, found: Sequence[ComparedSubject], pairs: Iterable[PolicyDiff], as_of: int,
    results: tuple[Made, Made], connection: Connection,
) -> list[ModelImpact]:  # fmt: skip
    """With what each change does, the alerts, and the examples."""
    ids = sorted({one for model in found for one in (*model.sample, *model.examples, *model.alerted)})
    then = documents(old, ids, connection) if ids else []
    now = then if new.tables is old.tables or not ids else documents(new, ids, connection)
    before, after = (evaluate_all(plan(side.library, as_of), some, reasoning=False) for side, some in ((old, then), (new, now)))
    names = {one.name: one.sample for one in found if one.sample}
    moves = attribute(old.library, new.library, pairs, as_of, Sample(names, then, before, after)) if names else {}
    shown = {one for model in found for one in model.examples}
    reasoned = [_reasoned(side.library, some, shown, as_of) for side, some in ((old, then), (new, now))]
    subjects = {one.id: one for one in now}
    models = []
    for one in found:
        alone, stacked = moves.get(one.name, ((), None))
        examples = tuple(_example(subjects[who], (who, one.name), *reasoned) for who in one.examples)
        told = replace(one.told, attributed=alone, stacked=stacked, examples=examples)
        if results[0].outcomes is not None and results[1].outcomes is not None:
            some = {subject for made in results for subject, name in made.outcomes or {} if name == one.name}
            told = replace(told, alerted=alert_changes(told, results[0].outcomes, results[1].outcomes, some))
        elif one.alerted:
            told = replace(told, alerted=alert_changes(told, before, after, one.alerted))
        models.append(told)
    return models


def alert_changes(told: ModelImpact, before: Results, after: Results, subjects: Collection[str]) -> AlertChange | None:
    """Who gained and lost each alert of a model; None where it has none."""
    if not any(policy.models[told.model.id].alerts for policy in (told.old, told.new) if policy):
        return None
    counts: dict[str, list[int]] = {}
    for subject in subjects:
        was, now = (set(getattr(side.get((subject, told.name)), "alerts", ())) for side in (before, after))
        for way, ids in enumerate((now - was, was - now)):
            for one in ids:
                counts.setdefault(one, [0, 0])[way] += 1
    return AlertChange(len(subjects), {name: (some[0], some[1]) for name, some in sorted(counts.items())})


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
