"""What numbers a fact can have, as far as its source and the catalogue tell."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from math import gcd
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
    RejectMissing,
    Source,
    Total,
    UseFact,
)  # fmt: skip


class Range(Struct, frozen=True):
    """Whole multiples of a step, from the least to the greatest, in counts of 0.0001."""

    low: int
    high: int
    step: int = 1

    @property
    def empty(self) -> bool:
        return self.low > self.high

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest multiple."""
        return _up(self.low, self.step), self.high // self.step * self.step

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
            case "is_not" | "one_of" | "none_of" | "given":
                pass
            case never:
                assert_never(never)
        return Range(low, high, self.step)

    def join(self, other: Range) -> Range:
        """The least range that holds both."""
        return Range(min(self.low, other.low), max(self.high, other.high), gcd(self.step, other.step))

    def near(self, values: Iterable[int], far: int = 1) -> list[int]:
        """What it has of the values, or on both sides of them, so many steps away at most."""
        multiples: set[int] = set()
        for value in values:
            floor = value // self.step
            multiples.update(range((floor - far) * self.step, (floor + far + 1) * self.step, self.step))
        least, most = self.ends
        return sorted(number for number in multiples if least <= number <= most) or [min(max(0, least), most)]


ANY = Range(-LIMIT, LIMIT)
COUNT = Range(0, LIMIT, ONE)


def _up(bound: int, step: int) -> int:
    return -(-bound // step) * step


def fact_ranges(policy: Policy, model: Model) -> dict[str, Range]:
    """The range of each fact that is a number."""
    return _ranges(policy, model, model.facts)


def _ranges(policy: Policy, model: Model, some: Container[str]) -> dict[str, Range]:
    """Of some facts, with whom stand all that they are computed from."""
    ranges: dict[str, Range] = {}
    for name in fact_order(model):
        fact = model.facts[name]
        if fact.type == "number" and name in some:
            ranges[name] = _of_fact(policy, fact, lambda other: ranges.get(other, ANY))
    return ranges


def fact_range(fact: Fact, policy: Policy, model: Model) -> Range:
    """The range of one fact that is a number."""
    ranges = _ranges(policy, model, model.needed(fact.needs()))
    return _of_fact(policy, fact, lambda other: ranges.get(other, ANY))


def field_range(field: Field | None) -> Range:
    """The range of a field or an attribute; anything for one that is not known."""
    if field is None:
        return ANY
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    return Range(low, high, ONE if field.type == "integer" else 1)


def _of_fact(policy: Policy, fact: Fact, range_of: Callable[[str], Range]) -> Range:
    """What is read, and what stands in where nothing is there."""
    read = _of_source(policy, fact.source, range_of)
    match fact.if_missing:
        case UseFact(other):
            return read.join(range_of(other))
        case None | RejectMissing() | bool() | str():
            return read
        case int(value):
            return read.join(Range(value, value, value or read.step))
        case never:
            assert_never(never)


def _of_source(policy: Policy, source: Source, range_of: Callable[[str], Range]) -> Range:
    match source:
        case FromRecords():
            return _of_records(policy, source)
        case FromAttribute("attribute", name):
            return field_range(policy.attributes[name].field if name in policy.attributes else None)
        case FromAttribute():
            return Range(-LIMIT, LIMIT, ONE)
        case Ratio(of, to, per):
            part, whole = range_of(of), range_of(to)
            if per < 0 or part.low < 0 or whole.low < 0:
                return ANY
            return Range(0, LIMIT if part.high else divide(per * part.high, ONE))
        case Total(facts):
            parts = [range_of(name) for name in facts]
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            return Range(max(low, -LIMIT), min(high, LIMIT), gcd(*(part.step for part in parts)))
        case MemberCount():
            return COUNT
        case never:
            assert_never(never)


def _of_records(policy: Policy, source: FromRecords) -> Range:
    category = policy.categories.get(source.category)
    fields = category.fields if category else {}
    values = field_range(fields.get(source.field or ""))
    match source.kind:
        case "count" | "days_since" | "exists":
            return COUNT
        case "sum":
            return Range(0 if values.low >= 0 else -LIMIT, LIMIT if values.high > 0 else 0, values.step)
        case "mean":
            weights = COUNT if source.weighted_by is None else field_range(fields.get(source.weighted_by))
            return Range(values.low, values.high) if weights.low >= 0 else ANY
        case "tally":
            assert source.tally is not None
            return _of_tally(source.tally.values)
        case "max" | "min" | "latest":
            return values
        case never:
            assert_never(never)


def _of_tally(values: Sequence[int]) -> Range:
    """Any number of records may have any of the values."""
    return Range(-LIMIT if min(values) < 0 else 0, LIMIT if max(values) > 0 else 0, gcd(*values) or 1)


def range_box(condition: Condition, ranges: Mapping[str, Range]) -> dict[str, Range] | None:
    """The ranges to which a plain conjunction narrows its facts; None for what is not one of comparisons with numbers."""
    box: dict[str, Range] = {}
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        if not isinstance(part, Comparison) or part.name not in ranges or type(part.operand) is not int:
            return None
        if part.operator in ("is_not", "one_of", "none_of"):
            return None
        box[part.name] = box.get(part.name, ranges[part.name]).cut(part.operator, part.operand)
    return box
