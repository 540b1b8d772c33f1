"""What a name can hold: numbers of one step between two bounds, or texts of a list; a comparison means no more than that."""

from __future__ import annotations

from collections.abc import Callable
from math import gcd

from msgspec.structs import replace

from engine.model.catalogue import Category
from engine.model.condition import Plain
from engine.model.fact_range import ANY, Range, fact_range, field_range
from engine.model.policy import Model, Policy

Values = Range | tuple[Plain, ...] | None
"""Numbers, or a list of texts or answers; None where neither is known."""

Held = Callable[[str], Values]
"""By name what it holds."""

_ANSWERS = (False, True)


def of_model(policy: Policy, model: Model) -> Held:
    """Of a model's facts, and of what is concluded from them."""

    def held(name: str) -> Values:
        if name == "score":
            return of_score(policy, model)
        fact = model.facts.get(name)
        if fact is None:
            return None
        if fact.type == "text":
            return fact.listed
        return _ANSWERS if fact.type == "boolean" else fact_range(fact, policy, model)

    return held


def of_both(old: Model, new: Model) -> Model:
    """The new model with the facts and vetoes of the old one beside its own."""
    return replace(new, facts={**old.facts, **new.facts}, vetoes=(*old.vetoes, *new.vetoes))


def of_policies(old: Policy, new: Policy) -> Policy:
    """The new policy with the categories and attributes of the old one beside its own."""
    return replace(new, categories={**old.categories, **new.categories}, attributes={**old.attributes, **new.attributes})


def of_score(policy: Policy, model: Model) -> Range:
    """Cents, and the caps that a score may be put to."""
    caps = [veto.score_at_most for veto in model.vetoes if veto.score_at_most is not None]
    return Range(min(0, *caps) if caps else 0, policy.scale.full + 100, gcd(100, *caps))


def of_fields(category: Category) -> Held:
    """Of the fields of a record."""

    def held(name: str) -> Values:
        field = category.fields.get(name)
        if field is None:
            return None
        if field.type == "text":
            return field.one_of or None
        return _ANSWERS if field.type == "boolean" else ANY if field.type == "date" else field_range(field)

    return held
