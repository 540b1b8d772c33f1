"""What facts do not count: each own record is behind a fact or has its reason, and the reason is true."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.advising.uncounted import uncounted, uncounted_in
from engine.evaluating.conditions import compile_where
from engine.evaluating.order import evaluate_all, plan
from engine.model.catalogue import PREVIOUS
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.period import OwnPeriod
from engine.model.policy import FromRecords, Model, Policy
from engine.model.subject import Record, Subject
from engine.model.uncounted import Uncounted
from tests.agreement.compare import read_world
from tests.agreement.day_worlds import day_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

MOST = 12
"""More reasons than a record can have one after another."""


@pytest.mark.parametrize("seed", few(range(300), 10))
@pytest.mark.parametrize("worlds", [world, day_world], ids=["plain", "turning_days"])
def test_random(worlds: object, seed: int) -> None:
    """In random worlds no record is passed over in silence, none has a reason that counts, and removing reasons makes it count."""
    library, subjects, as_of = read_world(worlds(Seeded(f"uncounted {seed}"), subjects=4))  # type: ignore[operator]
    by_id = {subject.id: subject for subject in subjects}
    today = plan(library, as_of)
    results = evaluate_all(today, subjects)
    for (subject, name), outcome in results.items():
        if isinstance(outcome, Evaluation):
            _hold_to(outcome, by_id[subject], uncounted_in(today, name, by_id[subject], results))


def _hold_to(outcome: Evaluation, subject: Subject, reasons: tuple[Uncounted, ...]) -> None:
    assert outcome.reasoning is not None
    policy, model = outcome.policy, outcome.model
    listed = {(reason.record, reason.fact) for reason in reasons}
    assert len(listed) == len(reasons)
    for fact in model.facts.values():
        if isinstance(fact.source, FromRecords):
            for record in subject.records:
                if record.category == fact.source.category:
                    assert record.id in outcome.reasoning.behind[fact.id] or (record.id, fact.id) in listed
    for reason in reasons:
        _follow(policy, model, subject, reason, outcome.as_of)


def _follow(policy: Policy, model: Model, subject: Subject, reason: Uncounted, as_of: int) -> None:
    """Each reason is mended until the record counts; the same reason never comes again."""
    met = []
    left: Uncounted | None = reason
    while left is not None:
        assert (left.obstacle, left.field) not in met
        met.append((left.obstacle, left.field))
        assert len(met) < MOST
        source = model.facts[left.fact].source
        assert isinstance(source, FromRecords)
        mended = _mended(policy, model, source, subject, left, as_of)
        if mended is None:
            return
        model, subject = mended
        again = uncounted(policy, model, subject, as_of)
        left = next((each for each in again if (each.record, each.fact) == (reason.record, reason.fact)), None)


def _mended(
    policy: Policy, model: Model, source: FromRecords, subject: Subject, reason: Uncounted, as_of: int
) -> tuple[Model, Subject] | None:  # fmt: skip
    """The model and subject without the reason; None where it is held to the record at once."""
    record = next(each for each in subject.records if each.id == reason.record and each.category == source.category)
    match reason.obstacle:
        case "revoked":
            return model, _with(subject, record, replace(record, status="valid"))
        case "repaired":
            assert reason.day is not None
            assert reason.day <= as_of
            return model, _with(subject, record, replace(record, status="valid", repaired_on=None))
        case "ended":
            assert reason.day is not None
            assert reason.day < as_of
            return model, _with(subject, record, replace(record, until=None))
        case "future":
            day = as_of - (1 if source.category == PREVIOUS else 0)
            return (model, _with(subject, record, replace(record, date=day))) if day else None  # before the calendar nothing is
        case "other_model":
            own = {**record.fields, "policy": policy.id, "model": model.id}
            return model, _with(subject, record, replace(record, fields=own))
        case "no_period":
            assert isinstance(source.window, OwnPeriod)
            return _asking(model, reason.fact, replace(source, window=None)), subject
        case "window":
            return _asking(model, reason.fact, replace(source, window=None)), subject
        case "too_recent":
            assert reason.day is not None
            assert reason.day > as_of
            return _asking(model, reason.fact, replace(source, before=None)), subject
        case "unmatched":
            assert reason.lacking is not None
            assert not reason.matches
            assert not compile_where(reason.lacking)(record)
            return _asking(model, reason.fact, replace(source, where=None)), subject
        case "without_field":
            assert reason.field is not None
            assert reason.field not in record.fields
            return model, _with(subject, record, replace(record, fields={**record.fields, reason.field: ONE}))
        case "displaced" | "merged":
            others = tuple(each for each in subject.records if each is record or each.category != source.category)
            return model, replace(subject, records=others)


def _with(subject: Subject, record: Record, other: Record) -> Subject:
    return replace(subject, records=tuple(other if each is record else each for each in subject.records))


def _asking(model: Model, fact: str, source: FromRecords) -> Model:
    return replace(model, facts={**model.facts, fact: replace(model.facts[fact], source=source)})
