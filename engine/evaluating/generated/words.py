"""Which models become a function: those that use no rare word, and are no larger than Python's own compiler bears."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.condition import RESULT_NAMES, Comparison, Condition, FactRef, Negation, tests
from engine.model.policy import FromRecords, Model, record_conditions
from engine.model.scoring import Choices, alternatives, awards

DEEP = 12
"""So many conditions may stand in each other."""

LONG = 200
"""So many alternatives may follow each other."""

RANKED = ("level", "grade", "previous.level")


def rare_words(model: Model) -> Iterator[str]:
    """What keeps a model from being generated; `single` evaluates it.

    Records by `newest`, `once_per`, `before` or own periods; conditions that are nested too deeply, alternatives that are too many.
    """
    for name, fact in model.facts.items():
        if name in (*RESULT_NAMES, *RANKED):
            yield "name"
        if isinstance(fact.source, FromRecords):
            yield from _of_records(fact.source)
        for where in record_conditions(fact.source):
            if any(isinstance(test.operand, FactRef) for test in tests(where)):
                yield "fact in where"
            yield from _deep(where)
    for form in model.forms():
        if any(awards(form)) and not model.scores:
            yield "award without score"
        if not isinstance(form, Choices) and len(alternatives(form)) > LONG:
            yield "long"
    for condition in model.conditions(alerts=True):
        yield from _of_condition(condition)
        yield from _deep(condition)
    if len(model.facts) > LONG or (model.decisions and len(model.decisions.branches) > LONG):
        yield "long"


def _of_records(source: FromRecords) -> Iterator[str]:
    rare = {"own period": source.own_period, "before": source.before, "newest": source.newest, "once_per": source.once_per}
    yield from (word for word, there in rare.items() if there is not None)
    if source.tally and len(source.tally.branches) > LONG:
        yield "long"


def _of_condition(condition: Condition) -> Iterator[str]:
    for test in tests(condition):
        if test.operator == "given":
            yield "given"
        if test.name in RANKED and isinstance(test.operand, FactRef):
            yield "level of a fact"


def _deep(condition: Condition) -> Iterator[str]:
    if _depth(condition) > DEEP:
        yield "deep"


def _depth(condition: Condition) -> int:
    match condition:
        case Comparison():
            return 1
        case Negation(part):
            return 1 + _depth(part)
        case _:
            return 1 + max(map(_depth, condition.parts), default=0)
