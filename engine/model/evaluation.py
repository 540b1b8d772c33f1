"""The outcome of evaluating one subject by one model: an evaluation, a rejection, or not evaluated."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.model.condition import Comparison, Plain
from engine.model.policy import Model, Policy
from engine.model.problem import Problem


class Previous(Struct, frozen=True):
    """The last evaluation of a subject by a model, for alerts."""

    level: str | None
    score: int | None


class IndicatorResult(Struct, frozen=True):
    """`points` is None where the indicator was left out; `records` are the ids behind its facts."""

    id: str
    points: int | None
    records: tuple[str, ...]


class DimensionResult(Struct, frozen=True):
    """`points` out of the dimension's own; `share` is what they count for in the score."""

    id: str
    points: int
    share: int
    indicators: tuple[IndicatorResult, ...]


class Unmet(Struct, frozen=True):
    """Why a condition does not hold: a comparison that fails, or under `not` one that holds."""

    test: Comparison
    actual: Plain | None
    required: object
    negated: bool


class UnmetParts(Struct, frozen=True):
    """Parts for which a condition does not hold; where `any_is_enough` it would hold with one of them, else it takes all."""

    parts: tuple[UnmetCondition, ...]
    any_is_enough: bool


UnmetCondition = Unmet | UnmetParts


class Reasoning(Struct, frozen=True):
    """How a result came about. `behind` maps facts to the ids of the records that they were computed from.

    `last_level` is that of the last own result, where a veto asks for it.
    `branches` says of those that are tallies by which branch each of these records counts, the last one being `otherwise`, and
    None where another record stands for it.
    """

    dimensions: tuple[DimensionResult, ...]
    items: tuple[tuple[str, int], ...]
    adjustment: int
    rounded_score: int | None
    behind: Mapping[str, tuple[str, ...]]
    last_level: str | None = None
    branches: Mapping[str, tuple[int | None, ...]] = {}


class Evaluation(Struct, frozen=True):
    """Score in points of the scale (None without one), level and grade after vetoes, measures; lists hold ids."""

    subject: str
    policy: Policy
    model: Model
    as_of: int
    valid_until: int | None
    facts: Mapping[str, Plain]
    weight: int
    score: int | None
    level: str | None
    grade: str | None
    vetoes: tuple[str, ...]
    measures: tuple[str, ...]
    alerts: tuple[str, ...]
    warnings: tuple[Problem, ...]
    reasoning: Reasoning | None = None


class NotEvaluated(Struct, frozen=True):
    """The model leaves the subject out, by the exclusions named (不参评)."""

    subject: str
    policy: Policy
    model: Model
    as_of: int
    valid_until: int | None
    exclusions: tuple[str, ...]
    facts: Mapping[str, Plain]
    warnings: tuple[Problem, ...] = ()


class Rejection(Struct, frozen=True):
    """The subject cannot be evaluated, and why. Policy and model are names, for they need not exist."""

    subject: str | None
    policy: str | None
    model: str | None
    as_of: int
    valid_until: int | None
    problems: tuple[Problem, ...]


Outcome = Evaluation | NotEvaluated | Rejection
