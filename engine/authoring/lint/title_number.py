"""A title that states a number (3次以上, 不满一年, 低于60分) and whose condition tests another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.authoring.lint.lint_context import LintContext
from engine.authoring.titles import StatedNumber, bound
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation
from engine.model.number import ONE, shortest
from engine.model.policy import Fact, FromAttribute, FromRecords, Model, Total
from engine.model.problem import Problem

COUNTED = ("次", "件", "起")
WHOLE = (*COUNTED, "年")


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for key in ("not_evaluated", "vetoes", "measures", "alerts"):
            for held in getattr(model, key):
                stated = bound(held.title)
                test = _only_number(held.when, model)
                if stated and test and _about(stated, test, model) and not _says(stated, test):
                    operand = test.operand if type(test.operand) is int else 0
                    tested = f"{test.operator}: {shortest(operand)}"
                    path = (*top, key, held.id, "title")
                    yield linted.warn("title_number", path, stated=stated.words, fact=test.name, tested=tested)


def _only_number(condition: Condition, model: Model) -> Comparison | None:
    """The one test of a number, where nothing is negated and no other test compares with a fact."""
    numbers = list(_numbers(condition, model))
    return numbers[0] if len(numbers) == 1 else None


def _numbers(condition: Condition, model: Model) -> Iterator[Comparison | None]:
    """Tests of numbers; None for what makes it uncertain what they are about."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _numbers(part, model)
        case Negation():
            yield None
        case Comparison(name, operator, operand):
            fact = model.facts.get(name)
            if isinstance(operand, bool) or (fact is not None and fact.type == "text"):
                return
            if name != "score" and (fact is None or fact.type != "number"):
                return
            yield condition if type(operand) is int and operator not in ("is_not", "none_of") else None
        case never:
            assert_never(never)


def _about(stated: StatedNumber, test: Comparison, model: Model) -> bool:
    """Whether the number can be of nothing else than what is tested: its unit says so, and the fact does not name it itself."""
    fact = model.facts.get(test.name)
    if fact is None:
        return stated.unit == "分"
    if stated.words in fact.title or bound(fact.title) is not None:
        return False
    match stated.unit:
        case "年":
            return isinstance(fact.source, FromAttribute) and fact.source.kind == "years_since"
        case "分":
            return "分" in fact.title
        case "%":
            return "%" in fact.title or "率" in fact.title
        case _:
            return _counts(fact, model)


def _counts(fact: Fact, model: Model) -> bool:
    match fact.source:
        case Total(facts):
            return all(_counts(model.facts[name], model) for name in facts)
        case FromRecords("count"):
            return True
        case _:
            return False


def _says(stated: StatedNumber, test: Comparison) -> bool:
    """Whether the number is the same, or of whole numbers the next one on the other side of the bound."""
    operand = test.operand if type(test.operand) is int else 0
    if operand == stated.count:
        return True
    if stated.unit not in WHOLE:
        return False
    if test.operator in ("above", "at_most"):
        return operand == stated.count - ONE
    return stated.side == "above" and operand == stated.count + ONE
