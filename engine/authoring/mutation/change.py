"""One thing in a model made otherwise, and what a walk through the model knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from engine.model.condition import Comparison, FactRef, Plain, Value
from engine.model.expectation import ExpectKey
from engine.model.fact_range import Range, fact_ranges
from engine.model.mutation import MutantKind
from engine.model.number import ONE, shortest
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.model.problem import Path

Domain = Range | tuple[Plain | None, ...] | None
"""What values a name can have, as far as that is known."""


class ModelEdit(Struct, frozen=True):
    """Like a Mutant; `path` begins in the model, and `part` is what stands in the place of the element looked at."""

    kind: MutantKind
    path: Path
    old: str | None
    new: str | None
    part: Any
    when: Comparison | None = None
    key: ExpectKey | Literal[""] = ""
    name: str = ""


class Walk(Struct, frozen=True):
    """A model of a policy, what its facts can be, and where parameters stand.

    Numbers are moved by their unit both ways, those of parameters not; or else, those at the paths of `numbers` become these.
    """

    policy: Policy
    model: Model
    domains: Mapping[str, Domain]
    parameters: frozenset[Path]
    numbers: Mapping[Path, int] | None = None

    def moves(self, path: Path, number: int) -> Iterator[int]:
        """What a number becomes."""
        if self.numbers is not None:
            yield from (self.numbers[path],) if path in self.numbers else ()
        elif path not in self.parameters:
            yield from (number - unit(number), number + unit(number))


def walk(policy: Policy, model: Model, numbers: Mapping[Path, int] | None = None) -> Walk:
    ranges = fact_ranges(policy, model)
    domains: dict[str, Domain] = {}
    for name, fact in model.facts.items():
        domains[name] = ranges[name] if fact.type == "number" else (False, True) if fact.type == "boolean" else fact.listed
    return Walk(policy, model, domains, frozenset(use.path for use in model.parameter_uses), numbers)


def edits_inside(changes: Iterable[ModelEdit], parent: Any, field: str) -> Iterator[ModelEdit]:
    """Changes of one field of a struct as changes of the struct."""
    for change in changes:
        yield replace(change, part=replace(parent, **{field: change.part}))


def edits_among(changes: Iterable[ModelEdit], parts: tuple[Any, ...], index: int) -> Iterator[ModelEdit]:
    """Changes of one part of a tuple as changes of the tuple."""
    for change in changes:
        yield replace(change, part=(*parts[:index], change.part, *parts[index + 1 :]))


def watched_value(changes: Iterable[ModelEdit], key: ExpectKey, name: str = "") -> Iterator[ModelEdit]:
    """With the part of `expect` that would show them."""
    for change in changes:
        yield replace(change, key=key, name=name)


def unit(number: int) -> int:
    """One in the last place that is written.

    >>> unit(30_000), unit(599_900), unit(-5_000)
    (10000, 100, 1000)
    """
    size = ONE
    while number % size:
        size //= 10
    return size


def number_text(value: Value | None, date: bool = False) -> str:
    """A value as it is written."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return iso_text(value) if date else shortest(value)
        case tuple():
            return f"[{', '.join(number_text(part, date) for part in value)}]"
        case FactRef(name):
            return f"{{fact: {name}}}"
        case _:
            return str(value)


def as_written(test: Comparison, date: bool = False) -> str:
    return f"{test.name} {test.operator} {number_text(test.operand, date)}"
