"""Measures for the solver: whether each holds."""

from __future__ import annotations

from collections.abc import Mapping

from z3 import ExprRef as Term

from engine.evaluating.symbolic.conditions import Texts, Value, condition
from engine.model.policy import Model
from engine.model.scale import Scale


def measures(model: Model, seen: Mapping[str, Value], scale: Scale, texts: Texts) -> dict[str, Term]:
    """By id, over facts and results."""
    return {measure.id: condition(measure.when, seen, scale, texts) for measure in model.measures}
