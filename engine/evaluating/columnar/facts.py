"""Facts in columns: one pass over the records for all facts, then what rests on attributes and on other facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from msgspec import Struct, field

from engine.evaluating.columnar.arithmetic import Column, divide, literal, whole, wide
from engine.evaluating.columnar.conditions import both, either, matches
from engine.evaluating.columnar.days import full_years, leaves, period_start
from engine.model.catalogue import PREVIOUS, Category
from engine.model.condition import Condition
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, Period, Window
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    Reject,
    Total,
    UseFact,
)  # fmt: skip
from engine.model.table import attribute_column, field_column

Table = Any


class Selection(Struct, frozen=True):
    """The records that some facts read in common; `own` is the policy and model whose earlier results count."""

    category: str
    window: Window | Period | None
    where: Condition | None
    include_repaired: bool
    own: tuple[str, str] | None


class Pass(Struct):
    """One pass over the records: the aggregates wanted by name, each once, however many facts want it."""

    prefix: str
    results: bool  # whether results of this run are among the records
    records: Table
    categories: Mapping[str, Category]
    as_of: int
    columns: dict[str, Column] = field(default_factory=dict)
    names: dict[Selection, int] = field(default_factory=dict)
    counted: dict[int, Column] = field(default_factory=dict)

    def select(self, policy: Policy, model: Model, source: FromRecords) -> int:
        """The number of a fact's selection, which wants when its records next begin or cease to count."""
        own = (policy.id, model.id) if source.category == PREVIOUS else None
        chosen = Selection(source.category, source.window, source.where, source.include_repaired, own)
        if chosen not in self.names:
            self.names[chosen] = number = len(self.names)
            self._changes(number, chosen)
        return self.names[chosen]

    def _changes(self, number: int, chosen: Selection) -> None:
        records, as_of, window = self.records, self.as_of, chosen.window
        last_day = records.last_day_repaired if chosen.include_repaired else records.last_day
        shift = 1 if chosen.category == PREVIOUS else 0
        floor = window.floor(as_of) if window else 0
        last = min(window.last(floor, as_of) if window else as_of, as_of - shift)
        parts = [records.category == chosen.category, last_day >= as_of]
        if window:
            parts.append(records.date > floor)
        if chosen.own:
            policy, model = chosen.own
            parts += [records[field_column("policy", "text")] == policy, records[field_column("model", "text")] == model]
        if chosen.where:
            parts.append(matches(chosen.where, self.categories[chosen.category], records))
        possible = both(parts)
        counted = possible & (records.date <= last)
        self.counted[number] = counted
        begins, ends = _begins(records.date, window, shift)
        later = possible & (records.date > last) & (begins <= ibis.least(last_day, ends))
        change = ibis.cases((counted, last_day + 1), (later, begins))
        tracked = counted
        if self.results:  # this run's own neither begin nor cease to count
            change, tracked = ibis.ifelse(records.this_run, ibis.null("int64"), change), counted & ~records.this_run
        self.want(f"change_{number}", change.min())
        if window:
            self.want(f"earliest_{number}", records.date.min(where=tracked))

    def name(self, what: str) -> str:
        """The column in which an aggregate stands."""
        return f"{self.prefix}{what}"

    def want(self, what: str, column: Column) -> None:
        self.columns.setdefault(self.name(what), column)

    def want_first(self, category: str) -> None:
        """The day of the first record of a category, whatever its status."""
        self.want(f"first_{category}", self.records.date.min(where=self.records.category == category))

    def table(self) -> Table:
        """One row a subject that has a record, with the aggregates."""
        return self.records.group_by("subject").aggregate(**self.columns)


def _begins(day: Column, window: Window | Period | None, shift: int) -> tuple[Column, Column]:
    """The first and the last day on which a record of a day, not counting yet, is inside."""
    match window:
        case Window(count, "days"):
            return day + shift, day + (count - 1)
        case Period():
            start = period_start(window, day, window.back) if window.back else day
            return ibis.greatest(day + shift, start), period_start(window, day, window.back + 1) - 1
        case _:  # months outlast any shift
            return day + shift, literal(NEVER)


def want_facts(done: Pass, policy: Policy, model: Model, derived: bool) -> None:
    """What the facts of a model want of the records; those over evaluations apart (`derived`), once these are there."""
    for fact in model.facts.values():
        source = fact.source
        if isinstance(source, FromRecords) and is_derived(policy, source) == derived:
            number = done.select(policy, model, source)
            _aggregates(done, number, source, policy.categories[source.category])
            if policy.categories[source.category].not_collected:
                done.want_first(source.category)


def is_derived(policy: Policy, source: FromRecords) -> bool:
    return policy.categories[source.category].derived and source.category != PREVIOUS


def _aggregates(done: Pass, number: int, source: FromRecords, category: Category) -> None:
    records, counted = done.records, done.counted[number]
    if source.field is None:
        if source.kind == "days_since":
            done.want(f"newest_{number}", records.date.max(where=counted))
        else:
            done.want(f"count_{number}", counted.sum())
        return
    value = records[field_column(source.field, category.fields[source.field].type)]
    there = counted & value.notnull()
    match source.kind:
        case "sum":
            done.want(f"sum_{number}_{source.field}", wide(value).sum(where=counted))
        case "max":
            done.want(f"max_{number}_{source.field}", value.max(where=counted))
        case "min":
            done.want(f"min_{number}_{source.field}", value.min(where=counted))
        case "latest":
            key = (records.date + 1_000_000).cast("string") + records.id
            done.want(f"latest_{number}_{source.field}", value.argmax(key, where=there))
        case _:
            name = f"{number}_{source.field}_{source.weighted_by}"
            if source.weighted_by is None:
                done.want(f"weighted_{name}", wide(value).sum(where=counted))
                done.want(f"weight_{name}", there.sum())
                return
            weight = records[field_column(source.weighted_by, "number")]
            done.want(f"weighted_{name}", wide(wide(value) * wide(weight)).sum(where=counted))
            done.want(f"weight_{name}", wide(weight).sum(where=there & weight.notnull()))


def fact_columns(table: Table, done: Mapping[bool, Pass], policy: Policy, model: Model, as_of: int) -> Table:
    """The table with a column `fact_NAME` for each fact: null where it rejects, or rests on one that does.

    Beside them stand `reject_NAME` where a fact can reject, `absent_NAME` for one that counts days, and `change`, the
    first day after the as-of date on which the records behind a fact change by themselves.
    """
    changes: list[Column] = []
    for names in _levels(model):
        raws = {name: _raw(table, done, policy, model, model.facts[name], as_of, changes) for name in names}
        table = table.mutate(**{f"raw_{name}": raw for name, raw in raws.items()})
        settled: dict[str, Column] = {}
        for name in names:
            settled |= _settled(table, model.facts[name])
        table = table.mutate(**settled)
    return table.mutate(change=ibis.coalesce(_soonest(changes), literal(NEVER)))


def _levels(model: Model) -> list[list[str]]:
    """Facts in groups, each of which needs only those before it."""
    level: dict[str, int] = {}
    for name in fact_order(model):
        level[name] = 1 + max((level[needed] for needed in model.facts[name].needs()), default=-1)
    return [[name for name in level if level[name] == one] for one in range(max(level.values()) + 1)]


def _soonest(days: list[Column]) -> Column:
    return ibis.least(*days) if len(days) > 1 else days[0] if days else literal(NEVER)


def _raw(
    table: Table, done: Mapping[bool, Pass], policy: Policy, model: Model, fact: Fact, as_of: int, changes: list[Column]
) -> Column:
    """What a source finds, null for nothing; the days on which it changes by itself are added to `changes`."""
    match fact.source:
        case FromRecords() as source:
            return _from_records(table, done[is_derived(policy, source)], policy, model, source, as_of, changes)
        case FromAttribute(kind, name):
            value = table[attribute_column(name)]
            if kind == "days_until":
                return (value - as_of) * ONE
            if kind == "years_since":
                years, following = full_years(value, as_of)
                changes.append(following)
                return years * ONE
            return value
        case Ratio(of, to, per):
            return divide(wide(table[f"fact_{of}"]) * wide(literal(per)), wide(table[f"fact_{to}"]), LIMIT * LIMIT)
        case Total(facts):
            return sum((table[f"fact_{name}"] for name in facts[1:]), start=table[f"fact_{facts[0]}"])
        case MemberCount():
            return table.member_count * ONE


def _from_records(
    table: Table, done: Pass, policy: Policy, model: Model, source: FromRecords, as_of: int, changes: list[Column]
) -> Column:
    number = done.select(policy, model, source)
    changes.append(table[done.name(f"change_{number}")])
    if isinstance(source.window, Window):
        changes.append(leaves(source.window, table[done.name(f"earliest_{number}")]))
    elif source.window:
        floor = source.window.floor(as_of)
        ends = literal(source.window.span(floor + 1)[1] + 1)
        changes.append(ibis.ifelse(table[done.name(f"earliest_{number}")].notnull(), ends, ibis.null("int64")))
    value = _aggregated(table, done, number, source, as_of)
    if policy.categories[source.category].not_collected:
        first = table[done.name(f"first_{source.category}")]
        changes.append(ibis.ifelse(first > as_of, first, ibis.null("int64")))
        if source.kind in ("count", "exists", "sum"):
            value = ibis.ifelse(first <= as_of, value, ibis.null(value.type()))
    return value


def _aggregated(table: Table, done: Pass, number: int, source: FromRecords, as_of: int) -> Column:
    match source.kind:
        case "count":
            return table[done.name(f"count_{number}")].fill_null(0) * ONE
        case "exists":
            return table[done.name(f"count_{number}")].fill_null(0) > 0
        case "days_since":
            return (as_of - table[done.name(f"newest_{number}")]) * ONE
        case "sum":
            return table[done.name(f"sum_{number}_{source.field}")].fill_null(0)
        case "mean":
            name = f"{number}_{source.field}_{source.weighted_by}"
            weights = table[done.name(f"weight_{name}")]
            return divide(table[done.name(f"weighted_{name}")], weights, LIMIT * LIMIT)
        case kind:
            return table[done.name(f"{kind}_{number}_{source.field}")]


def _settled(table: Table, fact: Fact) -> dict[str, Column]:
    """The fact's value after `if_missing`, and whether and why it rejects."""
    name, raw = fact.id, table[f"raw_{fact.id}"]
    found: dict[str, Column] = {}
    parts = list(fact.needs()) if isinstance(fact.source, (Ratio, Total)) else []
    if isinstance(fact.if_missing, UseFact) and parts:
        parts = parts[: 2 if isinstance(fact.source, Ratio) else len(parts) - 1]
    spoilt = either([table[f"fact_{part}"].isnull() for part in parts]) if parts else ibis.literal(False)
    grows = isinstance(fact.source, (Ratio, Total)) or (isinstance(fact.source, FromRecords) and fact.source.kind == "sum")
    too_large = raw.abs() > LIMIT if grows else ibis.literal(False)
    value = raw
    if grows:
        value = whole(ibis.ifelse(too_large, ibis.null(raw.type()), raw))
    missing = raw.isnull() & ~spoilt
    match fact.if_missing:
        case None:
            pass
        case Reject():
            found[f"reject_{name}"] = ibis.ifelse(missing, "fact_missing", ibis.null("string"))
        case UseFact(other):
            value = ibis.ifelse(missing, table[f"fact_{other}"], value)
        case given:
            value = ibis.ifelse(missing, ibis.literal(given, type=value.type()), value)
    if grows:
        previous = found.get(f"reject_{name}", ibis.null("string"))
        found[f"reject_{name}"] = ibis.ifelse(too_large, "fact_too_large", previous)
    if counts_days(fact):
        found[f"absent_{name}"] = raw.isnull()
    return {f"fact_{name}": value, **found}


def counts_days(fact: Fact) -> int:
    """1 where a fact grows by a day each day, -1 where it shrinks, 0 for all others."""
    if isinstance(fact.source, FromRecords) and fact.source.kind == "days_since":
        return 1
    return -1 if isinstance(fact.source, FromAttribute) and fact.source.kind == "days_until" else 0
