"""Ways up as JSON; what it holds stands in schema/explanation.schema.json."""

from __future__ import annotations

from typing import Any

from engine.model.catalogue import Field
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.model.way import Step, Way, WaysUp
from engine.rendering.course_json import cause_json
from engine.rendering.evaluation_json import value_json

Json = dict[str, Any]


def ways_json(ways: WaysUp) -> Json:
    """The ways to one level; days as texts, numbers of fields as JSON numbers."""
    return {
        "level": ways.level, "grade": ways.grade, "to": iso_text(ways.last), "at_once": ways.tried, "more": ways.more,
        "ways": [_way(way) for way in ways.ways],
    }  # fmt: skip


def _way(way: Way) -> Json:
    score = None if way.result.score is None else two_decimals(way.result.score)
    return {
        "date": iso_text(way.day), "score": score, "level": way.result.level, "grade": way.result.grade,
        "steps": [_step(step, way) for step in way.steps], "because": [cause_json(cause) for cause in way.because],
    }  # fmt: skip


def _step(step: Step, way: Way) -> Json:
    document: Json = {"kind": step.kind, "id": step.id, "facts": list(step.facts), "effort": step.effort}
    match step.kind:
        case "record":
            category = way.result.policy.categories.get(step.id)
            fields = {name: _value(category.fields[name] if category else None, value) for name, value in step.fields.items()}
            return {**document, "count": step.count, "fields": fields, "like": step.like}
        case "attribute":
            attribute = way.result.policy.attributes.get(step.id)
            return {**document, "value": _value(attribute.field if attribute else None, step.value)}
        case "repair":
            return document


def _value(field: Field | None, value: Any) -> object:
    return iso_text(int(value)) if field is not None and field.type == "date" else value_json(value)
