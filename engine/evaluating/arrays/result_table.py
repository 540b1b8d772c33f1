"""Results as the table that is handed out, and those of models that do not run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, assert_never

import numpy as np
import pyarrow as pa

from engine.evaluating.arrays.columns import has_value
from engine.evaluating.arrays.evaluate import Result
from engine.evaluating.arrays.forecast import Coming
from engine.evaluating.arrays.level import level_and_grade
from engine.evaluating.arrays.lists import Lists
from engine.model.batch import ArrayColumn, Batch
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.result_table import (
    OF_EVALUATIONS,
    OF_EVERY_MODEL,
    OF_FORECASTS,
    WITHOUT_REASONING,
    ResultKind,
    fact_column,
    points_column,
    result_columns,
)
from engine.model.scale import CENT

if TYPE_CHECKING:
    from engine.model.batch import Array

EVALUATED, NOT_EVALUATED, REJECTED = OUTCOMES = ("evaluated", "not_evaluated", "rejected")

TYPES: dict[ResultKind, pa.DataType] = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "truth": pa.bool_(), "day": pa.date32(),
    "score": pa.decimal128(13, 2), "number": pa.float64(),
}  # fmt: skip
"""The type of each kind in files."""

_EPOCH = date(1970, 1, 1).toordinal()


def result_table(result: Result, batch: Batch, as_of: int, reasoning: bool = True) -> pa.Table:
    """One model's rows with the columns of a table of results, and with the model's own; of guests there are none."""
    policy, model, size = result.policy, result.model, len(result.who)
    level, grade = (None, None) if result.level is None else level_and_grade(result.level, policy.scale)
    ended = result.valid_until < NEVER - 1
    outcome = ArrayColumn(np.where(result.evaluated, 0, np.where(result.rejected, 2, 1)), None, OUTCOMES)
    everywhere = np.ones(size, bool)
    columns: dict[str, pa.Array] = {
        "subject": batch.ids.take(pa.array(result.who)),
        "policy": _same(policy.id, size),
        "model": _same(model.id, size),
        "version": _same(policy.version, size),
        "digest": _same(policy.digest, size),
        "as_of": _cells("day", ArrayColumn(np.full(size, as_of)), everywhere),
        "valid_until": _cells("day", ArrayColumn(result.valid_until, ended), everywhere),
        "outcome": _cells("text", outcome, everywhere),
        "reason": _lists(result.reason),
        "score": _cells("score", None if result.score is None else ArrayColumn(result.score), result.evaluated),
        "level": _cells("text", level, result.evaluated),
        "grade": _cells("text", grade, result.evaluated),
        "vetoes": _lists(result.vetoes),
        "measures": _lists(result.measures),
        "weight": _cells("number", ArrayColumn(result.weight), result.evaluated),
        "warnings": _lists(result.warnings),
    }
    kinds = WITHOUT_REASONING
    if reasoning:
        kinds = result_columns(model)
        own = {fact_column(name): result.facts[name] for name in model.facts}
        own |= {points_column(name): column for name, column in result.points.items()}
        columns |= {name: _cells(kinds[name], column, result.evaluated) for name, column in own.items()}
    table = pa.table({name: columns[name] for name in kinds}, schema=schema_of(kinds))
    return table if batch.guests is None else table.filter(pa.array(~batch.guests[result.who]))


def coming_table(turned: Coming, there: Array, batch: Batch) -> pa.Table:
    """The columns of what is to come, for the rows of a model's table."""
    who = np.flatnonzero(there if batch.guests is None else there & ~batch.guests)
    change, level = turned.change[who], turned.level[who]
    comes = change < NEVER
    columns = {
        "next_change": _cells("day", ArrayColumn(change, comes), comes),
        "next_level": _cells("text", ArrayColumn(np.where(level > 0, level, -1), None, turned.words), comes),
    }
    return pa.table({name: columns[name] for name in OF_FORECASTS}, schema=schema_of(OF_FORECASTS))


def schema_of(kinds: Mapping[str, ResultKind]) -> pa.Schema:
    return pa.schema([(name, TYPES[kind]) for name, kind in kinds.items()])


def _cells(kind: ResultKind, column: ArrayColumn | None, rows: Array) -> pa.Array:
    """A column as the table of results has it, in some rows; nothing in the others."""
    if column is None:
        return pa.nulls(len(rows), TYPES[kind])
    there = has_value(column) & rows
    values, missing = column.values, None if there.all() else ~there
    match kind:
        case "text":
            codes = pa.array(np.where(there, values, 0), pa.int64(), mask=missing)
            return pa.array(column.words or (), pa.string()).take(codes)
        case "truth":
            return pa.array(values, pa.bool_(), mask=missing)
        case "day":
            return pa.array((values - _EPOCH).astype(np.int32), pa.date32(), mask=missing)
        case "score":
            return _decimals(values // CENT, missing)
        case "number":
            return pa.array(values / ONE, pa.float64(), mask=missing)
        case "texts":
            raise AssertionError("lists are kept as such")
        case never:
            assert_never(never)


def _decimals(cents: Array, missing: Array | None) -> pa.Array:
    """Hundredths as decimals: 128 bits each, of which the upper half repeats the sign."""
    halves = np.stack([cents, cents >> 63], axis=1)
    there = None if missing is None else pa.array(~missing).buffers()[1]
    return pa.Array.from_buffers(TYPES["score"], len(cents), [there, pa.py_buffer(np.ascontiguousarray(halves))])


def _same(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def _lists(ids: Lists) -> pa.Array:
    return pa.array([list(names) for names in ids.lists], TYPES["texts"]).take(pa.array(ids.places))


def refused_models(library: Library, batch: Batch, as_of: int, only: str | None = None) -> pa.Table:
    """A rejected row for each model that a subject names and that cannot run: not known, not in force, of another kind."""
    kinds, models = batch.kinds, batch.models
    here = np.ones(len(batch.ids), bool) if batch.guests is None else ~batch.guests
    pair = kinds.values.astype(np.int64) * len(models.words or ()) + models.values
    combinations, place = np.unique(pair, return_inverse=True)
    rows: list[dict[str, object]] = []
    who: list[Array] = []
    for number, both in enumerate(combinations.tolist()):
        kind, named = (
            words[at]
            for words, at in zip((kinds.words or (), models.words or ()), divmod(both, len(models.words or ())), strict=True)
        )
        for policy, model, code, until in _not_run(library, kind, named, as_of):
            if only in (None, policy):
                there = np.flatnonzero((place == number) & here)
                who.append(there)
                day = None if until is None else until - _EPOCH
                rows += [{"policy": policy, "model": model, "code": f"model {code}", "until": day}] * len(there)
    places = np.concatenate(who) if who else np.zeros(0, np.intp)
    table = pa.table(
        {
            "subject": batch.ids.take(pa.array(places, pa.int64())),
            "policy": pa.array([row["policy"] for row in rows], pa.string()),
            "model": pa.array([row["model"] for row in rows], pa.string()),
            "version": pa.nulls(len(rows), pa.string()),
            "digest": pa.nulls(len(rows), pa.string()),
            "as_of": pa.array([as_of - _EPOCH] * len(rows), pa.int32()).cast(pa.date32()),
            "valid_until": pa.array([row["until"] for row in rows], pa.int32()).cast(pa.date32()),
            "outcome": pa.array([REJECTED] * len(rows), pa.string()),
            "reason": pa.array([[row["code"]] for row in rows], TYPES["texts"]),
            **{name: _nothing(OF_EVERY_MODEL[name], len(rows)) for name in OF_EVALUATIONS},
        }
    )
    table = table.select(list(OF_EVERY_MODEL)).cast(schema_of(OF_EVERY_MODEL))
    return table.sort_by([(name, "ascending") for name in ("subject", "policy", "model")])


def _nothing(kind: ResultKind, size: int) -> pa.Array:
    return pa.array([[]] * size, TYPES[kind]) if kind == "texts" else pa.nulls(size, TYPES[kind])


def _not_run(library: Library, kind: str, models: str, as_of: int) -> Iterator[tuple[str, str, str, int | None]]:
    """Of the models that subjects of a kind name, those that cannot run, why, and until when."""
    in_force = library.in_force(as_of)
    for name in models.split():
        policy, _, model = name.partition("/")
        if not library.versions(policy):
            code = "policy_unknown"
        elif library.ended(policy, as_of) is not None:
            code = "policy_ended"
        elif policy not in in_force:
            code = "policy_not_in_force"
        elif model not in in_force[policy].models:
            code = "model_unknown"
        elif in_force[policy].models[model].kind != kind:
            code = "model_kind"
        else:
            continue
        change = library.next_change(policy, as_of)
        yield policy, model, code, None if change is None else change - 1
