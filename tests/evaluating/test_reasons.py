"""Why a condition does not hold: every comparison that bears on it, and whether one of them would be enough."""

from __future__ import annotations

import pytest

from engine.evaluating.reasons import unmet
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation
from engine.model.evaluation import Unmet, UnmetCondition
from engine.model.scale import Scale

VALUES = {"a": True, "b": False, "c": False, "d": True}
SCALE = Scale("none", 0, ())
A, B, C, D = (Comparison(name, "is", True) for name in VALUES)


def said(reason: UnmetCondition | None) -> str:
    """`b, !a` where all of them are in the way, `b / !a` where it takes one of them."""
    if reason is None:
        return ""
    if isinstance(reason, Unmet):
        return f"{'!' if reason.negated else ''}{reason.test.name}"
    texts = [said(part) if isinstance(part, Unmet) else f"({said(part)})" for part in reason.parts]
    return (" / " if reason.any_is_enough else ", ").join(texts)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (A, ""),
        (B, "b"),
        (Negation(A), "!a"),
        (AnyOf((B, C)), "b / c"),
        (AnyOf((B, A)), ""),
        (AnyOf((B, AnyOf((C, Negation(A))))), "b / c / !a"),
        (AnyOf((B, B)), "b"),
        (AllOf((A, B)), "b"),
        (AllOf((B, A, C)), "b, c"),
        (AllOf((B, AllOf((C, Negation(D))))), "b, c, !d"),
        (Negation(AnyOf((A, B, D))), "!a, !d"),
        (Negation(AllOf((A, D))), "!a / !d"),
        (Negation(AllOf((A, B))), ""),
        (AnyOf((AllOf((B, C)), Negation(A))), "(b, c) / !a"),
        (AllOf((A, AnyOf((B, C)))), "b / c"),
        (AllOf((C, AnyOf((B, Negation(D))))), "c, (b / !d)"),
    ],
)
def test_unmet(condition: Condition, reason: str) -> None:
    assert said(unmet(condition, VALUES, SCALE)) == reason
