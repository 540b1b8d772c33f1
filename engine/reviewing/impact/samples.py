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
from engine.reviewing.impact.affected_models import affected_models
from engine.reviewing.impact.attribution import Sample, attribute
from engine.reviewing.impact.results import Results as Made
from engine.reviewing.impact.side import Side, documents


class ComparedSubject(Struct, frozen=True):
    """One model side by side: what is told of it already, and whom to look at (`alerted` for their alerts)."""

    name: Name
    model_impact: ModelImpact
    sample: tuple[str, ...]
    examples: tuple[str, ...]
    alerted: tuple[str, ...] = ()
    flags: Any = None


def compare_samples(
    old: Side, new: Side, compared: Sequence[ComparedSubject], pairs: Iterable[PolicyDiff], as_of: int,
    results: tuple[Made, Made], connection: Connection,
) -> list[ModelImpact]:  # fmt: skip
    """With what each change does, the alerts, and the examples."""
    ids = sorted({name for model in compared for name in (*model.sample, *model.examples, *model.alerted)})
    then = documents(old, ids, connection) if ids else []
    now = then if new.tables is old.tables or not ids else documents(new, ids, connection)
    before = evaluate_all(plan(old.library, as_of), then, reasoning=False)
    differing = affected_models(old.library, new.library, as_of)
    stand = {key: outcome for key, outcome in before.items() if key[1] not in differing} if now is then else {}
    after = evaluate_all(plan(new.library, as_of), now, reasoning=False, stand=stand)
    names = {model.name: model.sample for model in compared if model.sample}
    moves = attribute(old.library, new.library, pairs, as_of, Sample(names, then, before, after)) if names else {}
    keys = {example for model in compared for example in model.examples}
    reasoned = [_reasoned(side.library, some, keys, as_of) for side, some in ((old, then), (new, now))]
    subjects = {subject.id: subject for subject in now}
    models = []
    for model in compared:
        alone, stacked = moves.get(model.name, ((), None))
        examples = tuple(_example(subjects[who], (who, model.name), *reasoned) for who in model.examples)
        detailed = replace(model.model_impact, attributed=alone, stacked=stacked, examples=examples)
        if results[0].outcomes is not None and results[1].outcomes is not None:
            some = {subject for result in results for subject, name in result.outcomes or {} if name == model.name}
            detailed = replace(detailed, alerted=alert_changes(detailed, results[0].outcomes, results[1].outcomes, some))
        elif model.alerted:
            detailed = replace(detailed, alerted=alert_changes(detailed, before, after, model.alerted))
        models.append(detailed)
    return models


def alert_changes(impact: ModelImpact, before: Results, after: Results, subjects: Collection[str]) -> AlertChange | None:
    """Who gained and lost each alert of a model; None where it has none."""
    if not any(policy.models[impact.model.id].alerts for policy in (impact.old, impact.new) if policy):
        return None
    counts: dict[str, list[int]] = {}
    for subject in subjects:
        was, now = (set(getattr(side.get((subject, impact.name)), "alerts", ())) for side in (before, after))
        for way, ids in enumerate((now - was, was - now)):
            for id_ in ids:
                counts.setdefault(id_, [0, 0])[way] += 1
    return AlertChange(len(subjects), {name: (some[0], some[1]) for name, some in sorted(counts.items())})


def _reasoned(library: Library, subjects: Iterable[Subject], examples: Iterable[str], as_of: int) -> Results:
    """The outcomes with their reasoning of some of the subjects, and of those whose results they read."""
    by_id = {subject.id: subject for subject in subjects}
    reached: dict[str, None] = {}
    more = list(examples)
    while more:
        subject = more.pop()
        if subject in by_id and subject not in reached:
            reached[subject] = None
            more += by_id[subject].members
    return evaluate_all(plan(library, as_of), [subject for name, subject in by_id.items() if name in reached])


def _example(subject: Subject, key: tuple[str, Name], before: Results, after: Results) -> Example:
    return Example(subject, before[key], after[key])
