"""What a subject can come to in a model: levels, vetoes, measures, exclusions, and each way in which points are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3
from msgspec import Struct

from engine.evaluating.conditions import compare, compile_condition
from engine.evaluating.symbolic.conditions import Texts, condition
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.points import conditions
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.policy import Model
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.model.scoring import Bands, Choices, FirstOf, Form

Term = Any


class Target(Struct, frozen=True):
    """Something that is there to be reached; `path` leads to it in the model."""

    kind: str
    path: Path


def targets(side: Symbolic, texts: Texts) -> Iterator[tuple[Target, Term]]:
    """Every target of a model, and when a subject comes to it."""
    model, scale, evaluated = side.model, side.policy.scale, side.evaluated
    for name, holds in side.exclusions.items():
        yield Target("not_evaluated", ("not_evaluated", name)), z3.And(side.excluded, holds)
    if side.rank is not None:
        decided = {level for _, level in model.decisions.branches} | {model.decisions.otherwise} if model.decisions else None
        for rank, level in enumerate(scale.levels):
            if decided is not None and level.name not in decided:
                continue  # of those that no decision names nobody expects anything
            yield Target("level", ("levels", level.name)), z3.And(evaluated, side.rank == rank)
    for form, path, counts in _forms(model):
        included = [evaluated, side.scored.counts[counts]] if side.scored and counts else [evaluated]
        ways = conditions(form, side.facts, scale, texts)
        yield from _ways(path, form, included, ways)
    if model.decisions:
        ways = [condition(when, side.facts, scale, texts) for when, _ in model.decisions.branches]
        for at in range(len(ways) + 1):
            yield Target("decision", ("decisions", at)), z3.And([evaluated, *_first(ways, at)])
    for name, holds in side.vetoes.items():
        yield Target("veto", ("vetoes", name)), z3.And(evaluated, holds)
    for name, holds in side.measures.items():
        yield Target("measure", ("measures", name)), z3.And(evaluated, holds)


def _forms(model: Model) -> Iterator[tuple[Form, Path, str]]:
    """Each form with its path, and the indicator whose `only_when` it is under."""
    for dimension in model.dimensions:
        for one in dimension.indicators:
            yield one.form, ("dimensions", dimension.id, "indicators", one.id), one.id if one.only_when else ""
    for item in model.items():
        yield item.form, ("adjustments", "items", item.id), ""


def _ways(path: Path, form: Form, included: list[Term], ways: Any) -> Iterator[tuple[Target, Term]]:
    for at, target in enumerate(_named(path, form)):
        yield target, z3.And([*included, *_first(ways, at)])


def _named(path: Path, form: Form) -> list[Target]:
    """The ways of a form in its order, `otherwise` last."""
    match form:
        case Bands(_, bands):
            return [Target("band", (*path, "bands", at)) for at in range(len(bands) + 1)]
        case Choices(_, choices, otherwise):
            found = [Target("choice", (*path, "choices", _key(value))) for value, _ in choices]
            return found if otherwise is None else [*found, Target("choice", (*path, "otherwise"))]
        case FirstOf(branches):
            return [Target("branch", (*path, "first_of", at)) for at in range(len(branches) + 1)]
    return []


def _key(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _first(ways: Any, at: int) -> list[Term]:
    """That a way is the first of which the condition holds."""
    return [z3.Not(way) for way in ways[:at]] + list(ways[at : at + 1])


def reached(outcome: Outcome) -> Iterator[Target]:
    """What a subject came to."""
    if isinstance(outcome, NotEvaluated):
        yield from (Target("not_evaluated", ("not_evaluated", name)) for name in outcome.exclusions)
    if not isinstance(outcome, Evaluation):
        return
    model, scale = outcome.model, outcome.policy.scale
    if outcome.level is not None:
        yield Target("level", ("levels", outcome.level))
    yield from (Target("veto", ("vetoes", name)) for name in outcome.vetoes)
    yield from (Target("measure", ("measures", name)) for name in outcome.measures)
    counted = {
        one.id: one.points is not None
        for part in (outcome.reasoning.dimensions if outcome.reasoning else ())
        for one in part.indicators
    }
    for form, path, counts in _forms(model):
        named = _named(path, form)
        if named and (not counts or counted[counts]):
            yield named[_way(form, outcome, scale)]
    if model.decisions:
        whens = [compile_condition(when, scale) for when, _ in model.decisions.branches]
        found = [at for at, holds in enumerate(whens) if holds(outcome.facts)]
        yield Target("decision", ("decisions", (found or [len(whens)])[0]))


def _way(form: Form, outcome: Evaluation, scale: Scale) -> int:
    """The position of the first way that holds; -1 for `otherwise`."""
    values = outcome.facts
    match form:
        case Bands(fact, bands):
            holds = [compare(band.operator, values[fact], band.threshold) for band in bands]
        case Choices(fact, choices):
            holds = [values[fact] == value for value, _ in choices]
        case FirstOf(branches):
            holds = [compile_condition(branch.when, scale)(values) for branch in branches]
        case _:
            holds = []
    return holds.index(True) if True in holds else -1
