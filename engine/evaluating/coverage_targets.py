"""What a subject came to in a model: each branch of a tally, exclusion, way of giving points, decision, veto, measure and alert."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from engine.evaluating.conditions import Holds, Values, all_of, compile_condition
from engine.evaluating.points import compile_item
from engine.evaluating.tally_reach import unreachable_branches
from engine.model.case import TargetKind
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.number import multiply
from engine.model.policy import FromRecords, Model, Policy, Source
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.model.scoring import Each, Form, Indicator, Item, normal_form

Reaches = Callable[[Outcome], bool]


class CoverageTarget(Struct, frozen=True):
    """Something in a model, by its kind and its path there, and whether a subject with an outcome came to it."""

    kind: TargetKind
    path: Path
    reaches: Reaches


def coverage_targets(policy: Policy, model: Model) -> Iterator[CoverageTarget]:
    """Everything in a model that a subject can come to, in the order of the language's page."""
    for kind, path, reaches in _everything(policy, model, policy.scale):
        yield CoverageTarget(kind, path, reaches)


def _everything(policy: Policy, model: Model, scale: Scale) -> Iterator[tuple[TargetKind, Path, Reaches]]:
    for fact in model.facts.values():
        for place in _tally_branches(policy, fact.source):
            yield "tally", ("facts", fact.id, "first_of", place), _valued_by(fact.id, place)
    for exclusion in model.not_evaluated:
        yield "not_evaluated", ("not_evaluated", exclusion.id), _left_out_by(exclusion.id)
    for path, element in model.scored():
        for kind, inside, holds in _element(element, scale):
            yield kind, (*path, *inside), _evaluated(holds)
    if model.decisions:
        met = _first([compile_condition(when, scale) for when, _ in model.decisions.branches])
        for index in range(len(model.decisions.branches) + 1):
            yield "decision", ("decisions", index), _evaluated(_gives(met, index))
    for veto in model.vetoes:
        yield "veto", ("vetoes", veto.id), _among("vetoes", veto.id)
    for measure in model.measures:
        yield "measure", ("measures", measure.id), _among("measures", measure.id)
    for alert in model.alerts:
        yield "alert", ("alerts", alert.id), _among("alerts", alert.id)


def _tally_branches(policy: Policy, source: Source) -> Iterator[int]:
    """The places of those that a record can come to, `otherwise` among them."""
    if isinstance(source, FromRecords) and source.tally is not None:
        unreachable = {branch.place for branch in unreachable_branches(source, policy.categories[source.category])}
        yield from (place for place in range(len(source.tally.values)) if place not in unreachable)


def _valued_by(fact: str, place: int) -> Reaches:
    """Whether a record of the subject got its value from a branch."""
    return lambda outcome: (
        isinstance(outcome, Evaluation) and outcome.reasoning is not None and place in outcome.reasoning.branches.get(fact, ())
    )


def _left_out_by(exclusion: str) -> Reaches:
    return lambda outcome: isinstance(outcome, NotEvaluated) and exclusion in outcome.exclusions


def _among(group: str, name: str) -> Reaches:
    return lambda outcome: isinstance(outcome, Evaluation) and name in getattr(outcome, group)


def _evaluated(holds: Holds) -> Reaches:
    """A condition on the facts of an evaluation; who is not evaluated reaches no points."""
    return lambda outcome: isinstance(outcome, Evaluation) and holds(outcome.facts)


def _gives(value: Callable[[Values], object], result: object) -> Holds:
    return lambda values: value(values) == result


def _element(element: Indicator | Item, scale: Scale) -> Iterator[tuple[TargetKind, Path, Holds]]:
    """Both ways of `only_when` and, where it is not left out, of `none_when`; and what the form gives after both."""
    only_when, none_when = (element.only_when, element.none_when) if isinstance(element, Indicator) else (None, None)
    before: list[Holds] = []
    if only_when is not None:
        included = compile_condition(only_when, scale)
        yield "included", ("only_when",), included
        yield "left_out", ("only_when",), _gives(included, False)
        before.append(included)
    if none_when is not None:
        none = compile_condition(none_when, scale)
        yield "none", ("none_when",), all_of([*before, none])
        before.append(_gives(none, False))
        yield "not_none", ("none_when",), all_of(before.copy())
    for kind, path, holds in _form(element.form, scale):
        yield kind, path, all_of([*before, holds]) if before else holds


def _form(form: Form, scale: Scale) -> Iterator[tuple[TargetKind, Path, Holds]]:
    """The parts of a scoring form: where they stand, and whether facts reach them."""
    match normal_form(form):
        case Each() as line:
            for path, holds in _each(line, scale):
                yield "each", path, holds
        case several:
            met = _first(
                [compile_condition(alternative.when, scale) for alternative in several if alternative.when is not None]
            )
            for index, alternative in enumerate(several):
                yield alternative.kind, alternative.path, _gives(met, index)


def _each(form: Each, scale: Scale) -> Iterator[tuple[Path, Holds]]:
    """Reached where it adds or takes anything; of several facts, each by itself."""
    if len(form.points) == 1:
        points = compile_item(Item("", "", form, None, None, ()), scale)  # without bounds
        yield ("each",), lambda values: points(values) != form.start
        return
    for fact, amount in form.points:
        yield ("each", fact), _moves(fact, amount)


def _moves(fact: str, amount: int) -> Holds:
    return lambda values: multiply(amount, values[fact]) != 0


def _first(tests: list[Holds]) -> Callable[[Values], int]:
    """The position of the first that holds, or the one after the last."""
    return lambda values: next((i for i, holds in enumerate(tests) if holds(values)), len(tests))
