"""Whether a scoring form gives more or less than another, at every value that can tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from math import prod

from engine.evaluating.points import compile_form
from engine.model.condition import FactRef, Plain, tests
from engine.model.number import LIMIT, ONE
from engine.model.policy import Fact, FromAttribute, FromRecords, MemberCount, Model, Policy, Ratio, Total, UseFact
from engine.model.scale import Scale
from engine.model.scoring import Bands, Choices, Each, FirstOf, Form, form_facts

_MOST = 50_000
"""Combinations of values that are tried."""
_STEPS = 400

Values = Mapping[str, Plain]
Points = Callable[[Values], int]
Clipped = tuple[Form, int | None, int | None]
"""A form with the least and the most that it gives."""


def direction(old: Clipped, new: Clipped, policy: Policy, model: Model) -> str:
    """looser where the new one never gives less, stricter where it never gives more, neutral where both, else mixed."""
    domain = _domain((old[0], new[0]), policy, model)
    if domain is None:
        return "mixed"
    first, second = _points(old, policy.scale), _points(new, policy.scale)
    less = more = False
    for values in domain:
        before, after = first(values), second(values)
        less, more = less or after < before, more or after > before
    return "mixed" if less and more else "stricter" if less else "looser" if more else "neutral"


def bounds(clipped: Clipped, policy: Policy, model: Model) -> tuple[int, int] | None:
    """The least and the most that a form comes to; None where that is not known."""
    domain = _domain((clipped[0],), policy, model)
    if domain is None:
        return None
    points = _points(clipped, policy.scale)
    found = [points(values) for values in domain]
    return min(found), max(found)


def _points(clipped: Clipped, scale: Scale) -> Points:
    form, low, high = clipped
    return compile_form(form, scale, low, high)


def _domain(forms: Iterable[Form], policy: Policy, model: Model) -> Iterator[Values] | None:
    """Every combination of values at and beside which points change; None where they are too many."""
    critical: dict[str, list[Plain]] = {}
    for form in forms:
        for name in form_facts(form):
            critical.setdefault(name, [])
        for name, value in _critical(form):
            critical[name].append(value)
        if isinstance(form, FirstOf) and any(isinstance(t.operand, FactRef) for b in form.branches for t in tests(b.when)):
            return None
    listed = {name: _filled(model.facts[name], values, policy, model) for name, values in critical.items()}
    if prod(map(len, listed.values())) > _MOST:
        return None
    return (dict(zip(listed, values, strict=True)) for values in product(*listed.values()))


def _critical(form: Form) -> Iterator[tuple[str, Plain]]:
    match form:
        case Each(points, start, beyond, step):
            for name, amount in points:
                yield from ((name, value) for value in _kinks(len(points), amount, start, beyond, step))
        case Bands(fact, bands):
            for band in bands:
                yield from ((fact, band.threshold + by) for by in (-1, 0, 1))
        case Choices(fact, points):
            yield from ((fact, value) for value, _ in points)
        case FirstOf(branches):
            for branch in branches:
                for test in tests(branch.when):
                    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
                    for operand in operands:
                        if isinstance(operand, int) and not isinstance(operand, bool):
                            yield from ((test.name, operand + by) for by in (-1, 0, 1))
                        elif not isinstance(operand, FactRef):
                            yield test.name, operand


def _kinks(facts: int, amount: int, start: int, beyond: int | None, step: int | None) -> Iterator[int]:
    """Where a line begins, is cut off and ends, and its first whole steps."""
    yield from (0, ONE, -ONE, 2 * ONE, LIMIT, -LIMIT)
    per_unit = abs(amount) or 1
    if facts > 1:
        spent = abs(start) * ONE // per_unit  # where the start is used up
        yield from (3 * ONE, spent // 2, spent - 1, spent, spent + 1)
        return
    base = beyond or 0
    unit = step or ONE
    yield from (base + by for by in (-1, 0, 1))
    whole = min(_STEPS, 2 * max(abs(start), 1_000 * ONE) // per_unit + 2)
    for count in {*range(min(whole, 20) + 1), whole}:
        yield from (base + count * unit + by for by in (-1, 0, 1))


def _filled(fact: Fact, values: Iterable[Plain], policy: Policy, model: Model) -> list[Plain]:
    """The values that a fact can have, of those and its own: both answers, a text that nothing names, no number below 0."""
    if fact.type == "boolean":
        return [False, True]
    if fact.type == "text":
        listed = fact.listed
        return list(listed) if listed else [*dict.fromkeys(values), "\0"]
    numbers = sorted({0, *(int(value) for value in values)})
    return [one for one in numbers if one >= 0] if is_never_negative(fact, policy, model) else list(numbers)


def is_never_negative(fact: Fact, policy: Policy, model: Model) -> bool:
    """Whether a fact is surely 0 or more."""
    if isinstance(fact.if_missing, int) and fact.if_missing < 0:
        return False

    def of(name: str) -> bool:
        return is_never_negative(model.facts[name], policy, model)

    if isinstance(fact.if_missing, UseFact) and not of(fact.if_missing.name):
        return False
    match fact.source:
        case FromRecords(kind="count" | "exists" | "days_since") | MemberCount():
            return True
        case FromRecords(category=category, field=str(name)):
            least = policy.categories[category].fields[name].at_least
        case FromAttribute(kind="attribute", name=name):
            least = policy.attributes[name].field.at_least
        case Ratio(one, other):
            return of(one) and of(other)
        case Total(facts):
            return all(map(of, facts))
        case _:
            return False
    return least is not None and least >= 0
