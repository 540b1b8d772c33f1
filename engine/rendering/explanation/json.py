"""Pages as JSON, each with the evaluation and why records do not count; the schema is schema/explanation.schema.json."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.model.evaluation import Evaluation, Outcome
from engine.model.period import iso_text
from engine.model.uncounted import Uncounted
from engine.rendering.course_json import course_json
from engine.rendering.evaluation_json import evaluation_json
from engine.rendering.explanation.explained import Explained, Letter
from engine.rendering.explanation.page import page
from engine.rendering.sentences import Lang
from engine.rendering.way_json import ways_json

Json = dict[str, Any]


def explanation_json(outcome: Outcome, view: Explained, letter: Letter, lang: Lang) -> Json:
    """Codes and ids beside the page as a person reads it."""
    document: Json = {"reader": letter.reader, "number": letter.number, "day": _day(letter.day)}
    document["evaluation"] = evaluation_json(outcome, lang)
    if isinstance(outcome, Evaluation):
        document["uncounted"] = [_uncounted(reason) for reason in view.uncounted]
    if view.course is not None:
        document["course"] = course_json(view.course, lang)
    if view.ways:
        document["ways"] = [ways_json(ways) for ways in view.ways]
    document["page"] = msgspec.to_builtins(page(outcome, view, letter, lang))
    return document


def _uncounted(reason: Uncounted) -> Json:
    return {
        "record": reason.record, "fact": reason.fact, "why": reason.obstacle, "matches": reason.matches,
        "day": _day(reason.day), "field": reason.field,
    }  # fmt: skip


def _day(day: int | None) -> str | None:
    return None if day is None else iso_text(day)
