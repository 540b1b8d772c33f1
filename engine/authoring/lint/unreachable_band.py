"""A band that no value of the fact reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.authoring.lint.lint_context import LintContext
from engine.model.condition import Comparison, Operator
from engine.model.fact_range import Range
from engine.model.problem import Problem
from engine.model.scoring import Alternative, alternatives, single_fact

_OPPOSITE: Mapping[Operator, Operator] = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for path, element in model.scored():
            bands = [alternative for alternative in alternatives(element.form) if alternative.kind == "band"]
            fact = single_fact(element.form)
            if bands and fact is not None:
                for index in unreachable(bands, linted.ranges[model.id][fact]):
                    yield linted.warn("unreachable_band", (*top, *path, *bands[index].path), fact=fact)


def unreachable(bands: Sequence[Alternative], rest: Range) -> Iterator[int]:
    """Positions of the bands that nothing in a range reaches; the last one is `otherwise`."""
    for index, band in enumerate(bands):
        match band.when:
            case None:
                if rest.empty:
                    yield index
            case Comparison(_, operator, int(bound)) if operator in _OPPOSITE:
                if rest.cut(operator, bound).empty:
                    yield index
                rest = rest.cut(_OPPOSITE[operator], bound)
            case _:
                raise AssertionError("a band asks for one bound")
