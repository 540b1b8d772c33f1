"""Facts that look like tiers of one table, and leave a record between them that none of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.authoring.fact_groups import FactGroup, bounds_of, fact_groups, fields_tested, record_text
from engine.authoring.lint.lint_context import LintContext
from engine.model.catalogue import SOURCE_FIELD, Field
from engine.model.condition import Plain
from engine.model.number import ONE
from engine.model.problem import Problem

Place = tuple[int, ...]
"""A record by the place of each of its values."""


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for group in fact_groups(linted.policy, model):
            left_out = next(_left_out(group), None)
            if left_out is not None:
                record = record_text(group.examples.records[left_out], group)
                values = {"facts": [fact.id for fact in group.facts], "record": record}
                yield linted.warn("counted_nowhere", (*top, *group.path), True, **values)


def _left_out(group: FactGroup) -> Iterator[int]:
    """Records that no fact counts, though some do whatever else stood in one field; or that lie between those of two."""
    fields = {"source": SOURCE_FIELD, **group.category.fields}
    shared = [sum(name in fields_tested(fact) for fact in group.facts) > 1 for name in group.examples.fields]
    strides = _strides(group)
    for at in range(len(group.examples.records)):
        if _counting(group, at):
            continue
        for (name, values), stride, in_several in zip(group.examples.fields.items(), strides, shared, strict=True):
            if not in_several:
                continue
            place = at // stride % len(values)
            line = [_counting(group, at + (other - place) * stride) for other in range(len(values))]
            elsewhere = any(
                _counting(group, other)
                for other in range(len(group.examples.records))
                if other // stride % len(values) == place
            )
            edges = {number for fact in group.facts for edge, number in bounds_of(fact) if edge == name}
            if _only_absent(values, place, line) or _between(fields[name], values, place, line, edges, elsewhere):
                yield at
                break


def _strides(group: FactGroup) -> Sequence[int]:
    """How many records further the next value of each field is."""
    strides: list[int] = []
    stride = 1
    for values in reversed(list(group.examples.fields.values())):
        strides.insert(0, stride)
        stride *= len(values)
    return strides


def _counting(group: FactGroup, at: int) -> frozenset[str]:
    return frozenset(name for name, taken in group.taken.items() if taken[at])


def _only_absent(values: Sequence[Plain | None], place: int, line: Sequence[frozenset[str]]) -> bool:
    """Whether it is without the field, and with the field would count, whatever stood there, but not always for the same."""
    there = [counting for value, counting in zip(values, line, strict=True) if value is not None]
    return values[place] is None and all(there) and not frozenset.intersection(*there)


def _between(
    field: Field, values: Sequence[Plain | None], place: int, line: Sequence[frozenset[str]], edges: set[int], elsewhere: bool
) -> bool:  # fmt: skip
    """Whether the number lies between those of one fact and those of another, which nearly meet (at one of the `edges`), or
    of which another fact counts what lies between for other records (`elsewhere`).
    """
    if field.type in ("text", "boolean") or values[place] is None:
        return False
    numbers = [value for value in values if isinstance(value, int)]
    below = next((at for at in range(place - 1, -1, -1) if line[at]), None)
    above = next((at for at in range(place + 1, len(numbers)) if line[at]), None)
    if below is None or above is None or line[below] & line[above]:
        return False
    if elsewhere or above - below > 2:
        return elsewhere
    steps = {"date": 2, "integer": 2 * ONE}.get(field.type, ONE)
    return numbers[place] in edges or numbers[above] - numbers[below] <= steps
