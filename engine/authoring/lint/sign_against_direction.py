"""Points for each record of an adverse category, or off for each of a favourable one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import Category
from engine.model.condition import Condition, tests
from engine.model.number import shortest
from engine.model.policy import Fact, FromRecords, Model, Policy, Ratio, Tally, Total
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
                gain = -amount if _falls(model.facts[name]) else amount
                if (category.direction == "adverse" and gain > 0) or (category.direction == "favourable" and gain < 0):
                    values = {"fact": name, "category": category.title, "type": category.direction, "points": shortest(amount)}
                    yield linted.warn("sign_against_direction", (*top, *path), True, **values)


def _falls(fact: Fact) -> bool:
    """Whether each record makes it less: a tally that has values below 0, and none above."""
    return isinstance(fact.source, FromRecords) and fact.source.tally is not None and min(fact.source.tally.values) < 0


def _only_category(policy: Policy, model: Model, fact: Fact) -> Category | None:
    """The one category of which a fact grows (or as a tally falls) with each record; None where that is not clear."""
    match fact.source:
        case FromRecords(category=name, tally=Tally() as tally):
            category = policy.categories[name]
            conditions = [fact.source.where, *(branch.where for branch in tally.branches)]
            mixed = min(tally.values) < 0 < max(tally.values)
            return None if mixed or _judged(conditions, category) else category
        case FromRecords("count" | "sum", name, field, where=where):
            category = policy.categories[name]
            held = category.fields[field].at_least if field is not None else 0
            if held is None or held < 0:
                return None
            return None if _judged([where], category) else category
        case Total(facts) if not any(_falls(model.facts[name]) for name in facts):
            parts = [_only_category(policy, model, model.facts[name]) for name in facts]
            known = [part for part in parts if part is not None]
            alike = len({part.direction for part in known}) == 1 and len(known) == len(parts)
            return known[0] if alike else None
        case Ratio(of, to) if not _falls(model.facts[of]):
            category_of = _only_category(policy, model, model.facts[of])
            shares = category_of is not None and category_of.id in _categories(model, model.facts[to])
            return None if shares else category_of
        case _:
            return None


def _judged(conditions: Iterable[Condition | None], category: Category) -> bool:
    """Whether a condition tests yes or no: that a thing was handled, or found true, may turn it round."""
    named = [test.name for condition in conditions if condition for test in tests(condition)]
    return any(category.fields[name].type == "boolean" for name in named if name in category.fields)


def _categories(model: Model, fact: Fact) -> set[str]:
    """The categories of which records enter a fact."""
    own = {fact.source.category} if isinstance(fact.source, FromRecords) else set()
    return own.union(*(_categories(model, model.facts[name]) for name in fact.needs()))
