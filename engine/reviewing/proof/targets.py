"""What a subject can come to in a model: levels, vetoes, measures, exclusions, and each way in which points are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.conditions import Texts, condition
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.points import conditions
from engine.model.policy import Model
from engine.model.problem import Path
from engine.model.scoring import Bands, Choices, FirstOf, Form, choice_key


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
            found = [Target("choice", (*path, "choices", choice_key(value))) for value, _ in choices]
            return found if otherwise is None else [*found, Target("choice", (*path, "otherwise"))]
        case FirstOf(branches):
            return [Target("branch", (*path, "first_of", at)) for at in range(len(branches) + 1)]
    return []


def _first(ways: Any, at: int) -> list[Term]:
    """That a way is the first of which the condition holds."""
    return [z3.Not(way) for way in ways[:at]] + list(ways[at : at + 1])
