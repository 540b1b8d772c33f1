"""Aggregates over arrays: what the records that a fact counts come to, a value a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from engine.evaluating.arrays.arithmetic import divide, product, roomy, whole
from engine.evaluating.arrays.columns import has_value, taken
from engine.evaluating.arrays.conditions import matches
from engine.evaluating.arrays.groups import counts, greatest, last_places, starts, sums
from engine.evaluating.arrays.model_pass import ModelPass
from engine.evaluating.arrays.selection import in_time
from engine.model.batch import ArrayColumn, RecordArrays
from engine.model.number import ONE
from engine.model.policy import FromRecords, Tally

if TYPE_CHECKING:
    from engine.model.batch import Array


def aggregate(run: ModelPass, source: FromRecords, records: RecordArrays | None, rows: Array) -> ArrayColumn:
    """The value of each subject of the run, from some rows of its records."""
    if records is None:
        return _of_none(run, source)
    owner = records.owner[rows]
    match source.kind:
        case "count":
            if source.once_per is not None:
                owner = _Once(records, rows, source.once_per).owner
            return ArrayColumn(counts(owner, run.size) * ONE)
        case "exists":
            return ArrayColumn(counts(owner, run.size) > 0)
        case "days_since":
            newest, there = greatest(owner, records.date[rows], run.size)
            return ArrayColumn((run.as_of - newest) * ONE, there)
        case "sum":
            return ArrayColumn(_sum(run, source, records, rows))
        case "tally":
            assert source.tally is not None
            return ArrayColumn(_tally(run, source.tally, source.once_per, records, rows))
        case "max" | "min":
            values, there = _with_value(records, source.field or "", rows)
            sign = 1 if source.kind == "max" else -1
            most, has = greatest(records.owner[there], sign * values, run.size)
            return ArrayColumn(sign * most, has)
        case "mean":
            return _mean(run, source, records, rows)
        case "latest":
            return _latest(run, source.field or "", records, rows)
        case never:
            assert_never(never)


def _of_none(run: ModelPass, source: FromRecords) -> ArrayColumn:
    """What no records at all come to."""
    zeros = np.zeros(run.size, np.int64)
    match source.kind:
        case "count" | "sum" | "tally":
            return ArrayColumn(zeros)
        case "exists":
            return ArrayColumn(zeros > 0)
        case "days_since" | "max" | "min" | "mean" | "latest":
            kind = run.policy.categories[source.category].fields[source.field].type if source.field else "number"
            if kind == "text":
                return ArrayColumn(zeros - 1, None, ())
            return ArrayColumn(zeros > 0 if kind == "boolean" else zeros, zeros > 0)
        case never:
            assert_never(never)


def _with_value(records: RecordArrays, field: str, rows: Array) -> tuple[Array, Array]:
    """The values of a field, and the rows that have one."""
    column = records.fields[field]
    rows = rows[has_value(column)[rows]]
    return column.values[rows], rows


def _sum(run: ModelPass, source: FromRecords, records: RecordArrays, rows: Array) -> Array:
    if source.once_per is not None:
        once = _Once(records, rows, source.once_per)
        column = taken(records.fields[source.field or ""], once.rows)
        return sums(once.owner, once.greatest(column.values, has_value(column)), run.size)
    values, there = _with_value(records, source.field or "", rows)
    return sums(records.owner[there], values, run.size)


def _tally(run: ModelPass, tally: Tally, once_per: str | None, records: RecordArrays, rows: Array) -> Array:
    """A value for each record, that of the first branch that it fulfils; of those that count once the greatest counts."""
    values = np.full(len(rows), tally.otherwise, np.int64)
    left = np.ones(len(rows), bool)
    for branch in tally.branches:
        holds = matches(branch.where, records)[rows]
        values[left & holds] = branch.value
        left &= ~holds
    if once_per is None:
        return sums(records.owner[rows], values, run.size)
    once = _Once(records, rows, once_per)
    return sums(once.owner, once.greatest(values[once.order], np.ones(len(rows), bool)), run.size)


class _Once:
    """Rows in groups, each of which counts once: those of a subject with the same text in a field; alone without one."""

    def __init__(self, records: RecordArrays, rows: Array, once_per: str) -> None:
        column = records.fields[once_per]
        texts = column.values[rows].astype(np.int64)
        alone = len(column.words or ()) + np.arange(len(rows))
        key = records.owner[rows].astype(np.int64) * (len(column.words or ()) + len(rows) + 1) + np.where(
            texts < 0, alone, texts
        )
        self.order = np.argsort(key, kind="stable")
        self.rows = rows[self.order]
        self.first = starts(key[self.order])
        self.owner = records.owner[self.rows][self.first]

    def greatest(self, values: Array, there: Array) -> Array:
        """The greatest value of each group, 0 where none has one; values stand in the order of the groups."""
        if not len(values):
            return values
        least = np.iinfo(np.int64).min
        most = np.maximum.reduceat(np.where(there, values, least), self.first)
        return np.where(most == least, 0, most)


def _mean(run: ModelPass, source: FromRecords, records: RecordArrays, rows: Array) -> ArrayColumn:
    values, rows = _with_value(records, source.field or "", rows)
    weights: Array = np.full(len(rows), ONE, np.int64)
    if source.weighted_by is not None:
        column = records.fields[source.weighted_by]
        has = has_value(column)[rows]
        values, rows = values[has], rows[has]
        weights = column.values[rows]
    owner = records.owner[rows]
    total, weight = sums(owner, product(values, weights), run.size), sums(owner, weights, run.size)
    there = weight != 0
    if weight.dtype == object:
        total = roomy(total)
    return ArrayColumn(whole(divide(total, np.where(there, weight, 1))), there.astype(bool))


def _latest(run: ModelPass, field: str, records: RecordArrays, rows: Array) -> ArrayColumn:
    """The value of the newest record that has one; of several on one day, of the one with the last id; rather of a delivered one."""
    _, having = _with_value(records, field, rows)
    ordered = in_time(records, having, "before its id")
    last = ordered[last_places(records.owner[ordered])]
    column, owner = records.fields[field], records.owner[last]
    if column.words is not None:
        codes = np.full(run.size, -1, np.int64)
        codes[owner] = column.values[last]
        return ArrayColumn(codes, None, column.words)
    values, there = np.zeros(run.size, column.values.dtype), np.zeros(run.size, bool)
    values[owner], there[owner] = column.values[last], True
    return ArrayColumn(values, there)
