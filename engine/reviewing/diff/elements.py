"""What differs within a model: facts, points, vetoes, measures, each change with its direction.

A direction is about score, level and what a measure itself gives: that a worse level brings other measures is no further
change. Where a better one brings a veto, fewer incentives or more restrictions (`better`), what moves it is mixed.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.change import Change
from engine.model.policy import Model
from engine.reviewing.diff.conditional_elements import alert, conditional_list, decisions, exclusions, measure, veto
from engine.reviewing.diff.facts import fact_changes
from engine.reviewing.diff.model_pair import ModelPair
from engine.reviewing.diff.points import adjustments, base, dimensions
from engine.reviewing.diff.policy_pair import PolicyPair


def model_changes(between: PolicyPair, old: Model, new: Model) -> Iterator[Change]:
    """Everything that differs between two versions of a model."""
    both = ModelPair(between, old, new)
    yield from both.leaf("title", ("title",), old.title, new.title, "text")
    for name in ("kind", "always", "feeds", "weight"):
        at = "applies" if name == "always" else name
        yield from both.leaf(name, (at,), getattr(old, name), getattr(new, name), "mixed")
    yield from base(both)
    yield from fact_changes(both)
    yield from conditional_list(both, "not_evaluated", "not_evaluated", old.not_evaluated, new.not_evaluated, exclusions)
    yield from dimensions(both)
    yield from adjustments(both)
    yield from decisions(both)
    yield from conditional_list(both, "veto", "vetoes", old.vetoes, new.vetoes, veto)
    yield from conditional_list(both, "measure", "measures", old.measures, new.measures, measure)
    yield from conditional_list(both, "alert", "alerts", old.alerts, new.alerts, alert)
