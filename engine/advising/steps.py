"""What a subject can do for its facts: new records, another value of an attribute, the repair of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from engine.advising.aims import aims
from engine.advising.events import counted_records
from engine.advising.repairs import earliest_repair
from engine.evaluating.conditions import compile_where
from engine.evaluating.tally import place_finder
from engine.model.catalogue import MEMBER, PREVIOUS, Category, Field
from engine.model.condition import Plain
from engine.model.example_records import another, example_records
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.policy import Effort, Fact, FromAttribute, FromRecords, Model, Policy, Ratio, Total, record_conditions
from engine.model.subject import Record, Subject
from engine.model.way import Step

MOST_RECORDS = 3
"""So many new records are proposed at most."""


class Standing(Struct, frozen=True):
    """A subject by a model on a day, with the values of its facts."""

    policy: Policy
    model: Model
    subject: Subject
    day: int
    values: Mapping[str, Plain]


def options(now: Standing) -> Iterator[tuple[Step, ...]]:
    """Each thing that can be done on the day for a fact that something reads, in the degrees to which it can, least first.

    Nothing of categories that are adverse is among them, nor what a date of the past would have to be other for.
    """
    for name, values in aims(now.policy, now.model, now.values).items():
        degrees: dict[tuple[str, str, str], list[Step]] = {}
        for value in values:
            for leaf, step in _steps(now, now.model.facts[name], value):
                whole = replace(step, facts=(name,), effort=_effort(now, name, leaf))
                known = degrees.setdefault((step.kind, step.id, leaf), [])
                if whole not in known:
                    known.append(whole)
        yield from map(tuple, degrees.values())


def repairs(now: Standing) -> Iterator[tuple[int, Step]]:
    """Each record behind a fact that can be repaired, with the first day on which it can."""
    behind: dict[str, tuple[Record, list[str]]] = {}
    for name, fact in now.model.facts.items():
        if isinstance(fact.source, FromRecords):
            for record in counted_records(now.policy, now.model, fact.source, now.subject, now.day):
                behind.setdefault(record.id, (record, []))[1].append(name)
    for record, names in behind.values():
        day = earliest_repair(now.policy.categories[record.category], record, now.day)
        if day < NEVER:
            yield day, Step("repair", record.id, tuple(names), effort=_effort(now, *names))


def _effort(now: Standing, *names: str) -> Effort:
    return next((fact.effort for fact in map(now.model.facts.__getitem__, names) if fact.effort is not None), "medium")


def _steps(now: Standing, fact: Fact, value: Plain) -> Iterator[tuple[str, Step]]:
    """What brings a fact to a value, each with the fact whose records or attribute it is about."""
    match fact.source:
        case FromRecords() as source:
            for step in _new_records(now, fact, source, value):
                yield fact.id, step
        case FromAttribute("attribute", name):
            if not now.policy.attributes[name].fixed and _fits(now.policy.attributes[name].field, value):
                yield fact.id, Step("attribute", name, (), value=value)
        case FromAttribute("days_until", name) if not now.policy.attributes[name].fixed:
            if 1 <= (day := now.day + int(value) // ONE) < NEVER:
                yield fact.id, Step("attribute", name, (), value=day)
        case Ratio(of, to, per):
            whole = now.values[to]
            if isinstance(whole, int) and whole > 0:
                least = -(-int(value) * whole // per)
                yield from _steps(
                    now, now.model.facts[of], least if int(value) > int(now.values[fact.id]) else int(value) * whole // per
                )
        case Total():
            missing = int(value) - int(now.values[fact.id])
            for part in now.model.addends(fact):
                yield from _steps(now, part, int(now.values[part.id]) + missing)
        case _:  # nobody does anything about the years that have passed, or about members
            pass


def _fits(field: Field, value: Plain) -> bool:
    """Whether the catalogue takes a value."""
    match field.type:
        case "boolean":
            return isinstance(value, bool)
        case "text":
            return isinstance(value, str) and (not field.one_of or value in field.one_of)
        case "date":
            return False
        case "integer" | "number":
            if not isinstance(value, int) or isinstance(value, bool) or (field.type == "integer" and value % ONE):
                return False
            return (field.at_least is None or value >= field.at_least) and (field.at_most is None or value <= field.at_most)


def _new_records(now: Standing, fact: Fact, source: FromRecords, value: Plain) -> Iterator[Step]:
    """New records by which a fact comes to a value."""
    category = now.policy.categories[source.category]
    if category.direction == "adverse" or category.fixed or category.derived or category.id in (MEMBER, PREVIOUS):
        return
    like = _newest(now, category)
    for fields, count in _contents(now, fact, source, value):
        tested = _tested(source, category, fields, like)
        if tested is not None:
            whole = {**({} if like else _defaults(category, now.day)), **tested, **fields}
            if all(_fits(category.fields[name], held) or category.fields[name].type == "date" for name, held in whole.items()):
                yield Step("record", category.id, (), whole, count=count, like=like.id if like else None)


def _newest(now: Standing, category: Category) -> Record | None:
    """The newest record of a category that a new one takes the place of."""
    own = [r for r in now.subject.records if r.category == category.id and r.status != "revoked" and r.date <= now.day]
    return max(own, key=lambda record: (record.date, record.id), default=None)


def _defaults(category: Category, day: int) -> dict[str, Plain]:
    """What the first record of its category holds in the fields that it must have."""
    return {name: _default(field, day) for name, field in category.fields.items() if not field.optional}


def _default(field: Field, day: int) -> Plain:
    match field.type:
        case "boolean":
            return True
        case "text":
            return field.one_of[0] if field.one_of else another(())
        case "date":
            return day
        case "integer" | "number":
            return max(field.at_least or 0, 0) if field.at_most is None else min(max(field.at_least or 0, 0), field.at_most)


def _contents(now: Standing, fact: Fact, source: FromRecords, value: Plain) -> Iterator[tuple[dict[str, Plain], int]]:
    """What new records must hold in the field that is read, and how many there must be."""
    present, field = now.values[fact.id], source.field or ""
    match source.kind:
        case "exists":
            if value is True:
                yield {}, 1
        case "count":
            if int(value) > int(present) and (int(value) - int(present)) // ONE <= MOST_RECORDS:
                yield {}, (int(value) - int(present)) // ONE
        case "days_since":
            if int(value) < int(present):
                yield {}, 1
        case "sum":
            yield {field: int(value) - int(present)}, 1
        case "latest" | "max" | "min":
            yield {field: value}, 1
        case "mean":
            yield {field: _for_mean(now, source, int(value), int(value) > int(present))}, 1
        case "tally":
            yield {}, 1


def _for_mean(now: Standing, source: FromRecords, value: int, up: bool) -> int:
    """The value with which a new record, of a weight like the newest's, brings the mean to a value or beyond."""
    records = [r for r in counted_records(now.policy, now.model, source, now.subject, now.day) if source.field in r.fields]
    if source.weighted_by is None:
        weighed = [(int(record.fields[str(source.field)]), ONE) for record in records]
        weight = ONE
    else:
        having = [record for record in records if source.weighted_by in record.fields]
        weighed = [(int(record.fields[str(source.field)]), int(record.fields[source.weighted_by])) for record in having]
        weight = max(weighed[-1][1], 1) if weighed else ONE
    total = sum(held * heavy for held, heavy in weighed)
    lacking = value * (sum(heavy for _, heavy in weighed) + weight) - total
    return -(-lacking // weight) if up else lacking // weight


def _tested(
    source: FromRecords, category: Category, fields: Mapping[str, Plain], like: Record | None
) -> dict[str, Plain] | None:  # fmt: skip
    """What else a record must hold to be taken by a source, as near to another one as can be; None where it cannot."""
    conditions = list(record_conditions(source))
    if not conditions:
        return {}
    examples = example_records(category, conditions)
    if examples is None:
        return None
    takes = compile_where(source.where) if source.where else lambda record: True
    place = place_finder(source.tally) if source.tally else None
    base = like.fields if like else {}
    taken = []
    for record in examples.records:
        held = {**record.fields, **fields}
        if takes(replace(record, fields=held)) and (
            place is None or source.tally is None or source.tally.values[place(record)]
        ):
            taken.append(record.fields)
    alike = [(sum(base.get(name) == value for name, value in held.items()), place) for place, held in enumerate(taken)]
    return dict(taken[max(alike)[1]]) if alike else None  # of those equally alike the last: lists begin with the highest
