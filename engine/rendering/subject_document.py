"""A subject as a document, as people and programs hand it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model.catalogue import Attribute, Category, Field
from engine.model.condition import Plain
from engine.model.number import plain_decimal
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.subject import Record, Subject

Json = dict[str, Any]


def subject_document(subject: Subject, *policies: Policy) -> Json:
    """The document of a subject all of whose attributes and records these policies know; the first that knows one tells its type."""
    attributes: dict[str, Attribute] = {}
    categories: dict[str, Category] = {}
    for policy in reversed(policies):
        attributes |= policy.attributes
        categories |= policy.categories
    models: Any = subject.models[0] if len(subject.models) == 1 else list(subject.models)
    document: Json = {"id": subject.id, "kind": subject.kind, "model": models}
    if subject.name is not None:
        document["name"] = subject.name
    if subject.attributes:
        document["attributes"] = {name: _value(value, attributes[name].field) for name, value in subject.attributes.items()}
    if subject.members:
        document["members"] = list(subject.members)
    if subject.records:
        document["records"] = [_record(record, categories[record.category]) for record in subject.records]
    return document


def _record(record: Record, category: Category) -> Json:
    document: Json = {"id": record.id, "category": record.category, "date": iso_text(record.date)}
    for key, day in (("until", record.until), ("repaired_on", record.repaired_on)):
        if day is not None:
            document[key] = iso_text(day)
    if record.source is not None:
        document["source"] = record.source
    if record.status != "valid":
        document["status"] = record.status
    if record.fields:
        document["fields"] = _fields(record.fields, category.fields)
    return document


def _fields(values: Mapping[str, Plain], fields: Mapping[str, Field]) -> Json:
    return {name: _value(value, fields[name]) for name, value in values.items()}


def _value(value: Plain, field: Field) -> object:
    if field.type == "date":
        return iso_text(int(value))
    return plain_decimal(value) if type(value) is int else value
