"""A band that no value of the fact reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.authoring.fact_ranges import Range
from engine.authoring.lint.lint_context import LintContext, forms
from engine.model.condition import Ordering
from engine.model.problem import Problem
from engine.model.scoring import Bands

_OPPOSITE: Mapping[Ordering, Ordering] = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for form, path, _ in forms(model, top):
            if isinstance(form, Bands):
                for index in unreachable(form, linted.ranges[model.id][form.fact]):
                    yield linted.warn("unreachable_band", (*path, "bands", index), fact=form.fact)


def unreachable(form: Bands, rest: Range) -> Iterator[int]:
    """Positions of the bands that nothing in a range reaches; the last one is `otherwise`."""
    for index, band in enumerate(form.bands):
        if rest.cut(band.operator, band.threshold).empty:
            yield index
        rest = rest.cut(_OPPOSITE[band.operator], band.threshold)
    if rest.empty:
        yield len(form.bands)
