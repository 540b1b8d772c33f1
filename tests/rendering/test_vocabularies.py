"""Each word of a closed vocabulary of the model that is said has its sentence, and none is said that the model has not."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from engine.model.case import TargetKind
from engine.model.change import ChangedPart, ChangeKind
from engine.model.comparison import Conclusion
from engine.model.condition import Operator, Ordering
from engine.model.direction import Direction
from engine.model.expectation import ExpectKey
from engine.model.impact import LimitName, MeasureContent
from engine.model.mutation import MutantKind
from engine.model.policy import AlertSeverity, CommonFile, FactDirection, Matter, MeasureKind, PolicyStatus
from engine.model.problem import Severity
from engine.model.proof import Answer, Aspect, ClaimKind, PairClaim, Reason
from engine.model.subject import RecordStatus
from engine.rendering.changes.change_terms import _WHOLE
from engine.rendering.sentences import SHARED, Sentences
from engine.usecases.listener import Activity


def of(*vocabularies: Any) -> set[str]:
    return {word for vocabulary in vocabularies for word in get_args(vocabulary)}


PAIRS = {f"{claim}-{aspect}" for claim in get_args(PairClaim) for aspect in get_args(Aspect)}

SAID = [
    ("changes", "direction-", of(Direction)),
    ("changes", "verdict-", of(Conclusion)),
    ("changes", "manner-", of(ChangeKind) - {"changed"}),
    ("changes", "part-", of(ChangedPart) - _WHOLE - {"catalogue"}),
    ("changes", "limit-", of(LimitName)),
    ("changes", "common-file-", of(CommonFile)),
    ("impact", "content-", of(MeasureContent)),
    ("cases", "differs-", of(ExpectKey)),
    ("cases", "mutant-", of(MutantKind)),
    (SHARED, "target-", of(TargetKind) | {"level"}),
    (SHARED, "compare-", of(Operator) - {"is", "is_not"} - of(Ordering)),
    ("proofs", "answer-", of(Answer)),
    ("proofs", "reason-", of(Reason)),
    ("proofs", "claim-", (of(ClaimKind) - of(PairClaim)) | (PAIRS - {"equivalent-readers"})),
    ("terms", "", of(MeasureKind, Matter, RecordStatus, AlertSeverity, Severity, PolicyStatus, FactDirection)),
    ("command", "progress-", of(Activity)),
]
"""Area, beginning of the ids, and the words that follow it."""


@pytest.mark.parametrize(("area", "start", "words"), SAID, ids=[f"{area} {start}" for area, start, _ in SAID])
def test_every_word(area: str, start: str, words: set[str]) -> None:
    assert {word for word in words if f"{start}{word}" not in Sentences(area)} == set()


ALONE = ("manner-", "content-", "mutant-", "differs-", "target-", "reason-", "claim-", "progress-", "direction-")
"""Beginnings that nothing else has."""


@pytest.mark.parametrize(("area", "start", "words"), [row for row in SAID if row[1] in ALONE])
def test_no_other(area: str, start: str, words: set[str]) -> None:
    assert {name.removeprefix(start) for name in Sentences(area).ids("zh") if name.startswith(start)} == words
