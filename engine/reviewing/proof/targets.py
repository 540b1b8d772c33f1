"""What a subject can come to in a model: levels, vetoes, measures, exclusions, and each way in which points are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.conditions import Texts, condition
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.points import conditions
from engine.model.case import TargetKind
from engine.model.problem import Path
from engine.model.scoring import Indicator, Item, alternatives


class Target(Struct, frozen=True):
    """Something that is there to be reached; `path` leads to it in the model."""

    kind: TargetKind | Literal["level"]
    path: Path


def targets(side: Symbolic, texts: Texts) -> Iterator[tuple[Target, Term]]:
    """Every target of a model, and when a subject comes to it."""
    model, scale, evaluated = side.model, side.policy.scale, side.evaluated
    for name, holds in side.exclusions.items():
        yield Target("not_evaluated", ("not_evaluated", name)), z3.And(side.excluded, holds)
    if side.rank is not None:
        decided = {level for _, level in model.decisions.branches} | {model.decisions.otherwise} if model.decisions else None
        vetoed = {veto.level for veto in model.vetoes}
        for rank, level in enumerate(scale.levels):
            if level.name not in decided if decided is not None else level.by_rule and level.name not in vetoed:
                continue  # of those that no decision or veto names nobody expects anything
            yield Target("level", ("levels", level.name)), z3.And(evaluated, side.rank == rank)
    for path, element in model.scored():
        included = [evaluated, *_counts(side, element)]
        if isinstance(element, Indicator) and element.none_when is not None:
            none = condition(element.none_when, side.facts, scale, texts)
            yield Target("none", (*path, "none_when")), z3.And([*included, none])
            included.append(z3.Not(none))
        ways = conditions(element.form, side.facts, scale, texts)
        for at, alternative in enumerate(alternatives(element.form)):
            yield Target(alternative.kind, (*path, *alternative.path)), z3.And([*included, *_first(ways, at)])
    if model.decisions:
        ways = [condition(when, side.facts, scale, texts) for when, _ in model.decisions.branches]
        for at in range(len(ways) + 1):
            yield Target("decision", ("decisions", at)), z3.And([evaluated, *_first(ways, at)])
    for name, holds in side.vetoes.items():
        yield Target("veto", ("vetoes", name)), z3.And(evaluated, holds)
    for name, holds in side.measures.items():
        yield Target("measure", ("measures", name)), z3.And(evaluated, holds)


def _counts(side: Symbolic, element: Indicator | Item) -> list[Term]:
    """That an indicator is not left out."""
    left_out = isinstance(element, Indicator) and element.only_when is not None
    return [side.scored.counts[element.id]] if side.scored and left_out else []


def _first(ways: Any, at: int) -> list[Term]:
    """That a way is the first of which the condition holds."""
    return [z3.Not(way) for way in ways[:at]] + list(ways[at : at + 1])
