"""Records that are dated after the as-of date: they do not count, and somebody may have typed another year."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.policy import Model, category_read
from engine.model.problem import Problem
from engine.model.subject import Record, Subject

Later = Callable[[Subject, int], tuple[Problem, ...]]
"""The warning about a subject's records that lie after a day, if there are such."""

LISTED = 20
"""So many of them are named."""


def compile_later(model: Model) -> Later:
    """Of the categories that a model reads: what else is delivered does not concern its result."""
    read = frozenset(category_read(fact.source) for fact in model.facts.values())

    def later(subject: Subject, as_of: int) -> tuple[Problem, ...]:
        records = [record for record in subject.records if record.date > as_of and record.category in read]
        return (_warning(records, as_of),) if records else ()

    return later


def _warning(records: list[Record], as_of: int) -> Problem:
    """By day, whatever order they are delivered in."""
    names = [record.id for record in sorted(records, key=lambda record: (record.date, record.id))]
    listed = [*names[:LISTED], *(["…"] if len(names) > LISTED else [])]
    return Problem("records_after_as_of", ("records",), {"count": len(names), "records": listed, "as_of": as_of}, "warning")
