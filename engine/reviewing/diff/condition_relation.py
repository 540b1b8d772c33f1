"""Which of two conditions holds more often, decided by trying every combination of values that can tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Final, Literal, assert_never

from engine.evaluating.conditions import RANKED, accepted_values, compare
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Plain, tests
from engine.model.digest import canonical
from engine.model.fact_range import ANY, Range
from engine.model.scale import Scale
from engine.reviewing.diff.name_domains import Held

EQUAL: Final = "equal"
WEAKER: Final = "weaker"
STRONGER: Final = "stronger"
OTHER: Final = "other"

Relation = Literal["equal", "weaker", "stronger", "other"]
"""The new condition holds where the old one does; there and elsewhere; only there; or this is not known."""

_MOST = 20_000
"""Combinations that are tried; beyond them two conditions are compared by what they say."""
_FAR = 10**9
"""What no test is near to."""
_ELSE = "\0"
"""A text that no test names."""

Polarity = Literal["up", "down", "both", "none"]
Combination = Mapping[str, Plain | None]
Absent = Callable[[str], bool]
"""Whether there may be no value of a name, on which then no test holds."""


def relation(
    old: Condition, new: Condition, scale: Scale | None, held: Held, absent: Absent = lambda name: name.startswith("previous.")
) -> Relation:
    """How the new condition stands to the old one, for all values that their names can hold."""
    if canonical(old) == canonical(new):
        return EQUAL
    combinations = _combinations((old, new), scale, held, absent)
    if combinations is None:
        return OTHER
    forth = back = True
    for values in _consistent(combinations, scale):
        first, second = holds(old, values, scale), holds(new, values, scale)
        forth, back = forth and (not first or second), back and (not second or first)
    if forth and back:
        return EQUAL
    return WEAKER if forth else STRONGER if back else OTHER


def polarity(condition: Condition, name: str, scale: Scale | None, held: Held) -> Polarity:
    """Whether a condition comes to hold (`up`) or ceases to hold (`down`) as a value grows; `both`, or `none` without it."""
    if not any(name in (test.name, _other(test)) for test in tests(condition)):
        return "none"
    changes = steps(condition, name, scale, held)
    if changes is None:
        return "both"
    pairs = [pair for _, answers in changes for pair in answers]
    rises, falls = (False, True) in pairs, (True, False) in pairs
    return "both" if rises and falls else "up" if rises else "down" if falls else "none"


def steps(
    condition: Condition, name: str, scale: Scale | None, held: Held
) -> list[tuple[tuple[Plain | None, Plain | None], list[tuple[bool, bool]]]] | None:
    """For each step of a value to the next greater (or better) one: the answers on both sides, whatever the rest is.

    None where values have no order, or are too many.
    """
    combinations = _combinations((condition,), scale, held, lambda other: other.startswith("previous."))
    if combinations is None:
        return None
    values = combinations[name]
    if name in RANKED and scale is not None:
        ordered = values[::-1]  # a scale has the best first
    elif any(isinstance(value, str) for value in values):
        return None
    else:
        ordered = sorted(values, key=lambda value: int(value or 0))
    rest = [
        dict(zip(combinations, combination, strict=True)) for combination in product(*({**combinations, name: [None]}).values())
    ]
    answers = [[holds(condition, {**others, name: value}, scale) for others in rest] for value in ordered]
    return [(pair, list(zip(*both, strict=True))) for pair, both in zip(pairwise(ordered), pairwise(answers), strict=True)]


def holds(condition: Condition, values: Combination, scale: Scale | None) -> bool:
    """Whether a condition holds for these values, None being absent."""
    match condition:
        case Comparison(name, "given", operand):
            return (values[name] is not None) == operand
        case Comparison(name, operator, operand):
            value = values[name]
            if name in RANKED and scale is not None:
                return value in accepted_values(condition, scale)
            if isinstance(operand, FactRef):
                return compare(operator, value, values[operand.name])
            return value is not None and compare(operator, value, operand)
        case Negation(part):
            return not holds(part, values, scale)
        case AllOf(parts):
            return all(holds(part, values, scale) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values, scale) for part in parts)
        case never:
            assert_never(never)


def _combinations(
    conditions: Sequence[Condition], scale: Scale | None, held: Held, absent: Absent
) -> Mapping[str, Sequence[Plain | None]] | None:
    """For each name the values between which the tests can change their answers; None where they are too many."""
    compared = [test for condition in conditions for test in tests(condition)]
    operands: dict[str, list[Plain]] = {}
    beside: dict[str, set[str]] = {}
    for test in compared:
        listed = operands.setdefault(test.name, [])
        if test.operator == "given":  # its answer is no value of the field
            continue
        match test.operand:
            case FactRef(name):
                operands.setdefault(name, [])
                beside.setdefault(test.name, set()).add(name)
                beside.setdefault(name, set()).add(test.name)
            case tuple(values):
                listed += values
            case value:
                listed.append(value)
    met = {name: _met(name, beside) for name in operands}
    critical = {
        name: _critical(name, [operand for other in others for operand in operands[other]], others, scale, held)
        for name, others in met.items()
    }
    critical = {name: [*values, *([None] if absent(name) else [])] for name, values in critical.items()}
    return None if prod(len(values) for values in critical.values()) > _MOST else critical


def _met(name: str, beside: Mapping[str, Iterable[str]]) -> list[str]:
    """A name and those that it is compared with, through any number of others."""
    names = [name]
    for each in names:
        names += [other for other in beside.get(each, ()) if other not in names]
    return names


def _consistent(critical: Mapping[str, Sequence[Plain | None]], scale: Scale | None) -> Iterator[Combination]:
    """Every combination, but for levels that are not of the grade."""
    grades = {level.name: level.grade for level in scale.levels} if scale else {}
    for combination in product(*critical.values()):
        values = dict(zip(critical, combination, strict=True))
        if grades and {"level", "grade"} <= {*values} and grades[str(values["level"])] != values["grade"]:
            continue
        yield values


def _critical(
    name: str, operands: Sequence[Plain], others: Sequence[str], scale: Scale | None, held: Held
) -> list[Plain | None]:
    """The values at and beside which a comparison changes; what is compared with each other may meet at every one of them."""
    if name in RANKED and scale is not None:
        return list(scale.grades if name == "grade" else scale.names)
    if any(isinstance(operand, bool) for operand in operands) or name == "vetoed":
        return [False, True]
    known = [held(other) for other in others]
    own = known[0]
    numbers = [operand for operand in operands if isinstance(operand, int)]
    if len(numbers) == len(operands) and all(isinstance(values, Range) for values in known if values is not None):
        spans = [values if isinstance(values, Range) else ANY for values in known]
        if len(others) == 1:
            return list(spans[0].near(numbers))
        ends = [end for span in spans for end in span.ends if abs(end) < _FAR]
        return list(spans[0].near((*numbers, *ends, 0), len(others)))
    if isinstance(own, tuple):
        return list(own)
    listed = [text for values in known if isinstance(values, tuple) for text in values]
    return list(dict.fromkeys((*operands, *listed, *(_ELSE * by for by in range(1, len(others) + 1)))))


def _other(test: Comparison) -> str | None:
    return test.operand.name if isinstance(test.operand, FactRef) else None
