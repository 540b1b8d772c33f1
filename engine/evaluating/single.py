"""The single evaluator, the definition: one subject, one model, one day, with or without its reasoning.

A compiled model and an evaluator are never changed once they are there, so any number of threads may share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from engine.evaluating.awards import compile_awards
from engine.evaluating.conditions import Holds, Values, compile_condition
from engine.evaluating.fact_pass import FactPass
from engine.evaluating.facts import Step, by_category, compile_facts
from engine.evaluating.last_level import compile_last_level, last_level, level_of_another_scale
from engine.evaluating.later_records import Later, compile_later
from engine.evaluating.level import cap_score, compile_decisions, lower_level
from engine.evaluating.score import Results, Score, Scored, all_left_out, compile_results, compile_score
from engine.evaluating.validity import compile_validity
from engine.model.condition import Condition, Plain
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Previous, Reasoning, Rejection
from engine.model.library import fact_order
from engine.model.number import shortest
from engine.model.period import NEVER
from engine.model.policy import Model, Policy, Veto
from engine.model.problem import Problem
from engine.model.subject import Record, Subject

Conditions = tuple[tuple[str, Holds], ...]
Judge = Callable[[str, Values], tuple[str, ...]]
"""Which of a model's vetoes, measures or alerts hold, in the policy's order."""


class Compiled(Struct, frozen=True):
    """A model as closures, for any day."""

    policy: Policy
    model: Model
    bind: Callable[[int], list[Step]]
    last_level: Callable[[int], Step | None]
    score: Score | None
    decide: Callable[[Values], int] | None
    results: Results
    first_change: Callable[[Values, set[str], int], int]
    not_evaluated: Conditions
    vetoes: Conditions
    measures: Conditions
    alerts: Conditions
    warnings: tuple[Problem, ...]
    awarded_outside: Callable[[Values], Iterator[Problem]] | None
    later: Later
    in_order: bool
    may_warn: bool
    judge: Judge

    def at(self, as_of: int) -> Evaluator:
        """The model as of a day (an ordinal), bound once for as many subjects as there are."""
        ending = self.policy.ending(as_of)
        warnings = (ending,) if ending else ()
        return Evaluator(self, as_of, tuple(self.bind(as_of)), self.last_level(as_of), warnings)


class Evaluator(Struct, frozen=True):
    """A compiled model as of one day.

    Its `steps` compute the facts, `last_level` looks for the last one where a veto asks, every result carries its `warnings`.
    """

    compiled: Compiled
    as_of: int
    steps: tuple[Step, ...]
    last_level: Step | None = None
    warnings: tuple[Problem, ...] = ()


def compile_model(policy: Policy, model: Model) -> Compiled:
    """A model of a sound policy, ready to be bound to any day by `at`."""
    scale = policy.scale

    def compiled(parts: Iterable[tuple[str, Condition]]) -> Conditions:
        return tuple([(name, compile_condition(when, scale)) for name, when in parts])

    vetoes = compiled((veto.id, veto.when) for veto in model.vetoes)
    measures = compiled((measure.id, measure.when) for measure in model.measures)
    alerts = compiled((alert.id, alert.when) for alert in model.alerts)
    warnings, awarded_outside = tuple(_pending(policy, model)), compile_awards(model, scale)
    may_leave_out = any(indicator.only_when for indicator in model.indicators())
    return Compiled(
        policy, model, compile_facts(policy, model), compile_last_level(policy, model),
        compile_score(model, scale) if model.scores else None,
        compile_decisions(model.decisions, scale) if model.decisions else None,
        compile_results(model),
        compile_validity(model),
        compiled((exclusion.id, exclusion.when) for exclusion in model.not_evaluated),
        vetoes, measures, alerts,
        warnings, awarded_outside,
        compile_later(model),
        fact_order(model) == tuple(model.facts),
        bool(warnings or awarded_outside or may_leave_out or model.reads_last_level),
        _judge(vetoes=vetoes, measures=measures, alerts=alerts),
    )  # fmt: skip


def _pending(policy: Policy, model: Model) -> Iterable[Problem]:
    """A warning for each parameter that the model uses and a document leaves open."""
    used = dict.fromkeys(use.parameter for use in model.parameter_uses)
    for name in used:
        parameter = policy.parameters[name]
        if parameter.pending:
            values = {"parameter": name, "title": parameter.title, "value": parameter.value}
            yield Problem("pending_parameter", ("parameters", name), values, "warning")


def _judge(**groups: Conditions) -> Judge:
    """Conditions by closures."""
    return lambda group, values: tuple([name for name, holds in groups[group] if holds(values)])


def judge(compiled: Compiled) -> Judge:
    """The evaluator of conditions by closures, as rules.judge is the one by rules."""
    return compiled.judge


def evaluate(
    evaluator: Evaluator, subject: Subject, previous: Previous | None = None, *,
    derived: Sequence[Record] = (), expires: int = NEVER, warnings: tuple[Problem, ...] = (),
    reasoning: bool = True, which: Judge | None = None,
) -> Outcome:  # fmt: skip
    """Evaluates a subject by a model as of the evaluator's day.

    `derived` are the results of this run that the model reads as records, `expires` the first day on which one of
    them, or the version of the policy, ends; `previous` is the last evaluation, for alerts. `which` judges vetoes,
    measures and alerts (by default closures do). Returns an Evaluation, NotEvaluated or a Rejection.
    """
    compiled, as_of = evaluator.compiled, evaluator.as_of
    policy, model = compiled.policy, compiled.model
    warnings = (*evaluator.warnings, *warnings)
    run = compute_facts(evaluator, subject, derived, expires, reasoning)
    values = run.values
    last = last_level(evaluator.last_level, run) if evaluator.last_level else None
    change = min(run.change, compiled.first_change(values, run.absent, as_of))
    valid_until = change - 1 if change < NEVER else None
    weight = values[model.weight] if isinstance(model.weight, str) else model.weight
    if run.rejected or (weight is not None and weight < 0):  # type: ignore[operator]
        return Rejection(subject.id, policy.id, model.id, as_of, valid_until, tuple(_reasons(compiled, run, weight)))
    if later := compiled.later(subject, as_of):
        warnings = (*warnings, *later)
    facts = values if compiled.in_order else {name: values[name] for name in model.facts}
    left_out = tuple([name for name, holds in compiled.not_evaluated if holds(values)])
    if left_out:
        return NotEvaluated(subject.id, policy, model, as_of, valid_until, left_out, facts, warnings)  # type: ignore[arg-type]

    which = which or compiled.judge
    seen: dict[str, Plain | None] = dict(values)
    scored = compiled.score(values) if compiled.score else None
    if scored is not None:
        seen["score"] = scored.rounded
    vetoed = which("vetoes", seen) if compiled.vetoes else ()
    score, level, grade = _concluded(compiled, values, scored, vetoed, last)
    seen["score"], seen["level"], seen["grade"], seen["vetoed"] = score, level, grade, bool(vetoed)
    measures = which("measures", seen) if compiled.measures else ()
    alerts: tuple[str, ...] = ()
    if compiled.alerts:
        seen["previous.level"] = previous.level if previous else None
        seen["previous.score"] = previous.score if previous else None
        alerts = which("alerts", seen)
    if compiled.may_warn:
        warnings = (*compiled.warnings, *warnings, *_own_warnings(compiled, values, scored, vetoed, last))
    return Evaluation(
        subject.id, policy, model, as_of, valid_until, facts, weight or 0, score, level, grade, vetoed, measures,  # type: ignore[arg-type]
        alerts, warnings, _reasoning(compiled, run, scored, last) if reasoning else None,
    )  # fmt: skip


def _concluded(
    compiled: Compiled, values: Values, scored: Scored | None, vetoed: tuple[str, ...], last: str | None
) -> tuple[int | None, str | None, str | None]:
    """Score, level and grade after the vetoes that hold."""
    scale = compiled.policy.scale
    held = _held(compiled.model, vetoed) if vetoed else []
    score = None
    if scored is not None:
        score = cap_score(scored.rounded, held)
        rank = scale.rank_of_score(score)
    elif compiled.decide is not None:
        rank = compiled.decide(values)
    else:
        return None, None, None
    if held:
        rank = lower_level(rank, held, scale, last)
    level = scale.levels[rank]
    return score, level.name, level.grade


def _held(model: Model, vetoed: tuple[str, ...]) -> list[Veto]:
    return [veto for veto in model.vetoes if veto.id in vetoed]


def compute_facts(evaluator: Evaluator, subject: Subject, derived: Sequence[Record], expires: int, reasoning: bool) -> FactPass:
    """All facts of a subject."""
    records = by_category((*subject.records, *derived) if derived else subject.records)
    run = FactPass(subject, records, {}, {}, set(), expires, {} if reasoning else None)
    for step in evaluator.steps:
        step(run)
    return run


def _reasons(compiled: Compiled, run: FactPass, weight: Plain | None) -> Iterable[Problem]:
    """Why a subject is rejected, in the file's order."""
    for name, fact in compiled.model.facts.items():
        if name in run.rejected:
            yield Problem(run.rejected[name], ("facts", name), {"fact": name, "title": fact.title})
    if not run.rejected:
        yield Problem("weight_negative", ("weight",), {"value": shortest(int(weight or 0))})


def _own_warnings(
    compiled: Compiled, values: Values, scored: Scored | None, vetoed: tuple[str, ...], last: str | None
) -> Iterator[Problem]:  # fmt: skip
    """What is to be said of a result beside it, in the order of its making."""
    model, scale = compiled.model, compiled.policy.scale
    if compiled.awarded_outside:
        yield from compiled.awarded_outside(values)
    yield from _full_dimensions(model, scored)
    if last is not None:
        yield from level_of_another_scale(last, _held(model, vetoed), scale)


def _full_dimensions(model: Model, scored: Scored | None) -> Iterable[Problem]:
    """A warning for each dimension of which nothing was left to count."""
    for dimension, points in zip(model.dimensions, scored.dimensions, strict=True) if scored else ():
        if None in points and all_left_out(dimension, points):
            values = {"dimension": dimension.id, "title": dimension.title}
            yield Problem("dimension_left_out", ("dimensions", dimension.id), values, "warning")


def _reasoning(compiled: Compiled, run: FactPass, scored: Scored | None, last: str | None) -> Reasoning:
    behind = run.behind or {}
    if scored is None:
        return Reasoning((), (), 0, None, behind, last, run.branches)
    dimensions = compiled.results(scored.dimensions, behind)
    return Reasoning(dimensions, scored.items, scored.adjustment, scored.rounded, behind, last, run.branches)
