"""Ways up: what a subject can do or wait for to come to a better level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from engine.model.condition import Plain
from engine.model.course import Cause
from engine.model.evaluation import Evaluation
from engine.model.policy import Effort


class Step(Struct, frozen=True):
    """One thing to be done: new records of a category, another value of an attribute, or the repair of a record; `id` names it.

    Of `count` new records each must hold the `fields`, and else what the record `like` which they are holds; `value` is the
    attribute's (of a date its day). `facts` are those of the models that it betters.
    """

    kind: Literal["record", "attribute", "repair"]
    id: str
    facts: tuple[str, ...]
    fields: Mapping[str, Plain] = {}
    value: Plain | None = None
    count: int = 1
    like: str | None = None
    effort: Effort = "medium"


class Way(Struct, frozen=True):
    """What is enough: all the steps, done by the `day`, and no information beside them; the result is of that day.

    Without steps it is waiting for the day, on which the causes change the result.
    """

    day: int
    steps: tuple[Step, ...]
    result: Evaluation
    because: tuple[Cause, ...] = ()


class WaysUp(Struct, frozen=True):
    """The ways to a level (or a better one), the earliest and easiest first, none of which has another one's steps and more.

    `tried` is how many things at once, and `last` the last day, that were looked at; `more` are not listed.
    """

    level: str
    grade: str
    ways: tuple[Way, ...]
    tried: int
    last: int
    more: int = 0
