"""The tables of results and of reasoning that are handed out: their columns, in their order, and what each holds.

Both writers follow it: rows from outcomes, and columns from tables. Inside, days are ordinals and numbers counts of 0.0001; in
the table they are dates, and decimals or floats of 64 bits, which hold every number of the language exactly enough to come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.model.policy import Model

ResultKind = Literal["text", "texts", "truth", "day", "score", "number"]
"""What a column of results holds; a score is a number of two decimals."""

RESULT_TYPES: Mapping[ResultKind, str] = {
    "text": "string",
    "texts": "array<string>",
    "truth": "boolean",
    "day": "date",
    "score": "decimal(13, 2)",
    "number": "float64",
}
"""The type of each kind in files, as Ibis names it."""

OF_EVERY_MODEL: Mapping[str, ResultKind] = {
    "subject": "text",
    "policy": "text",
    "model": "text",
    "version": "text",
    "digest": "text",
    "as_of": "day",
    "valid_until": "day",
    "outcome": "text",
    "reason": "texts",
    "score": "score",
    "level": "text",
    "grade": "text",
    "vetoes": "texts",
    "measures": "texts",
    "weight": "number",
}

OF_EVALUATIONS = ("score", "level", "grade", "vetoes", "measures", "weight")
"""What a subject without a result has none of."""


OWN_WARNINGS = ("award_outside", "previous_level_unknown")
"""The codes of what a row is warned of by itself, where its model may."""


WITHOUT_REASONING: Mapping[str, ResultKind] = {**OF_EVERY_MODEL, "warnings": "texts"}
"""The columns of the table of results, the same for all models; the reasoning is a table of its own for each."""


WITHOUT_REASONING_TYPES: Mapping[str, str] = {name: RESULT_TYPES[kind] for name, kind in WITHOUT_REASONING.items()}


OF_FORECASTS: Mapping[str, ResultKind] = {"next_change": "day", "next_level": "text"}
"""What a forecast adds to the table of results: the first day on which the level, the vetoes or the measures of a result change,
or whether it is one, and the level from then on; nothing where that does not come within the days that are looked at.
"""


def turn_of(before: str | None, after: str | None, ranks: Mapping[str, int]) -> Literal["better", "worse", "other"]:
    """How a level changes, by the ranks of the scale's; a result that is none any more is worse, one that was none better."""
    if before == after:
        return "other"
    worst = len(ranks)
    return "worse" if ranks.get(str(after), worst) > ranks.get(str(before), worst) else "better"


def fact_column(name: str) -> str:
    return f"fact_{name}"


def points_column(name: str) -> str:
    """Of an indicator or an item."""
    return f"points_{name}"


def result_columns(model: Model | None) -> dict[str, ResultKind]:
    """Every column with its kind: those of every model, then the model's warnings, facts, indicators and items."""
    return {**OF_EVERY_MODEL, **(dict(_own(model)) if model else {})}


def result_types(model: Model | None) -> dict[str, str]:
    """Every column with its type in files."""
    return {name: RESULT_TYPES[kind] for name, kind in result_columns(model).items()}


def reasoning_columns(model: Model) -> dict[str, ResultKind]:
    """The columns of a model's reasoning: whose it is, then its facts, indicators and items."""
    return {"subject": "text", **{name: kind for name, kind in _own(model) if name != "warnings"}}


def reasoning_types(model: Model) -> dict[str, str]:
    """Those columns with their types in files."""
    return {name: RESULT_TYPES[kind] for name, kind in reasoning_columns(model).items()}


def _own(model: Model) -> Iterator[tuple[str, ResultKind]]:
    if model.warns:
        yield "warnings", "texts"
    for name, fact in model.facts.items():
        yield fact_column(name), "number" if fact.type == "number" else "truth" if fact.type == "boolean" else "text"
    for identifier in [indicator.id for indicator in model.indicators()] + [item.id for item in model.items()]:
        yield points_column(identifier), "number"
