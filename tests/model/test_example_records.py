"""Example records stand for all: whatever conditions can tell apart among records, they tell apart among the examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from random import Random

import pytest

from engine.evaluating.conditions import compile_where
from engine.model.catalogue import Category, Field
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation, Operator, Plain
from engine.model.example_records import example_record, example_records
from engine.model.number import ONE

CATEGORY = Category(
    "fine",
    "处罚",
    ("organisation",),
    {
        "people": Field("人数", "integer", at_least=0, at_most=6 * ONE),
        "level": Field("程度", "text", ("minor", "general", "serious"), optional=True),
        "closed": Field("办结", "boolean", optional=True),
        "amount": Field("金额", "number", at_least=0, at_most=3 * ONE, optional=True),
    },
)
HELD: Mapping[str, Sequence[Plain | None]] = {
    "people": [number * ONE for number in range(7)],
    "level": ["minor", "general", "serious", None],
    "closed": [True, False, None],
    "amount": [*range(0, 3 * ONE + 1, ONE // 4), None],
}
"""Every value; of the amount each that the conditions here can tell apart."""

ORDERED: tuple[Operator, ...] = ("at_least", "above", "at_most", "below", "is", "is_not")


def condition(random: Random, depth: int = 2) -> Condition:
    if depth and random.random() < 0.6:
        parts = tuple(condition(random, depth - 1) for _ in range(random.randint(1, 2)))
        joins: list[Condition] = [AllOf(parts), AnyOf(parts), Negation(parts[0])]
        return random.choice(joins)
    name = random.choice(list(HELD))
    if name == "level":
        return Comparison(name, random.choice(("one_of", "none_of")), tuple(random.sample(["minor", "general", "serious"], 2)))
    if name == "closed":
        return Comparison(name, "is", random.choice((True, False)))
    step = ONE if name == "people" else ONE // 2
    return Comparison(name, random.choice(ORDERED), random.randint(0, 6) * step)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_apart(seed: int) -> None:
    """Each combination of answers that some record gives, some example gives, and no other."""
    random = Random(seed)
    wheres = [condition(random) for _ in range(3)]
    matches = [compile_where(where) for where in wheres]
    every = (example_record(CATEGORY, dict(zip(HELD, held, strict=True))) for held in product(*HELD.values()))
    answers = {tuple(match(record) for match in matches) for record in every}
    known = example_records(CATEGORY, wheres)
    assert known is not None
    assert {tuple(match(record) for match in matches) for record in known.records} == answers


def test_too_many_ways() -> None:
    """Nothing is said of conditions that tell too many records apart."""
    fields = {name: Field(name, "number") for name in ("a", "b", "c")}
    wheres = [Comparison(name, "above", 10 * number) for name in fields for number in range(20)]
    assert example_records(Category("many", "多", ("organisation",), fields), wheres) is None


def test_another_field() -> None:
    """Of a field that nothing tests, one example for each value that it lists."""
    known = example_records(CATEGORY, [], also=("level",))
    assert known is not None
    assert [record.fields.get("level") for record in known.records] == ["minor", "general", "serious", None]
