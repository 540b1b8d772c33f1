"""Which of two conditions holds more often, decided by trying every combination of values that can tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from math import prod

from engine.evaluating.conditions import RANKED, accepted, compare
from engine.model.condition import All, Any, Condition, FactRef, Not, Plain, Test, tests
from engine.model.digest import canonical
from engine.model.scale import Scale

EQUAL, WEAKER, STRONGER, OTHER = "equal", "weaker", "stronger", "other"
"""The new condition holds where the old one does; there and elsewhere; only there; or this is not known."""

_MOST = 20_000
"""Combinations that are tried; beyond them two conditions are compared by what they say."""
_ELSE = "\0"
"""A text that no test names."""

Combination = Mapping[str, Plain | None]


def relation(old: Condition, new: Condition, scale: Scale | None, missing: bool = False) -> str:
    """How the new condition stands to the old one; with `missing`, a value may be absent, and no test on it holds."""
    if canonical(old) == canonical(new):
        return EQUAL
    combinations = _combinations((old, new), scale, missing)
    if combinations is None:
        return OTHER
    forth = back = True
    for values in combinations:
        first, second = holds(old, values, scale), holds(new, values, scale)
        forth, back = forth and (not first or second), back and (not second or first)
    if forth and back:
        return EQUAL
    return WEAKER if forth else STRONGER if back else OTHER


def polarity(condition: Condition, name: str, scale: Scale | None) -> str:
    """Whether a condition comes to hold (`up`) or ceases to hold (`down`) as a value grows; `both`, or `none` without it."""
    read = [test for test in tests(condition) if name in (test.name, _other(test))]
    if not read:
        return "none"
    combinations = _combinations((condition,), scale, False)
    if combinations is None:
        return "both"
    groups: dict[tuple[object, ...], list[Combination]] = {}
    for values in combinations:
        groups.setdefault(tuple(value for key, value in values.items() if key != name), []).append(values)
    rises = falls = False
    for group in groups.values():
        if any(isinstance(one[name], str) for one in group):
            return "both"
        ordered = sorted(group, key=lambda values: int(values[name] or 0))
        answers = [holds(condition, values, scale) for values in ordered]
        rises = rises or any(not one and two for one, two in pairwise(answers))
        falls = falls or any(one and not two for one, two in pairwise(answers))
    return "both" if rises and falls else "up" if rises else "down" if falls else "none"


def holds(condition: Condition, values: Combination, scale: Scale | None) -> bool:
    """Whether a condition holds for these values, None being absent."""
    match condition:
        case Test(name, operator, operand):
            value = values[name]
            if name in RANKED and scale is not None:
                return value in accepted(condition, scale)
            if isinstance(operand, FactRef):
                return compare(operator, value, values[operand.name])
            return value is not None and compare(operator, value, operand)
        case Not(part):
            return not holds(part, values, scale)
        case All(parts):
            return all(holds(part, values, scale) for part in parts)
        case Any(parts):
            return any(holds(part, values, scale) for part in parts)


def _combinations(conditions: Sequence[Condition], scale: Scale | None, missing: bool) -> Iterable[Combination] | None:
    """Every combination of values between which the tests can change their answers; None where they are too many."""
    found = [test for condition in conditions for test in tests(condition)]
    values: dict[str, list[Plain | None]] = {}
    for test in found:
        listed = values.setdefault(test.name, [])
        match test.operand:
            case FactRef(name):
                values.setdefault(name, [])
            case tuple(operands):
                listed += operands
            case operand:
                listed.append(operand)
    for test in found:  # what is compared with each other may meet at every value of either
        if isinstance(test.operand, FactRef):
            both = [*values[test.name], *values[test.operand.name], 0]
            values[test.name], values[test.operand.name] = list(both), [*both, 10_000, -10_000]
    critical = {name: _critical(name, operands, scale, missing) for name, operands in values.items()}
    if prod(len(one) for one in critical.values()) > _MOST:
        return None
    return _all(critical, scale)


def _all(critical: Mapping[str, Sequence[Plain | None]], scale: Scale | None) -> Iterable[Combination]:
    grades = {level.name: level.grade for level in scale.levels} if scale else {}
    for combination in product(*critical.values()):
        values = dict(zip(critical, combination, strict=True))
        if grades and {"level", "grade"} <= {*values} and grades[str(values["level"])] != values["grade"]:
            continue
        yield values


def _critical(name: str, operands: Sequence[Plain | None], scale: Scale | None, missing: bool) -> list[Plain | None]:
    """The values at and beside which a comparison changes."""
    absent: list[Plain | None] = [None] if missing or name.startswith("previous.") else []
    if name in RANKED and scale is not None:
        return [*(scale.grades if name == "grade" else scale.names), *absent]
    if any(isinstance(one, bool) for one in operands) or name == "vetoed":
        return [False, True, *absent]
    if any(isinstance(one, str) for one in operands):
        return [*dict.fromkeys(operands), _ELSE, *absent]
    numbers = {one + step for one in operands if isinstance(one, int) for step in (-1, 0, 1)}
    return [*sorted(numbers), *absent]


def _other(test: Test) -> str | None:
    return test.operand.name if isinstance(test.operand, FactRef) else None
