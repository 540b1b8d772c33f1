"""Which records and dates of a subject, or results that are read, change a result on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.advising.events import events_of, record_events
from engine.evaluating.order import Plan, Results
from engine.model.catalogue import MEMBER
from engine.model.condition import Condition, facts_in
from engine.model.course import Cause
from engine.model.evaluation import DimensionResult, Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.library import Name
from engine.model.policy import LAST_LEVEL, Model, category_read
from engine.model.scoring import Indicator, Item, form_facts
from engine.model.subject import Subject


def causes(plan: Plan, subject: Subject, name: Name, before: Results, after: Results, day: int) -> tuple[Cause, ...]:
    """What makes a model's result of the `day` another one than that of the day before; all results of both days are given.

    It is looked for in the facts whose values changed and that are read by what changed: points, vetoes, measures, who is
    left out, what rejects.
    """
    old, new = before.get((subject.id, name)), after.get((subject.id, name))
    evaluator = plan.models.get(name)
    if old is None or new is None or evaluator is None or evaluator.compiled.policy.effective_from == day:
        return (Cause("policy", name[0], "version"),)
    policy, model = evaluator.compiled.policy, evaluator.compiled.model
    causing: dict[Cause, list[str]] = {}
    for fact in _leaves(model, _facts_behind(model, old, new), old, new):
        for cause in events_of(policy, model, model.facts[fact], subject, day):
            causing.setdefault(cause, []).append(fact)
        for cause in _results_read(plan, name, subject, category_read(model.facts[fact].source), before, after):
            causing.setdefault(cause, []).append(fact)
    if _last_level(old) != _last_level(new):
        causing |= {cause: [] for cause in record_events(policy, model, LAST_LEVEL, subject, day) if cause not in causing}
    return tuple(Cause(cause.kind, cause.id, cause.event, tuple(facts)) for cause, facts in causing.items())


def _leaves(model: Model, names: Iterable[str], old: Outcome, new: Outcome) -> Iterator[str]:
    """Facts with those that they are computed from, as far as the values changed, each once."""
    left, known = list(dict.fromkeys(names)), set[str]()
    changed = _changed(old, new)
    for name in left:  # it grows
        if name in known:
            continue
        known.add(name)
        yield name
        left += [other for other in model.facts[name].needs() if changed is None or other in changed]


def _changed(old: Outcome, new: Outcome) -> set[str] | None:
    """The facts whose values differ; None where a rejection has none."""
    if isinstance(old, Rejection) or isinstance(new, Rejection):
        return None
    return {name for name, value in new.facts.items() if old.facts[name] != value}


def _facts_behind(model: Model, old: Outcome, new: Outcome) -> list[str]:
    """The facts that what changed reads; all that changed where none of these did."""
    read = dict.fromkeys(_read_by_changes(model, old, new))
    changed = _changed(old, new)
    if changed is None:
        return list(read)
    return [name for name in read if name in changed] or [name for name in model.facts if name in changed]


def _read_by_changes(model: Model, old: Outcome, new: Outcome) -> Iterator[str]:
    for outcome in (old, new):
        if isinstance(outcome, Rejection):
            yield from (str(problem.path[1]) for problem in outcome.problems if problem.path[:1] == ("facts",))
            if isinstance(model.weight, str):
                yield model.weight
    exclusions = _exclusions(old) ^ _exclusions(new)
    yield from _in_conditions(part.when for part in model.not_evaluated if part.id in exclusions)
    if isinstance(old, Evaluation) and isinstance(new, Evaluation):
        yield from _read_by_results(model, old, new)


def _exclusions(outcome: Outcome) -> set[str]:
    return set(outcome.exclusions) if isinstance(outcome, NotEvaluated) else set()


def _read_by_results(model: Model, old: Evaluation, new: Evaluation) -> Iterator[str]:
    for element in _other_points(model, old, new):
        yield from form_facts(element.form)
        if isinstance(element, Indicator):
            yield from _in_conditions(when for when in (element.only_when, element.none_when) if when is not None)
    if model.decisions and old.level != new.level:
        yield from _in_conditions(when for when, _ in model.decisions.branches)
    vetoes = set(old.vetoes) ^ set(new.vetoes)
    yield from _in_conditions(veto.when for veto in model.vetoes if veto.id in vetoes)
    if (old.score, old.level) == (new.score, new.level):
        measures = set(old.measures) ^ set(new.measures)
        yield from _in_conditions(measure.when for measure in model.measures if measure.id in measures)


def _in_conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield from facts_in(condition)


def _other_points(model: Model, old: Evaluation, new: Evaluation) -> Iterator[Indicator | Item]:
    """The indicators and items that give other points."""
    assert old.reasoning is not None
    assert new.reasoning is not None
    points = _points(old.reasoning.dimensions) | dict(old.reasoning.items)
    now = _points(new.reasoning.dimensions) | dict(new.reasoning.items)
    return (element for _, element in model.scored() if points[element.id] != now[element.id])


def _points(dimensions: Iterable[DimensionResult]) -> dict[str, int | None]:
    return {indicator.id: indicator.points for dimension in dimensions for indicator in dimension.indicators}


def _last_level(outcome: Outcome) -> str | None:
    return outcome.reasoning.last_level if isinstance(outcome, Evaluation) and outcome.reasoning else None


def _results_read(
    plan: Plan, name: Name, subject: Subject, category: str | None, before: Results, after: Results
) -> Iterator[Cause]:  # fmt: skip
    """The results, of the subject or of its members, that are read as records of a category and are others now."""
    reads = plan.reads[name]
    if category == MEMBER:
        for other in reads.members:
            for member in subject.members:
                if _as_read(before.get((member, other))) != _as_read(after.get((member, other))):
                    yield Cause("result", "/".join((member, *other)), "changed")
        return
    for other in reads.own:
        there = plan.models.get(other)
        if (there is None or there.compiled.model.feeds == category) and (
            _as_read(before.get((subject.id, other))) != _as_read(after.get((subject.id, other)))
        ):
            yield Cause("result", "/".join(other), "changed")


def _as_read(outcome: Outcome | None) -> object:
    """What those who read a result see of it."""
    if not isinstance(outcome, Evaluation):
        return None
    return outcome.score, outcome.level, outcome.grade, outcome.weight, bool(outcome.vetoes)
