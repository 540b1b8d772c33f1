"""What a name can hold: numbers of one step between two bounds, or texts of a list; a comparison means no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import gcd
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import Category, Field
from engine.model.condition import Plain
from engine.model.number import LIMIT, ONE
from engine.model.policy import Fact, FromAttribute, FromRecords, MemberCount, Model, Policy, Ratio, Total, UseFact


class FieldDomain(Struct, frozen=True):
    """Whole multiples of a step, from the least to the greatest."""

    step: int
    low: int = -LIMIT
    high: int = LIMIT

    def near(self, values: Iterable[int], far: int = 1) -> list[int]:
        """What it has of the values, or on both sides of them, so many steps away at most."""
        found: set[int] = set()
        for value in values:
            floor = value // self.step
            found.update(range((floor - far) * self.step, (floor + far + 1) * self.step, self.step))
        least, most = self.ends
        return sorted(one for one in found if least <= one <= most) or [min(max(0, least), most)]

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest multiple."""
        return -(-self.low // self.step) * self.step, self.high // self.step * self.step


ANY = FieldDomain(1)
_WHOLE = FieldDomain(ONE, 0)

Values = FieldDomain | tuple[Plain, ...] | None
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
        return _ANSWERS if fact.type == "boolean" else field_domain(fact, policy, model)

    return held


def of_both(old: Model, new: Model) -> Model:
    """The new model with the facts and vetoes of the old one beside its own."""
    return replace(new, facts={**old.facts, **new.facts}, vetoes=(*old.vetoes, *new.vetoes))


def of_policies(old: Policy, new: Policy) -> Policy:
    """The new policy with the categories and attributes of the old one beside its own."""
    return replace(new, categories={**old.categories, **new.categories}, attributes={**old.attributes, **new.attributes})


def of_score(policy: Policy, model: Model) -> FieldDomain:
    """Cents, and the caps that a score may be put to."""
    caps = [one.score_at_most for one in model.vetoes if one.score_at_most is not None]
    return FieldDomain(gcd(100, *caps), min(0, *caps) if caps else 0, policy.scale.full + 100)


def of_fields(category: Category) -> Held:
    """Of the fields of a record."""

    def held(name: str) -> Values:
        field = category.fields.get(name)
        if field is None:
            return None
        if field.type == "text":
            return field.one_of or None
        return _ANSWERS if field.type == "boolean" else ANY if field.type == "date" else _number(field)

    return held


def field_domain(fact: Fact, policy: Policy, model: Model) -> FieldDomain:
    """What a number fact can hold, what it holds where nothing is found included."""
    found = _found(fact, policy, model)
    match fact.if_missing:
        case UseFact(name):
            return _joined(found, field_domain(model.facts[name], policy, model))
        case bool() | str():
            return ANY
        case int(value):
            return _joined(found, FieldDomain(value or found.step, value, value))
        case _:
            return found


def _found(fact: Fact, policy: Policy, model: Model) -> FieldDomain:
    match fact.source:
        case FromRecords(kind="count" | "days_since") | MemberCount():
            return _WHOLE
        case FromRecords(kind, category, str(name), weighted_by) if category in policy.categories:
            fields = policy.categories[category].fields
            one = _number(fields.get(name))
            if kind == "sum":
                return FieldDomain(one.step, 0 if one.low >= 0 else -LIMIT)
            if kind != "mean":
                return one
            by = None if weighted_by is None else _number(fields.get(weighted_by))
            return FieldDomain(1, one.low, one.high) if by is None or by.low >= 0 else ANY
        case FromAttribute(kind="attribute", name=name) if name in policy.attributes:
            return _number(policy.attributes[name].field)
        case FromAttribute(kind="years_since" | "days_until"):
            return FieldDomain(ONE)
        case Ratio(of, to, per):
            parts = [field_domain(model.facts[one], policy, model) for one in (of, to)]
            return FieldDomain(1, 0) if per >= 0 and all(one.low >= 0 for one in parts) else ANY
        case Total(facts):
            parts = [field_domain(model.facts[one], policy, model) for one in facts]
            low, high = sum(one.low for one in parts), sum(one.high for one in parts)
            return FieldDomain(gcd(*(one.step for one in parts)), max(low, -LIMIT), min(high, LIMIT))
        case FromRecords() | FromAttribute():
            return ANY
        case never:
            assert_never(never)


def _number(field: Field | None) -> FieldDomain:
    if field is None:
        return ANY
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    return FieldDomain(ONE if field.type == "integer" else 1, low, high)


def _joined(one: FieldDomain, other: FieldDomain) -> FieldDomain:
    return FieldDomain(gcd(one.step, other.step), min(one.low, other.low), max(one.high, other.high))
