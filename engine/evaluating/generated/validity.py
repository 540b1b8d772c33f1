"""Validity: until when a fact that counts days stays on its side of each bound that the model compares it with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from engine.evaluating.generated.conditions import sign
from engine.evaluating.generated.text import Lines, Namespace
from engine.model.condition import Comparison, FactRef, tests
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import Model, daily_growth
from engine.model.scoring import Each, awards


def validity_lines(model: Model, as_of: int, names: Namespace) -> Lines:
    """Brings `change` forward to the first day after the as-of date on which such a comparison turns."""
    counting = {name: step for name, fact in model.facts.items() if (step := daily_growth(fact.source))}
    if _by_value(model) & counting.keys():
        return [f"if change > {as_of + 1}: change = {as_of + 1}"]
    lines: Lines = []
    for name, step in counting.items():
        v = names.facts[name]
        compared = [test for condition in model.conditions() for test in tests(condition) if test.name == name]
        turns = names.bind("turns", _next_turn(sorted({day for test in compared for day in _turns(test)}), step, as_of))
        lines += [f"if {v} is not None and not {v}_absent:", f"    x = {turns}({v} // {ONE})", "    if x < change: change = x"]
    return lines


def _by_value(model: Model) -> set[str]:
    """Facts of which each single day counts."""
    names = {name for fact in model.facts.values() for name in fact.needs()}
    names |= {name for form in model.forms() if isinstance(form, Each) for name, _ in form.points}
    names |= {award.fact for form in model.forms() for award in awards(form)}
    compared = [test for condition in model.conditions() for test in tests(condition)]
    for test in compared:
        if isinstance(test.operand, FactRef):
            names |= {test.name, test.operand.name}
    return names | {model.weight} if isinstance(model.weight, str) else names


def _turns(test: Comparison) -> set[int]:
    """The whole numbers of days at which a comparison is answered otherwise than a day before."""
    bounds = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    near = {bound // ONE + more for bound in bounds if isinstance(bound, int) for more in (-1, 0, 1, 2)}
    return {days for days in near if _holds(test, days - 1) != _holds(test, days)}


def _holds(test: Comparison, days: int) -> bool:
    value, operand = days * ONE, test.operand
    match sign(test.operator):
        case "==":
            return value == operand
        case "!=":
            return value != operand
        case ">=":
            return value >= operand  # type: ignore[operator]
        case ">":
            return value > operand  # type: ignore[operator]
        case "<=":
            return value <= operand  # type: ignore[operator]
        case "<":
            return value < operand  # type: ignore[operator]
        case "in":
            return value in operand  # type: ignore[operator]
        case _:
            return value not in operand  # type: ignore[operator]


def _next_turn(turns: list[int], step: int, as_of: int) -> Callable[[int], int]:
    """From the days that are counted on the as-of date to the day on which they come to the next turn."""

    def growing(days: int) -> int:
        place = bisect_right(turns, days)
        return as_of + turns[place] - days if place < len(turns) else NEVER

    def shrinking(days: int) -> int:
        place = bisect_right(turns, days)
        return as_of + days - turns[place - 1] + 1 if place else NEVER

    return growing if step > 0 else shrinking
