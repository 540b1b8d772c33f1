"""What values a fact can have, as far as its source and the catalogue tell; the interval for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct

from engine.model.catalogue import Field
from engine.model.condition import AllOf, Comparison, Condition, Operator
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE, divide
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    Total,
    UseFact,
)  # fmt: skip


class Range(Struct, frozen=True):
    """Both ends inclusive, in counts of 0.0001; `step` is the distance of neighbours."""

    low: int
    high: int
    step: int = 1

    @property
    def empty(self) -> bool:
        return self.low > self.high

    def within(self, other: Range) -> bool:
        return other.low <= self.low and self.high <= other.high

    def cut(self, operator: Operator, bound: int) -> Range:
        """The part for which a comparison holds; unchanged for those that leave no interval."""
        low, high = self.low, self.high
        match operator:
            case "at_least":
                low = max(low, _up(bound, self.step))
            case "above":
                low = max(low, _up(bound + 1, self.step))
            case "at_most":
                high = min(high, bound // self.step * self.step)
            case "below":
                high = min(high, (bound - 1) // self.step * self.step)
            case "is":
                low, high = max(low, bound), min(high, bound)
                if bound % self.step:
                    high = low - 1
            case "is_not" | "one_of" | "none_of":
                pass
            case never:
                assert_never(never)
        return Range(low, high, self.step)

    def join(self, other: Range) -> Range:
        return Range(min(self.low, other.low), max(self.high, other.high), min(self.step, other.step))


ANY = Range(-LIMIT, LIMIT)
COUNT = Range(0, LIMIT, ONE)


def _up(bound: int, step: int) -> int:
    return -(-bound // step) * step


def fact_ranges(policy: Policy, model: Model) -> dict[str, Range]:
    """The range of each fact that is a number."""
    found: dict[str, Range] = {}
    for name in fact_order(model):
        fact = model.facts[name]
        if fact.type != "number":
            continue
        source = _source(policy, fact, found)
        match fact.if_missing:
            case UseFact(other):
                found[name] = source.join(found.get(other, ANY))
            case bool() | str():
                found[name] = source
            case int(value):
                step = source.step if value % source.step == 0 else 1
                found[name] = Range(min(source.low, value), max(source.high, value), step)
            case _:
                found[name] = source
    return found


def _source(policy: Policy, fact: Fact, found: Mapping[str, Range]) -> Range:
    match fact.source:
        case FromRecords(kind, category, field):
            if kind in ("count", "days_since"):
                return COUNT
            bounds = _field(policy.categories[category].fields[field or ""])
            if kind == "sum":
                return Range(0 if bounds.low >= 0 else -LIMIT, LIMIT if bounds.high > 0 else 0, bounds.step)
            return Range(bounds.low, bounds.high) if kind == "mean" else bounds
        case FromAttribute("attribute", name):
            return _field(policy.attributes[name].field)
        case FromAttribute():
            return Range(-LIMIT, LIMIT, ONE)
        case Ratio(of, to, per):
            part, whole = found.get(of, ANY), found.get(to, ANY)
            if part.low < 0 or whole.low < 0:
                return ANY
            return Range(0, LIMIT if part.high else divide(per * part.high, ONE))
        case Total(facts):
            parts = [found.get(name, ANY) for name in facts]
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            return Range(max(low, -LIMIT), min(high, LIMIT), min(part.step for part in parts))
        case MemberCount():
            return COUNT
        case never:
            assert_never(never)


def _field(field: Field) -> Range:
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    return Range(low, high, ONE if field.type == "integer" else 1)


def range_box(condition: Condition, ranges: Mapping[str, Range]) -> dict[str, Range] | None:
    """The ranges to which a plain conjunction narrows its facts; None for what is not one of comparisons with numbers."""
    found: dict[str, Range] = {}
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        if not isinstance(part, Comparison) or part.name not in ranges or type(part.operand) is not int:
            return None
        if part.operator in ("is_not", "one_of", "none_of"):
            return None
        found[part.name] = found.get(part.name, ranges[part.name]).cut(part.operator, part.operand)
    return found
