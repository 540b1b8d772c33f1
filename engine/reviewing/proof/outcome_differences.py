"""What is otherwise in the second of two outcomes: in results, or in measures at the same level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.model.digest import canonical
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.policy import Measure, MeasureKind, Model
from engine.model.proof import MEASURES, Difference, DifferenceKind

CONTENTS: tuple[Literal["matter", "item", "terms"], ...] = ("matter", "item", "terms")
"""What a measure says beside its kind."""

_GAINED: Mapping[MeasureKind, bool | None] = {"incentive": False, "routine": None, "restriction": True}
"""By kind whether it is worse to come under a measure."""

Place = Literal["evaluated", "not_evaluated", "rejected"]

_PLACES: tuple[Place, ...] = ("evaluated", "not_evaluated", "rejected")
"""Outcomes, best first: to be evaluated no more is worse, whatever came of it before."""


def outcome_differences(about: str, old: Outcome, new: Outcome) -> list[Difference]:
    """What is otherwise in the second of two outcomes."""
    if about == MEASURES:
        return list(_in_measures(old, new))
    was, now = _place(old), _place(new)
    if was != now:
        return [Difference("outcome", "", was, now, _PLACES.index(now) > _PLACES.index(was))]
    if not isinstance(old, Evaluation) or not isinstance(new, Evaluation):
        return []
    return [in_result for in_result in _in_results(old, new) if in_result.worse is not None]


def of_kind(model: Model, kind: MeasureKind) -> list[str]:
    return [measure.id for measure in model.measures if measure.kind == kind]


def unlike_contents(old: Measure, new: Measure) -> list[Literal["matter", "item", "terms"]]:
    """What two measures of one id do not say alike."""
    return [name for name in CONTENTS if canonical(getattr(old, name)) != canonical(getattr(new, name))]


def _place(outcome: Outcome) -> Place:
    if isinstance(outcome, Evaluation):
        return "evaluated"
    return "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"


def _in_results(old: Evaluation, new: Evaluation) -> Iterator[Difference]:
    before, after = old.policy.scale, new.policy.scale
    if old.score is not None and new.score is not None:
        yield _difference("score", old.score, new.score, -old.score * after.full, -new.score * before.full)
    if old.level is not None and new.level is not None:
        yield _difference("level", old.level, new.level, before.names.index(old.level), after.names.index(new.level))
    if old.grade is not None and new.grade is not None:
        yield _difference("grade", old.grade, new.grade, before.grades.index(old.grade), after.grades.index(new.grade))
        vetoed = bool(old.vetoes), bool(new.vetoes)
        yield _difference("vetoed", *vetoed, *vetoed)


def _difference(kind: DifferenceKind, old: object, new: object, before: int, after: int) -> Difference:
    """With the places of both in an order, the best first."""
    return Difference(kind, "", old, new, None if before == after else after > before)


def _in_measures(old: Outcome, new: Outcome) -> Iterator[Difference]:
    """Of those whom both versions put at the same level."""
    if not isinstance(old, Evaluation) or not isinstance(new, Evaluation) or old.level != new.level:
        return
    for kind, gained in _GAINED.items():
        before, after = _measures(old, kind), _measures(new, kind)
        for name in dict.fromkeys((*before, *after)):
            if (name in before) != (name in after):
                worse = gained if name in after or gained is None else not gained
                yield Difference(kind, name, name in before, name in after, worse)
    before_by_id = {measure.id: measure for measure in old.model.measures}
    for measure in new.model.measures:
        if measure.id in old.measures and measure.id in new.measures:
            for what in unlike_contents(before_by_id[measure.id], measure):
                yield Difference(what, measure.id, None, None, None)


def _measures(outcome: Evaluation, kind: MeasureKind) -> list[str]:
    return [name for name in of_kind(outcome.model, kind) if name in outcome.measures]
