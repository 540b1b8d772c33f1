"""What a subject can renew in time, so that a result does not get worse on a day."""

from __future__ import annotations

from msgspec.structs import replace

from engine.evaluating.order import Plan, Results, evaluate_all
from engine.model.course import Cause
from engine.model.evaluation import Evaluation, Outcome
from engine.model.library import Name
from engine.model.subject import Subject

RENEWED = "!renewed"
"""The id of the new record: of two of a day the one that is there already is the newer."""


def is_renewable(plan: Plan, subject: Subject, name: Name, before: Outcome | None, after: Results, cause: Cause) -> bool:
    """Whether the result would not be worse on the plan's day with another such record, or a later date, from the day before on.

    `after` are all results of the day. Nothing adverse is renewed, and nothing that the subject cannot bring about.
    """
    if not isinstance(before, Evaluation) or not _is_worse(before, after.get((subject.id, name))):
        return False
    renewed = _renewed(subject, plan, cause)
    if renewed is None:
        return False
    stand = {key: outcome for key, outcome in after.items() if key != (subject.id, name)}
    result = evaluate_all(plan, [renewed], reasoning=False, stand=stand)
    return not _is_worse(before, result.get((subject.id, name)))


def _is_worse(before: Evaluation, after: Outcome | None) -> bool:
    """By score or level; a result that is none any more is worse than any."""
    if not isinstance(after, Evaluation):
        return True
    return _rank(after) > _rank(before) or (after.score or 0) < (before.score or 0)


def _rank(result: Evaluation) -> int:
    return 0 if result.level is None else result.policy.scale.names.index(result.level)


def _renewed(subject: Subject, plan: Plan, cause: Cause) -> Subject | None:
    catalogue = plan.library.catalogue
    match cause.kind, cause.event:
        case "record", "ended" | "window" | "days":
            record = next(record for record in subject.records if record.id == cause.id)
            category = catalogue.categories[record.category]
            if category.direction == "adverse" or category.fixed or category.derived:
                return None
            again = replace(record, id=RENEWED, date=plan.as_of - 1, until=None, status="valid", repaired_on=None)
            return replace(subject, records=(*subject.records, again))
        case "attribute", "days" if not catalogue.attributes[cause.id].fixed:
            later = {**subject.attributes, cause.id: plan.as_of + 3650}
            return replace(subject, attributes=later)
        case _:
            return None
