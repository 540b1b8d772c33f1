"""An indicator, adjustment item, veto or parameter that says no basis."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Path, Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for path in _without(linted):
        yield linted.warn("no_basis", path, True, id=str(path[-1]))


def _without(linted: LintContext) -> Iterator[Path]:
    yield from (("parameters", parameter.id) for parameter in linted.policy.parameters.values() if not parameter.basis)
    for model, top in linted.models():
        yield from ((*top, *path) for path, element in model.scored() if not element.basis)
        yield from ((*top, "vetoes", veto.id) for veto in model.vetoes if not veto.basis)
