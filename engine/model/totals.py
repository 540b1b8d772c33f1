"""What came of evaluating many subjects, as counts: each model's results, and the rows that were refused before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from engine.model.evaluation import Rejection
from engine.model.library import Library
from engine.model.policy import Model, Policy

BANDS = 20
"""Into how many equal bands of the scale scores are counted."""


class ModelTotals(Struct, frozen=True):
    """One model's results; all counts are of subjects.

    `levels` are all levels of the scale, best first; a model that gives none has `ungraded` instead. `exclusions`,
    `vetoes` and `measures` are by id, `reasons` by `FACT CODE`. Several of these can hold for one subject, so
    `not_evaluated` and `rejected` may be less than their sums. `scores` are by band, the lowest first.
    """

    policy: Policy
    model: Model
    levels: Mapping[str, int]
    ungraded: int
    not_evaluated: int
    exclusions: Mapping[str, int]
    rejected: int
    reasons: Mapping[str, int]
    vetoes: Mapping[str, int]
    measures: Mapping[str, int]
    scores: tuple[int, ...] = ()

    @property
    def evaluated(self) -> int:
        return sum(self.levels.values()) + self.ungraded

    @property
    def subjects(self) -> int:
        return self.evaluated + self.not_evaluated + self.rejected

    @property
    def grades(self) -> dict[str, int]:
        """The levels' counts by grade, best first."""
        counts: dict[str, int] = {}
        for level in self.policy.scale.levels:
            if level.name in self.levels:
                counts[level.grade] = counts.get(level.grade, 0) + self.levels[level.name]
        return counts


class Forecast(Struct, frozen=True):
    """Until the day `last`, by model how many results get `better`, `worse`, or other vetoes or measures alone; or are none more."""

    last: int
    counts: Mapping[tuple[str, str], tuple[int, int, int]]


class Totals(Struct, frozen=True):
    """All models in the order in which they are told, and what was read.

    `refused` are rows by table and problem code, `idle` the subjects that no policy applies to. `changed` is how many subjects were evaluated anew, where the others'
    results stood from before; `refused_names` are the names on which all rows of a table and code agree; `sources` are the inputs, `seconds` what the evaluation took.
    """

    as_of: int
    subjects: int
    records: int | None
    models: tuple[ModelTotals, ...]
    refused: Mapping[tuple[str, str], int]
    sources: tuple[str, ...] = ()
    seconds: float | None = None
    changed: int | None = None
    idle: int = 0
    refused_names: Mapping[tuple[str, str], Mapping[str, object]] = {}
    forecast: Forecast | None = None


def with_refused(
    models: Iterable[ModelTotals], rejections: Iterable[Rejection], library: Library, as_of: int
) -> tuple[ModelTotals, ...]:
    """Totals of models that count those too who were refused before any model ran."""
    refused = Counter((rejection.policy, rejection.model) for rejection in rejections)
    totals = {(each.policy.id, each.model.id): each for each in models}
    for policy in library.in_force(as_of).values():
        for model in policy.models.values():
            name = (policy.id, model.id)
            if refused[name]:
                before = totals.get(name) or _nobody(policy, model)
                totals[name] = replace(before, rejected=before.rejected + refused[name])
    return tuple(totals.values())


def _nobody(policy: Policy, model: Model) -> ModelTotals:
    vetoes, measures = ({element.id: 0 for element in group} for group in (model.vetoes, model.measures))
    exclusions = {exclusion.id: 0 for exclusion in model.not_evaluated}
    levels = dict.fromkeys(policy.scale.names, 0) if model.grades else {}
    bands = (0,) * BANDS if model.scores else ()
    return ModelTotals(policy, model, levels, 0, 0, exclusions, 0, {}, vetoes, measures, bands)


def band_of(score: int, full: int) -> int:
    """The band that a score is counted in; a bound belongs to the band above it, the full points to the last.

    >>> band_of(0, 100), band_of(5, 100), band_of(100, 100)
    (0, 1, 19)
    """
    return min(score * BANDS // full, BANDS - 1)


def band_bounds(band: int, full: int) -> tuple[int, int]:
    """Where a band begins and ends, in points of the scale."""
    return full * band // BANDS, full * (band + 1) // BANDS
