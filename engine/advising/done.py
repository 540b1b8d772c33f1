"""A subject as it is after steps have been done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from engine.model.catalogue import Category
from engine.model.subject import Record, Subject
from engine.model.way import Step

FIRST = "!"
"""How the ids of new records begin: before all others, so that of two of a day the one that is there already is the newer."""


def after(subject: Subject, steps: Sequence[Step], day: int, categories: Mapping[str, Category]) -> Subject:
    """The subject with all steps done on a day."""
    attributes = dict(subject.attributes)
    records = {record.id: record for record in subject.records}
    for place, step in enumerate(steps):
        match step.kind:
            case "attribute":
                assert step.value is not None
                attributes[step.id] = step.value
            case "repair":
                records[step.id] = replace(records[step.id], status="repaired", repaired_on=day)
            case "record":
                like = records.get(step.like or "")
                for number in range(step.count):
                    name = f"{FIRST}{place}.{number}"
                    records[name] = _new_record(step, like, name, day, categories[step.id])
    return replace(subject, attributes=attributes, records=tuple(records.values()))


def _new_record(step: Step, like: Record | None, name: str, day: int, category: Category) -> Record:
    """A record of the day. Texts without listed values, such as numbers of documents, are its own."""
    free = {key for key, field in category.fields.items() if field.type == "text" and not field.one_of}
    shared = {key: value for key, value in like.fields.items() if key not in free} if like else {}
    own = {key: name for key in free if not category.fields[key].optional}
    return Record(name, category.id, day, {**shared, **own, **step.fields}, source=like.source if like else None)


def together(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps with those that are about one new record of the same category made one."""
    whole: list[Step] = []
    for step in steps:
        place = next((at for at, other in enumerate(whole) if _as_one(other, step)), None)
        if place is None:
            whole.append(step)
        else:
            other = whole[place]
            facts = tuple(dict.fromkeys((*other.facts, *step.facts)))
            whole[place] = replace(other, fields={**other.fields, **step.fields}, facts=facts)
    return tuple(whole)


def _as_one(step: Step, other: Step) -> bool:
    if (step.kind, step.id, step.count, other.count) != ("record", other.id, 1, 1):
        return False
    return all(step.fields.get(name, value) == value for name, value in other.fields.items())
