"""Records that stand for all that a category allows, as far as some conditions can tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from engine.model.catalogue import SOURCE_FIELD, Category, Field
from engine.model.condition import Comparison, Condition, Plain, tests
from engine.model.fact_range import field_range
from engine.model.period import NEVER
from engine.model.subject import Record

MOST = 20_000
"""Of more records nobody would wait for the answer."""


def example_records(category: Category, conditions: Sequence[Condition]) -> Iterator[Record] | None:
    """A record for each way in which the tests may hold together; None where there are too many.

    Whatever else a record of the category holds, each condition says of it what it says of one of these. What the catalogue
    does not allow is not among them.
    """
    compared: dict[str, list[Comparison]] = {}
    for condition in conditions:
        for test in tests(condition):
            compared.setdefault(test.name, []).append(test)
    fields = {"source": SOURCE_FIELD, **category.fields}
    values = {name: _values(fields[name], tests_of_name) for name, tests_of_name in compared.items()}
    if prod(len(several) for several in values.values()) > MOST:
        return None
    return (_record(category, dict(zip(values, chosen, strict=True))) for chosen in product(*values.values()))


def _record(category: Category, values: dict[str, Plain | None]) -> Record:
    there = {name: value for name, value in values.items() if value is not None}
    if "source" in category.fields:
        return Record("", category.id, 1, there)
    source = there.pop("source", None)
    return Record("", category.id, 1, there, source=None if source is None else str(source))


def _values(field: Field, compared: Sequence[Comparison]) -> list[Plain | None]:
    """Values of a field between which no test tells others apart; None for one that is not there."""
    operands = [
        operand for test in compared for operand in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
    ]
    values: list[Plain | None] = [*_held(field, operands)]
    return [*values, None] if field.optional else values


def _held(field: Field, operands: Sequence[object]) -> Sequence[Plain]:
    match field.type:
        case "boolean":
            return (True, False)
        case "text":
            texts = [operand for operand in operands if isinstance(operand, str)]
            return field.one_of or tuple(dict.fromkeys((*texts, _another(texts))))
        case "integer" | "number":
            numbers = [operand for operand in operands if type(operand) is int]
            return field_range(field).near(numbers)
        case "date":
            days = {day for operand in operands if type(operand) is int for day in (operand - 1, operand, operand + 1)}
            return sorted(day for day in days if 0 < day < NEVER) or [1]


def _another(texts: Sequence[str]) -> str:
    """A text that is none of these."""
    text = "…"
    while text in texts:
        text += "…"
    return text
