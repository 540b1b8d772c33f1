"""Points for each record of an adverse category, or off for each of a favourable one."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import Category
from engine.model.condition import tests
from engine.model.number import shortest
from engine.model.policy import Fact, FromRecords, Model, Policy, Ratio, Total
from engine.model.problem import Problem
from engine.model.scoring import line_of


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for path, element in model.scored():
            line = line_of(element.form)
            amounts = line.points if line is not None else ()
            for name, amount in amounts:
                others = [other for other, points in amounts if points * amount < 0]
                category = _only_category(linted.policy, model, model.facts[name])
                if category is None or any(category.id in _categories(model, model.facts[other]) for other in others):
                    continue  # part of it is given back
                if (category.direction == "adverse" and amount > 0) or (category.direction == "favourable" and amount < 0):
                    values = {"fact": name, "category": category.title, "type": category.direction, "points": shortest(amount)}
                    yield linted.warn("sign_against_direction", (*top, *path), True, **values)


def _only_category(policy: Policy, model: Model, fact: Fact) -> Category | None:
    """The one category of which a fact grows with each record; None where that is not clear."""
    match fact.source:
        case FromRecords("count" | "sum", name, field, where=where):
            category = policy.categories[name]
            held = category.fields[field].at_least if field is not None else 0
            if held is None or held < 0:
                return None
            judged = [
                category.fields[test.name].type for test in (tests(where) if where else ()) if test.name in category.fields
            ]
            return None if "boolean" in judged else category  # whether it was handled, or found true, may turn it round
        case Total(facts):
            parts = [_only_category(policy, model, model.facts[name]) for name in facts]
            known = [part for part in parts if part is not None]
            alike = len({part.direction for part in known}) == 1 and len(known) == len(parts)
            return known[0] if alike else None
        case Ratio(of, to):
            category_of = _only_category(policy, model, model.facts[of])
            shares = category_of is not None and category_of.id in _categories(model, model.facts[to])
            return None if shares else category_of
        case _:
            return None


def _categories(model: Model, fact: Fact) -> set[str]:
    """The categories of which records enter a fact."""
    own = {fact.source.category} if isinstance(fact.source, FromRecords) else set()
    return own.union(*(_categories(model, model.facts[name]) for name in fact.needs()))
