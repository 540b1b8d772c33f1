"""The course of a result over days with no new information: when it changes, to what, and which records or dates do it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection

Event = Literal["begins", "ended", "repaired", "window", "displaced", "days", "anniversary", "changed", "version"]
"""A record begins to count; its term ended; its repair took effect; the window or period of a fact left it behind; a newer
record stands in its place; days are counted from or to it; a full year passed since it; a result that is read changed; another
version of the policy is in force, or none."""


class Cause(Struct, frozen=True):
    """What changes a result on a day: a record or an attribute of the subject, a result that is read (POLICY/MODEL, a member's
    with SUBJECT/ before it), or the policy by its id. `facts` are those of the model whose values it changed, by id.
    `renewable` says that the result would not get worse on that day with another such record, or a later date, before it.
    """

    kind: Literal["record", "attribute", "result", "policy"]
    id: str
    event: Event
    facts: tuple[str, ...] = ()
    renewable: bool = False


class Turn(Struct, frozen=True):
    """The outcome from a day on (an ordinal), and why it differs from the one before; None where the model gives none."""

    day: int
    outcome: Outcome | None
    because: tuple[Cause, ...] = ()


class Course(Struct, frozen=True):
    """The outcomes of a subject by a model from the day of the first turn to the day `last`, which is looked at too."""

    subject: str
    policy: str
    model: str
    last: int
    turns: tuple[Turn, ...]


def differs(before: Outcome | None, after: Outcome | None) -> bool:
    """Whether what was concluded changed: the version, the score, the level, vetoes, measures, who is left out, why rejected."""
    return _concluded(before) != _concluded(after)


def _concluded(outcome: Outcome | None) -> tuple[object, ...]:
    match outcome:
        case Evaluation():
            result = (outcome.score, outcome.level, outcome.grade, outcome.vetoes, outcome.measures)
            return "evaluated", outcome.policy.digest, *result
        case NotEvaluated():
            return "not_evaluated", outcome.policy.digest, outcome.exclusions
        case Rejection():
            return "rejected", tuple((problem.code, problem.path) for problem in outcome.problems)
        case None:
            return ()
