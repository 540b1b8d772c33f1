"""The claim that what is told against a subject ceases to bear on it, with what it costs until then, for each adverse category."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from engine.model.policy import Model, Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    DISPROVED,
    EARLIER_RESULTS,
    ENDS,
    NOT_COLLECTED,
    PROVED,
    UNKNOWN,
    Answer,
    Proof,
    Reason,
)
from engine.model.proportion import NEVER_ENDS, NOT_KNOWN, Influence
from engine.model.subject import Subject
from engine.reviewing.proportion.examined import Examined, examine
from engine.reviewing.proportion.influence import influences

Base = Callable[[Policy, Model, int], Subject]
"""A subject of a model that fares as well as can be, as of a day."""


def proportion(policy: Policy, as_of: int, base: Base) -> Iterator[Proof]:
    """A claim for each adverse category that a model reads, as of a day (an ordinal) near which examples are looked for."""
    for model in policy.models.values():
        every = list(influences(policy, model))
        if not every:
            continue
        began = time.monotonic()
        subject = base(policy, model, as_of)
        examined = [examine(policy, model, influence, subject, as_of) for influence in every]
        worse = _worse(subject, examined)
        again = [
            examine(policy, model, influence, worse, as_of) if worse else before for influence, before in zip(every, examined)
        ]
        seconds = (time.monotonic() - began) / len(every)
        for influence, first, second in zip(every, examined, again, strict=True):
            yield _proof(policy, model, influence, _either(first, second), seconds)


def _worse(subject: Subject, examined: Sequence[Examined]) -> Subject | None:
    """The subject with the record that costs most: where additions make up for all, others seem to cost nothing."""
    costly = max(examined, key=lambda each: each.costs or 0)
    return None if costly.act is None else replace(subject, records=(*subject.records, replace(costly.act, id="another")))


def _either(first: Examined, second: Examined) -> Examined:
    costs = max((each.costs for each in (first, second) if each.costs is not None), default=None)
    example = first if first.is_bad or (first.witness and not second.is_bad) else second
    return replace(example, costs=costs)


def _proof(policy: Policy, model: Model, influence: Influence, examined: Examined, seconds: float) -> Proof:
    answer: Answer = PROVED
    reason: Reason | None = None
    if influence.end == NEVER_ENDS:
        answer = COUNTEREXAMPLE if examined.is_bad else DISPROVED
    elif influence.end == NOT_KNOWN or influence.by_results:
        answer, reason = UNKNOWN, NOT_COLLECTED if influence.end == NOT_KNOWN else EARLIER_RESULTS
    return Proof(
        ENDS,
        policy,
        model.id,
        influence.category,
        answer,
        ("models", model.id, "facts", influence.fact),
        reason,
        None if answer == UNKNOWN else examined.witness,
        seconds,
        influence=influence,
        costs=examined.costs,
    )
