"""Facts over arrays: records and attributes to one value a subject and name, and the day on which that may change by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

import numpy as np

from engine.evaluating.arrays.aggregates import aggregate
from engine.evaluating.arrays.arithmetic import added, divide, largest, times, whole
from engine.evaluating.arrays.columns import chosen, filled, has_value
from engine.evaluating.arrays.days import by_day
from engine.evaluating.arrays.groups import least
from engine.evaluating.arrays.memory import Findings, category_of, is_lasting
from engine.evaluating.arrays.model_pass import ModelPass
from engine.evaluating.arrays.selection import select
from engine.model.batch import ArrayColumn
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, anniversary, full_years
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Ratio,
    RejectMissing,
    Source,
    Total,
    UseFact,
    daily_growth,
    facts_read,
)  # fmt: skip

if TYPE_CHECKING:
    from engine.model.batch import Array


def compute_facts(run: ModelPass) -> None:
    """All facts of a model, in an order in which each comes after those that it needs."""
    for name in fact_order(run.model):
        fact = run.model.facts[name]
        parts = facts_read(fact.source)
        spoilt = np.zeros(run.size, bool)
        for part in parts:
            spoilt |= ~has_value(run.facts[part])
        _settle(run, fact, _source_value(run, fact), spoilt)


def _source_value(run: ModelPass, fact: Fact) -> ArrayColumn:
    """What a source finds, without a value where it is nothing; taken from the memory where it is there."""
    memory, source = run.memory, fact.source
    if memory is None or not is_lasting(source, run.policy):
        return _found(run, source)
    findings = memory.of(source, run.policy)
    if findings is None:
        before, run.change = run.change, np.full(run.size, NEVER, np.int64)
        findings = Findings(category_of(source, run.policy), _found(run, source), run.change)
        run.change = before
        memory.findings[source] = findings
    run.change = np.minimum(run.change, findings.change)
    return findings.column


def _found(run: ModelPass, of_fact: Source) -> ArrayColumn:
    """What a source finds now."""
    match of_fact:
        case FromRecords() as source:
            return from_records(run, source)
        case FromAttribute() as source:
            return _attribute(run, source)
        case Ratio(of, to, per):
            divisor = run.facts[to]
            there = has_value(run.facts[of]) & has_value(divisor) & (divisor.values != 0)
            quotient = divide(times(run.facts[of].values, per), np.where(there, divisor.values, 1))
            return ArrayColumn(quotient, there)
        case Total(facts):
            spoilt = [has_value(run.facts[name]) for name in facts]
            return ArrayColumn(added([run.facts[name].values for name in facts]), np.logical_and.reduce(spoilt))
        case MemberCount():
            return ArrayColumn(run.batch.member_count[run.who] * ONE)
        case never:
            assert_never(never)


def _attribute(run: ModelPass, source: FromAttribute) -> ArrayColumn:
    column = run.attribute(source.name)
    match source.kind:
        case "attribute":
            return column
        case "days_until":
            return ArrayColumn((column.values - run.as_of) * ONE, column.there)
        case "years_since":
            there = has_value(column)
            as_of = run.as_of
            since = np.where(there, column.values, 1)
            years = by_day(since, lambda day: _years(day, as_of))
            following = by_day(since, lambda day: _next_anniversary(day, as_of))
            run.change = np.where(there, np.minimum(run.change, following), run.change)
            return ArrayColumn(years * ONE, there)
        case never:
            assert_never(never)


@lru_cache(maxsize=65536)  # the models and blocks of a run share a few thousand days
def _years(since: int, as_of: int) -> int:
    return full_years(since, as_of)


@lru_cache(maxsize=65536)
def _next_anniversary(since: int, as_of: int) -> int:
    """The first one after the day."""
    return anniversary(since, full_years(since, as_of) + 1)


def from_records(run: ModelPass, source: FromRecords) -> ArrayColumn:
    """What a source makes of the records that it counts."""
    records = run.records.get(source.category)
    category = run.policy.categories[source.category]
    selected = select(run, source)
    column = aggregate(run, source, records, selected.rows)
    if selected.lacks is not None:
        column = _without(column, selected.lacks)
    if category.not_collected:
        first = np.full(run.size, NEVER, np.int64)
        if records is not None:
            least(records.owner, records.date, first)
        run.change = np.where(first > run.as_of, np.minimum(run.change, first), run.change)
        if source.kind in ("count", "exists", "sum", "tally"):
            column = _without(column, first > run.as_of)
    return column


def _without(column: ArrayColumn, rows: Array) -> ArrayColumn:
    """No value in some rows."""
    if column.words is not None:
        return ArrayColumn(np.where(rows, -1, column.values), None, column.words)
    return ArrayColumn(column.values, has_value(column) & ~rows)


def _settle(run: ModelPass, fact: Fact, source_value: ArrayColumn, spoilt: Array) -> None:
    """The fact's values after `if_missing`, and who is rejected and why."""
    name = fact.id
    missing = ~has_value(source_value) & ~spoilt
    column = source_value
    if _may_grow(fact.source) and largest(source_value.values) > LIMIT:
        too_large = has_value(source_value) & (abs(source_value.values) > LIMIT)
        run.rejected.setdefault(name, []).append(("fact_too_large", too_large))
        column = ArrayColumn(np.where(too_large, 0, source_value.values), has_value(source_value) & ~too_large)
    if column.values.dtype == object:
        column = ArrayColumn(whole(np.where(has_value(column), column.values, 0)), column.there)
    if daily_growth(fact.source):
        run.absent[name] = ~has_value(source_value)
    match fact.if_missing:
        case None:
            pass
        case RejectMissing():
            run.rejected.setdefault(name, []).append(("fact_missing", missing))
        case UseFact(other):
            column = chosen(~missing, column, run.facts[other])
        case plain:
            column = filled(column, missing, plain)
    run.facts[name] = column


def _may_grow(source: Source) -> bool:
    """Whether what is found may be more than a number of the language can be."""
    match source:
        case Ratio() | Total() | FromRecords("sum" | "tally"):
            return True
        case FromRecords() | FromAttribute() | MemberCount():
            return False
        case never:
            assert_never(never)
