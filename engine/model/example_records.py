"""Records that stand for all that a category allows, as far as what facts ask of records can tell them apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod

from msgspec import Struct

from engine.model.catalogue import SOURCE_FIELD, Category, Field
from engine.model.condition import Condition, Plain, tests
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER
from engine.model.subject import Record

MOST = 20_000
"""So many are looked at; of more ways nothing is known."""


class ExampleRecords(Struct, frozen=True):
    """By field, in order, the values that stand for all that it can hold (None for none), and every record made of them.

    Whatever else a record of the category holds, each condition says of it what it says of one of these.
    """

    fields: Mapping[str, Sequence[Plain | None]]
    records: Sequence[Record]


def example_records(
    category: Category, conditions: Iterable[Condition], also: Collection[str] = ()
) -> ExampleRecords | None:  # fmt: skip
    """Of the fields that the conditions test, and of some `also`; None where there are too many ways."""
    compared = [test for condition in conditions for test in tests(condition)]
    fields = {"source": SOURCE_FIELD, **category.fields}
    names = [name for name in fields if name in also or any(test.name == name for test in compared)]
    values: dict[str, Sequence[Plain | None]] = {}
    for name in names:
        operands = [operand for test in compared if test.name == name for operand in _operands(test.operand)]
        values[name] = [*_values(fields[name], operands), *([None] if fields[name].optional else [])]
    if prod(map(len, values.values())) > MOST:
        return None
    return ExampleRecords(
        values, [example_record(category, dict(zip(names, held, strict=True))) for held in product(*values.values())]
    )


def example_record(category: Category, held: Mapping[str, Plain | None]) -> Record:
    """A record that holds these values and nothing else."""
    source = None if "source" in category.fields else held.get("source")
    fields = {name: value for name, value in held.items() if value is not None and name in category.fields}
    return Record("", category.id, 1, fields, source=None if source is None else str(source))


def _operands(operand: object) -> Iterator[object]:
    yield from operand if isinstance(operand, tuple) else (operand,)


def _values(field: Field, operands: Sequence[object]) -> Sequence[Plain]:
    """One for each part of what a field can hold that comparisons with the operands can tell apart."""
    match field.type:
        case "boolean":
            return [True, False]
        case "text":
            named = [operand for operand in operands if isinstance(operand, str)]
            return field.one_of or [*dict.fromkeys(named), another(named)]
        case "date":
            low, high, step, unit = 1, NEVER - 1, 1, 1
        case "integer" | "number":
            low, high, step, unit = -LIMIT, LIMIT, ONE if field.type == "integer" else 1, ONE
    low = low if field.at_least is None else field.at_least
    high = high if field.at_most is None else field.at_most
    numbers = sorted({operand for operand in operands if type(operand) is int})
    return sorted(set(_parts(numbers, low, high, step, unit))) or [max(low, 0)]


def _parts(numbers: Sequence[int], low: int, high: int, step: int, unit: int) -> Iterator[int]:
    """The numbers themselves and one between each two, below the least and above the greatest, as plain as can be."""
    inside = [number for number in numbers if low <= number <= high and number % step == 0]
    yield from inside
    edges = [low - 1, *(number for number in numbers if low <= number <= high), high + 1]
    for before, after in pairwise(edges):
        first, last = -(-(before + 1) // step) * step, (after - 1) // step * step
        if first <= last:
            yield _plain(first, last, step, unit, before < low, after > high)


def _plain(first: int, last: int, step: int, unit: int, below_all: bool, above_all: bool) -> int:
    """A number in first..last: a whole one near the bound that it is beyond, or in the middle."""
    if below_all:
        near = last // unit * unit
        return near if near >= first else last
    if above_all:
        return min(last, -(-first // unit) * unit)
    middle = (first + last) // 2
    whole = -(-middle // unit) * unit
    return whole if whole <= last else middle // step * step


def another(texts: Collection[str]) -> str:
    """A text that is none of these."""
    text = "…"
    while text in texts:
        text += "…"
    return text
