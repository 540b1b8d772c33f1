"""An indicator, adjustment item, veto or parameter that says no basis."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext, forms
from engine.model.problem import Path, Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for path in _without(linted):
        yield linted.warn("no_basis", path, True, id=str(path[-1]))


def _without(linted: LintContext) -> Iterator[Path]:
    yield from (("parameters", one.id) for one in linted.policy.parameters.values() if not one.basis)
    for model, top in linted.models():
        based = {one.id for one in model.indicators() if one.basis} | {one.id for one in model.items() if one.basis}
        yield from (path for _, path, _ in forms(model, top) if path[-1] not in based)
        yield from ((*top, "vetoes", one.id) for one in model.vetoes if not one.basis)
