"""Points for each record of an adverse category, or off for each of a favourable one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.authoring.counting import growth
from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import Category
from engine.model.condition import tests
from engine.model.library import fact_order
from engine.model.number import shortest
from engine.model.policy import Fact, FromRecords, Model, Policy, Ratio, Total, record_conditions
from engine.model.problem import Problem
from engine.model.scoring import line_of

Growth = tuple[Category, int]
"""A category, and 1 where a fact grows with each record of it, -1 where it shrinks."""


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        growths = _growths(linted.policy, model)
        for path, element in model.scored():
            line = line_of(element.form)
            amounts = line.points if line is not None else ()
            short = line is not None and line.short_of is not None
            for name, amount in amounts:
                grown = growths[name]
                if grown is None:
                    continue
                category, sign = grown
                others = [
                    model.facts[other]
                    for other, points in amounts
                    if points * amount * _sign(growths, model.facts[other]) * sign <= 0
                ]
                if any(category.id in _categories(model, other) for other in others):
                    continue  # part of it is given back
                gained = amount * sign * (-1 if short else 1)
                if (category.direction == "adverse" and gained > 0) or (category.direction == "favourable" and gained < 0):
                    why = (
                        ("sign_both" if sign < 0 else "sign_short_of") if short else "sign_tally" if sign < 0 else "sign_plain"
                    )
                    values = {"fact": name, "category": category.title, "type": category.direction, "points": shortest(amount)}
                    yield linted.warn("sign_against_direction", (*top, *path), True, **values, why=why)


def _sign(growths: Mapping[str, Growth | None], fact: Fact) -> int:
    """How a fact grows, 0 where each record may add or take away; upwards where nothing else is known."""
    grown = growths[fact.id]
    if grown is not None:
        return grown[1]
    return growth(fact.source) if isinstance(fact.source, FromRecords) else 1


def _growths(policy: Policy, model: Model) -> dict[str, Growth | None]:
    """By fact the one category with whose records it grows or shrinks; None where that is not clear."""
    growths: dict[str, Growth | None] = {}
    for name in fact_order(model):
        growths[name] = _growth(policy, model, model.facts[name], growths)
    return growths


def _growth(policy: Policy, model: Model, fact: Fact, growths: Mapping[str, Growth | None]) -> Growth | None:
    """The same of one, where those of what it is computed from are known."""
    match fact.source:
        case FromRecords("count" | "sum" | "tally", name, field) as source:
            category = policy.categories[name]
            held = category.fields[field].at_least if field is not None else 0
            if held is None or held < 0 or not growth(source):
                return None
            compared = [test.name for condition in record_conditions(source) for test in tests(condition)]
            judged = [category.fields[tested].type for tested in compared if tested in category.fields]
            # whether it was handled, or found true, may turn it round
            return None if "boolean" in judged else (category, growth(source))
        case Total(facts):
            parts = [growths[name] for name in facts]
            known = [part for part in parts if part is not None]
            alike = len({(part.direction, sign) for part, sign in known}) == 1 and len(known) == len(parts)
            return known[0] if alike else None
        case Ratio(of, to):
            grown = growths[of]
            shares = grown is not None and grown[0].id in _categories(model, model.facts[to])
            return None if shares else grown
        case _:
            return None


def _categories(model: Model, fact: Fact) -> set[str]:
    """The categories of which records enter a fact."""
    sources = (model.facts[name].source for name in model.needed([fact.id]))
    return {source.category for source in sources if isinstance(source, FromRecords)}
