"""Conditions as expressions: over the locals of facts and results, or over those of a record's fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from engine.evaluating.generated.text import literal
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator, Value
from engine.model.scale import Scale


def sign(operator: Operator) -> str:
    """The operator of Python that compares so; of `given`, which compares nothing, there is none."""
    match operator:
        case "is":
            return "=="
        case "is_not":
            return "!="
        case "at_least":
            return ">="
        case "above":
            return ">"
        case "at_most":
            return "<="
        case "below":
            return "<"
        case "one_of":
            return "in"
        case "none_of":
            return "not in"
        case "given":
            raise AssertionError("whether a fact is there is not asked")


def condition_text(condition: Condition, test: Callable[[Comparison], str]) -> str:
    """An expression of the tests' expressions, in parentheses of its own."""
    match condition:
        case Comparison():
            return test(condition)
        case Negation(part):
            return f"(not {condition_text(part, test)})"
        case AllOf(parts):
            return _joined(" and ", [condition_text(part, test) for part in parts], "True")
        case AnyOf(parts):
            return _joined(" or ", [condition_text(part, test) for part in parts], "False")
        case never:
            assert_never(never)


def _joined(word: str, parts: list[str], empty: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return f"({word.join(parts)})"


def on_results(scale: Scale, names: Mapping[str, str]) -> Callable[[Comparison], str]:
    """The expression of a test of a fact or result, whose locals are `names`."""

    def test(tested: Comparison) -> str:
        name, operand = names[tested.name], tested.operand
        if tested.name in ("level", "previous.level"):
            return f"({name} in {literal(_allowed(tested, scale.names))})"
        if tested.name == "grade":
            return f"({name} in {literal(_allowed(tested, scale.grades))})"
        right = names[operand.name] if isinstance(operand, FactRef) else literal(operand)
        compared = f"({name} {sign(tested.operator)} {right})"
        return f"({name} is not None and {compared})" if tested.name == "previous.score" else compared

    return test


def _allowed(test: Comparison, names: tuple[str, ...]) -> tuple[str, ...]:
    """The levels or grades, best first, for which a test holds: the better ones are above."""
    if test.operator in ("is", "one_of"):
        return tuple(name for name in names if name in _several(test.operand))
    if test.operator in ("is_not", "none_of"):
        return tuple(name for name in names if name not in _several(test.operand))
    place = names.index(str(test.operand))
    match test.operator:
        case "at_least":
            return names[: place + 1]
        case "above":
            return names[:place]
        case "at_most":
            return names[place:]
        case _:
            return names[place + 1 :]


def _several(operand: Value) -> tuple[object, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def on_record(local: Callable[[str], str]) -> Callable[[Comparison], str]:
    """The expression of a test of a record's field, in a local that is None where the record does not have it."""

    def test(tested: Comparison) -> str:
        name = local(tested.name)
        match tested.operator:
            case "given":
                return f"({name} is not None)" if tested.operand else f"({name} is None)"
            case "is":
                return f"({name} == {literal(tested.operand)})"
            case operator:
                return f"({name} is not None and {name} {sign(operator)} {literal(tested.operand)})"

    return test
