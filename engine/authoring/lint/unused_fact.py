"""A fact that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext, forms
from engine.model.condition import Condition, facts_in
from engine.model.policy import Model, RejectMissing
from engine.model.problem import Problem
from engine.model.scoring import form_facts


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        used = set(_used(model))
        for name, fact in model.facts.items():
            if name not in used and not isinstance(fact.if_missing, RejectMissing):  # one that rejects has its use
                yield linted.warn("unused_fact", (*top, "facts", name), True, fact=name)


def _used(model: Model) -> Iterator[str]:
    for fact in model.facts.values():
        yield from fact.needs()
    for form, _, _ in forms(model, ()):
        yield from form_facts(form)
    for condition in conditions(model):
        yield from facts_in(condition)
    if isinstance(model.weight, str):
        yield model.weight


def conditions(model: Model) -> Iterator[Condition]:
    """Every condition of a model outside its scoring forms, alerts included."""
    yield from (one.when for one in model.not_evaluated)
    yield from (one.only_when for one in model.indicators() if one.only_when)
    if model.decisions:
        yield from (when for when, _ in model.decisions.branches)
    yield from (one.when for one in model.vetoes)
    yield from (one.when for one in model.measures)
    yield from (one.when for one in model.alerts)
