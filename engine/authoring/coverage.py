"""Coverage: which bands, choices, branches, vetoes, measures and other parts of a model no case reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.evaluating.conditions import Holds, Values, compare, compile_condition
from engine.evaluating.points import compile_form
from engine.model.case import CaseResult, Coverage, Target
from engine.model.condition import Condition
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import multiply
from engine.model.policy import Model, Policy
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form, Indicator

Reaches = Callable[[Outcome], bool]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Part:
    """A target, and whether a case with this outcome reaches it."""

    target: Target
    reaches: Reaches


def coverage(policy: Policy, results: Iterable[CaseResult]) -> Coverage:
    """What of one version of a policy the cases reach that examine it."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in policy.models}
    for result in results:
        outcome = result.outcome
        if not isinstance(outcome, Rejection) and outcome.policy == policy:
            outcomes[result.case.model].append(outcome)
    parts = [part for model in policy.models.values() for part in _parts(model, policy.scale)]
    unreached = [p.target for p in parts if not any(p.reaches(outcome) for outcome in outcomes[p.target.model])]
    return Coverage(policy, tuple(part.target for part in parts), tuple(unreached))


def _parts(model: Model, scale: Scale) -> Iterator[_Part]:
    """Everything in a model that a case can reach, in the order of the language's page."""
    top: Path = ("models", model.id)

    def part(kind: str, path: Path, reaches: Reaches) -> _Part:
        return _Part(Target(kind, model.id, (*top, *path)), reaches)

    for exclusion in model.not_evaluated:
        yield part("not_evaluated", ("not_evaluated", exclusion.id), _left_out_by(exclusion.id))
    for dimension in model.dimensions:
        for indicator in dimension.indicators:
            path: Path = ("dimensions", dimension.id, "indicators", indicator.id)
            for kind, below, reaches in _indicator(indicator, scale):
                yield part(kind, (*path, *below), reaches)
    for item in model.items():
        for below, kind, holds in _form(item.form, scale):
            yield part(kind, ("adjustments", "items", item.id, *below), _evaluated(holds))
    if model.decisions:
        first = _first([when for when, _ in model.decisions.branches], scale)
        for index in range(len(model.decisions.branches) + 1):
            yield part("decision", ("decisions", index), _evaluated(_gives(first, index)))
    for veto in model.vetoes:
        yield part("veto", ("vetoes", veto.id), _among(lambda outcome: outcome.vetoes, veto.id))
    for measure in model.measures:
        yield part("measure", ("measures", measure.id), _among(lambda outcome: outcome.measures, measure.id))
    for alert in model.alerts:
        yield part("alert", ("alerts", alert.id), _among(lambda outcome: outcome.alerts, alert.id))


def _left_out_by(exclusion: str) -> Reaches:
    return lambda outcome: isinstance(outcome, NotEvaluated) and exclusion in outcome.exclusions


def _among(ids: Callable[[Evaluation], tuple[str, ...]], name: str) -> Reaches:
    return lambda outcome: isinstance(outcome, Evaluation) and name in ids(outcome)


def _evaluated(holds: Holds) -> Reaches:
    """A condition on the facts of an evaluation; who is not evaluated reaches no points."""
    return lambda outcome: isinstance(outcome, Evaluation) and holds(outcome.facts)


def _gives(value: Callable[[Values], T], wanted: T) -> Holds:
    return lambda values: value(values) == wanted


def _indicator(indicator: Indicator, scale: Scale) -> Iterator[tuple[str, Path, Reaches]]:
    """Both ways of `only_when`, and what the form gives where the indicator is not left out."""
    included: Holds = lambda values: True  # noqa: E731
    if indicator.only_when:
        included = compile_condition(indicator.only_when, scale)
        yield "included", ("only_when",), _evaluated(included)
        yield "left_out", ("only_when",), _evaluated(_gives(included, False))
    for below, kind, holds in _form(indicator.form, scale):
        yield kind, below, _evaluated(_both(included, holds))


def _both(one: Holds, other: Holds) -> Holds:
    return lambda values: one(values) and other(values)


def _form(form: Form, scale: Scale) -> Iterator[tuple[Path, str, Holds]]:
    """The parts of a scoring form: where they stand, and whether facts reach them."""
    match form:
        case Each():
            yield from ((path, "each", holds) for path, holds in _each(form, scale))
        case Bands(fact, bands):
            tests = [(band.operator, band.threshold) for band in bands]

            def band(values: Values) -> int:
                found = (i for i, test in enumerate(tests) if compare(test[0], values[fact], test[1]))
                return next(found, len(tests))

            yield from ((("bands", i), "band", _gives(band, i)) for i in range(len(bands) + 1))
        case Choices():
            yield from ((path, "choice", holds) for path, holds in _choices(form))
        case FirstOf(branches):
            first = _first([branch.when for branch in branches], scale)
            yield from ((("first_of", i), "branch", _gives(first, i)) for i in range(len(branches) + 1))


def _each(form: Each, scale: Scale) -> Iterator[tuple[Path, Holds]]:
    """Reached where it adds or takes anything; for several facts, each of them."""
    if len(form.points) == 1:
        points = compile_form(form, scale)
        yield ("each",), lambda values: points(values) != form.start
        return
    for fact, amount in form.points:
        yield ("each", fact), _moves(fact, amount)


def _moves(fact: str, amount: int) -> Holds:
    return lambda values: multiply(amount, values[fact]) != 0


def _choices(form: Choices) -> Iterator[tuple[Path, Holds]]:
    listed: Mapping[object, str] = {value: _written(value) for value, _ in form.points}
    for value, text in listed.items():
        yield ("choices", text), _gives(lambda values: values[form.fact], value)
    if form.otherwise is not None:
        yield ("otherwise",), lambda values: values[form.fact] not in listed


def _written(value: object) -> str:
    """A value as the key of `choices`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _first(conditions: list[Condition], scale: Scale) -> Callable[[Values], int]:
    """The position of the first condition that holds, or the one after the last."""
    tests = [compile_condition(when, scale) for when in conditions]
    return lambda values: next((i for i, holds in enumerate(tests) if holds(values)), len(tests))
