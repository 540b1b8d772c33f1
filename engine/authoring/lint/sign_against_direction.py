"""Points for each record of an adverse category, or off for each of a favourable one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import Category
from engine.model.condition import Condition, tests
from engine.model.number import shortest
from engine.model.policy import Fact, FromRecords, Model, Policy, Ratio, Total
from engine.model.problem import Problem
from engine.model.scoring import line_of

Sign = Literal[1, -1]


class _Growth(Struct, frozen=True):
    """The category of which each record makes a fact grow (1) or fall (-1)."""

    category: Category
    sign: Sign


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for path, element in model.scored():
            line = line_of(element.form)
            amounts = line.points if line is not None else ()
            lacks = line is not None and line.short_of is not None  # what lacks of a number shrinks with each record
            for name, amount in amounts:
                others = [other for other, points in amounts if points * amount < 0]
                growth = _only_category(linted.policy, model, model.facts[name])
                if growth is None or any(growth.category.id in _categories(model, model.facts[other]) for other in others):
                    continue  # part of it is given back
                category, brings = growth.category, amount * (-growth.sign if lacks else growth.sign)
                if (category.direction == "adverse" and brings > 0) or (category.direction == "favourable" and brings < 0):
                    values = {"fact": name, "category": category.title, "type": category.direction, "points": shortest(amount)}
                    yield linted.warn("sign_against_direction", (*top, *path), True, **values)


def _only_category(policy: Policy, model: Model, fact: Fact) -> _Growth | None:
    """The one category of which a fact grows, or falls, with each record; None where that is not clear."""
    match fact.source:
        case FromRecords("count" | "sum" | "tally", name) as source:
            category = policy.categories[name]
            sign = _sign(source, category)
            return None if sign is None or _is_turned(source, category) else _Growth(category, sign)
        case Total(facts):
            parts = [_only_category(policy, model, model.facts[name]) for name in facts]
            known = [part for part in parts if part is not None]
            alike = len({(part.category.direction, part.sign) for part in known}) == 1 and len(known) == len(parts)
            return known[0] if alike else None
        case Ratio(of, to):
            part = _only_category(policy, model, model.facts[of])
            shares = part is not None and part.category.id in _categories(model, model.facts[to])
            return None if shares else part
        case _:
            return None


def _sign(source: FromRecords, category: Category) -> Sign | None:
    """What each record does to the fact; None where some raise it and others lower it."""
    if source.tally is not None:
        values = source.tally.values
        return 1 if min(values) >= 0 < max(values) else -1 if min(values) < 0 >= max(values) else None
    held = category.fields[source.field].at_least if source.field is not None else 0
    return 1 if held is not None and held >= 0 else None


def _is_turned(source: FromRecords, category: Category) -> bool:
    """Whether it asks for a yes or no: that it was handled, or found true, may turn a record round."""
    conditions: list[Condition] = [source.where] if source.where is not None else []
    conditions += [branch.where for branch in source.tally.branches] if source.tally is not None else []
    fields = [category.fields[test.name] for where in conditions for test in tests(where) if test.name in category.fields]
    return any(field.type == "boolean" for field in fields)


def _categories(model: Model, fact: Fact) -> set[str]:
    """The categories of which records enter a fact."""
    own = {fact.source.category} if isinstance(fact.source, FromRecords) else set()
    return own.union(*(_categories(model, model.facts[name]) for name in fact.needs()))
