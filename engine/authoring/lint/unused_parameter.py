"""A parameter that no model uses."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    used = {use.parameter for model in linted.policy.models.values() for use in model.parameter_uses}
    for name in linted.policy.parameters:
        if name not in used:
            yield linted.warn("unused_parameter", ("parameters", name), True, parameter=name)
