"""Facts in columns: one pass over the records for all facts of a model, then what rests on attributes and on other facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeGuard, assert_never

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct, field

from engine.backends.materialized import materialized
from engine.evaluating.columnar.arithmetic import added, divide, literal, ratio, whole, wide
from engine.evaluating.columnar.conditions import all_hold, any_holds, matches
from engine.evaluating.columnar.days import after, anniversary, full_years, leaves, period_start, to_date
from engine.evaluating.columnar.own_periods import later_span, own_column
from engine.evaluating.columnar.ranked_records import counts_once, is_kept
from engine.evaluating.columnar.tally import tally_sum, tally_value
from engine.model.catalogue import PREVIOUS, Category
from engine.model.condition import Condition
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, OwnPeriod, Period, TimeSpan, Window
from engine.model.policy import (
    LAST_LEVEL,
    AttributeReading,
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    RejectMissing,
    Source,
    Tally,
    Total,
    UseFact,
    facts_read,
)  # fmt: skip
from engine.model.table import attribute_column, field_column

LEVELS = 8
"""After so many levels of facts the table is computed and held, for no backend follows a plan of any depth."""

BITS = 60
"""How many answers of yes or no go into a number."""


@ibis.udf.agg.builtin(name="bit_or")
def _bit_or(bits: int) -> int:
    """The function of both backends; Ibis' own is not there on Spark."""
    raise NotImplementedError


OnRecords = Callable[[Table], Column]
"""A column of records, made on the table as it then is."""


class Selection(Struct, frozen=True):
    """The records that some facts read in common; by `once_per`, of those with one text the one with the most of a field, or
    with the greatest value.
    """

    category: str
    window: TimeSpan | None
    where: Condition | None
    include_repaired: bool
    before: Window | None
    newest: int | None
    once_per: str | None
    most_of: str | Tally | None


class Pass(Struct):
    """One pass over the records for a model: each aggregate once, however many facts want it.

    An aggregate counts under a filter, so that it touches only the subjects of the rows that count.
    """

    prefix: str
    results: bool  # whether results of this run are among the records
    records: Table
    policy: Policy
    model: Model
    as_of: int
    selections: dict[Selection, int] = field(default_factory=dict)
    flags: dict[str, Column] = field(default_factory=dict)
    ranked: list[dict[str, OnRecords]] = field(default_factory=lambda: [{}, {}, {}, {}])
    changes: dict[str, list[OnRecords]] = field(default_factory=dict)
    windows: dict[TimeSpan, list[str]] = field(default_factory=dict)
    wants: dict[str, Callable[[Table], Column]] = field(default_factory=dict)
    firsts: set[str] = field(default_factory=set)
    exist: dict[int, int] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)

    def __post_init__(self) -> None:
        begun = self.records.date <= self.as_of
        self.records = self.records.mutate(
            live=begun & (self.records.last_day >= self.as_of),
            live_repaired=begun & (self.records.last_day_repaired >= self.as_of),
        )

    def select(self, source: FromRecords) -> int:
        """The number of a fact's selection; its flag says of each record whether it counts."""
        chosen = Selection(
            source.category, source.window, source.where, source.include_repaired, source.before, source.newest,
            source.once_per, (source.tally or source.field) if source.once_per else None,
        )  # fmt: skip
        if chosen not in self.selections:
            self.selections[chosen] = number = len(self.selections)
            self._flag(number, chosen)
        return self.selections[chosen]

    def _flag(self, number: int, chosen: Selection) -> None:
        records, as_of, window, name = self.records, self.as_of, chosen.window, chosen.category
        last_day = records.last_day_repaired if chosen.include_repaired else records.last_day
        shift = 1 if name == PREVIOUS else 0
        last = self._last(chosen, as_of - shift)
        possible = []
        if isinstance(window, OwnPeriod):
            possible.append((records.date >= records[own_column(window, "first")]).fill_null(False))
        elif window:
            possible.append(records.date > window.floor(as_of))
        if name == PREVIOUS:
            possible.append(records[field_column("policy", "text")] == self.policy.id)
            possible.append(records[field_column("model", "text")] == self.model.id)
        where = matches(chosen.where, self.policy.categories[name], records) if chosen.where else None
        if where is not None and chosen.newest is None:
            possible.append(where)
        begun = [records.live_repaired if chosen.include_repaired else records.live]
        if not isinstance(last, int) or last < as_of:
            begun.append(records.date <= last)
        stays = self._counted(number, chosen, all_hold([records.category == name, *begun, *possible]), where)
        if window:
            self.windows.setdefault(window, []).append(stays)
        begins, ends = _begins(records, chosen, shift)
        later = ibis.ifelse(begins <= ibis.least(last_day, ends), begins, ibis.null("int64"))
        lives = all_hold([last_day >= as_of, *possible])

        def change(ranked: Table) -> Column:
            leaves = last_day + 1 if chosen.newest is None else ibis.ifelse(ranked[stays], last_day + 1, ibis.null("int64"))
            return ibis.ifelse(lives, ibis.ifelse(records.date > last, later, leaves), ibis.null("int64"))

        self.changes.setdefault(name, []).append(change)

    def _last(self, chosen: Selection, latest: int) -> int | Column:
        """The last day of records that count, where it is known by subject alone a column."""
        window = chosen.window
        if isinstance(window, OwnPeriod):
            return ibis.least(self.records[own_column(window, "last")], literal(latest)).fill_null(0)
        last = latest if window is None else min(latest, window.last(window.floor(self.as_of), self.as_of))
        return last if chosen.before is None else min(last, chosen.before.floor(self.as_of))

    def _counted(self, number: int, chosen: Selection, inside: Column, where: Column | None) -> str:
        """The flags of a selection, step by step: inside, kept by `newest`, selected by `where`, counted once.

        It gives the flag of those that must stay for the fact to stay.
        """
        counted = f"counted_{number}"
        if chosen.newest is None and chosen.once_per is None:
            self.flags[counted] = inside
            return counted
        bases, newest, selected, once = self.ranked
        stays = f"kept_{number}" if chosen.newest is not None else f"selected_{number}"
        bases[f"inside_{number}"] = lambda records: inside
        newest[f"kept_{number}"] = lambda records: is_kept(records, f"inside_{number}", chosen.newest)
        if self.results and chosen.newest is not None:
            newest[f"tomorrow_{number}"] = lambda records: is_kept(records, f"inside_{number}", chosen.newest, tomorrow=True)
        filtered = where if chosen.newest is not None and where is not None else ibis.literal(True)
        selected[f"selected_{number}"] = lambda records: records[f"kept_{number}"] & filtered
        most_of = self._most_of(number, chosen)
        once[counted] = lambda records: counts_once(records, f"selected_{number}", chosen.once_per, most_of)
        return stays

    def _most_of(self, number: int, chosen: Selection) -> str | None:
        """The column of which the greatest stands for all that count once; None where they are alike."""
        category = self.policy.categories[chosen.category]
        match chosen.most_of:
            case Tally() as tally if tally.branches:
                self.ranked[0][f"value_{number}"] = lambda records: tally_value(records, tally, category)
                return f"value_{number}"
            case str(name):
                return field_column(name, category.fields[name].type)
            case _:
                return None

    def want(self, what: str, column: Callable[[Table], Column]) -> None:
        self.wants.setdefault(what, column)

    def want_first(self, category: str) -> None:
        """The day of the first record of a category, whatever its status."""
        self.firsts.add(category)
        self.want(f"first_{category}", lambda records: records.date.min(where=records.category == category))

    def tally(self, source: FromRecords) -> int:
        """The number of what a fact gives each record, alike for facts that give the same."""
        assert source.tally is not None
        if source.tally not in self.tallies:
            self.tallies.append(source.tally)
        return self.tallies.index(source.tally)

    def name(self, what: str) -> str:
        """The column in which an aggregate stands."""
        return f"{self.prefix}{what}"

    def earliest(self, window: TimeSpan) -> str:
        """The column of the first day of a record that counts in a window."""
        return self.name(f"earliest_{list(self.windows).index(window)}")

    def table(self) -> Table:
        """One row a subject that has a record, with the aggregates."""
        records = self.records.filter(self._matters())
        for flags in (step for step in self.ranked if step):
            records = records.mutate(**{name: flag(records) for name, flag in flags.items()})
        records = records.mutate(**self.flags, change=self._change(records))
        columns = {what: column(records) for what, column in self.wants.items()}
        columns |= self._existing(records)
        columns["change"] = records.change.min(where=records.change.notnull())
        for number, names in enumerate(self.windows.values()):
            tracked = any_holds([records[name] for name in names])
            if self.results:
                tracked = tracked & ~records.this_run
            columns[f"earliest_{number}"] = records.date.min(where=tracked)
        if turning := [name for name in records.columns if name.startswith("tomorrow_")]:
            turns = any_holds([records[name] != records[name.replace("tomorrow", "kept")] for name in turning])
            columns["turns"] = ibis.ifelse(turns, literal(self.as_of + 1), ibis.null("int64")).min()
        return records.group_by("subject").aggregate(**{self.name(what): column for what, column in columns.items()})

    def _existing(self, records: Table) -> dict[str, Column]:
        """Whether anything counts, a bit a selection: one aggregate for many of them."""
        words: dict[int, list[Column]] = {}
        for number, place in self.exist.items():
            bit = ibis.ifelse(records[f"counted_{number}"], literal(2 ** (place % BITS)), literal(0))
            words.setdefault(place // BITS, []).append(bit)
        sums: dict[str, Column] = {f"exist_{word}": added(bits) for word, bits in words.items()}
        return {name: _bit_or(bits, where=bits != 0) for name, bits in sums.items()}

    def _matters(self) -> Column:
        """Whether a record counts for some fact, or may do so later; most that are old do not, and are dropped at once."""
        floors: dict[str, int] = {}
        for selection in self.selections:
            window = selection.window
            floor = 0 if window is None or isinstance(window, OwnPeriod) else window.floor(self.as_of)
            floors[selection.category] = min(floor, floors.get(selection.category, floor))
        by_floor: dict[int, list[str]] = {}
        for name, floor in floors.items():
            by_floor.setdefault(floor, []).append(name)
        records = self.records
        repaired = any(selection.include_repaired for selection in self.selections)
        last_day = records.last_day_repaired if repaired else records.last_day
        recent = [records.category.isin(sorted(names)) & (records.date > floor) for floor, names in by_floor.items()]
        whole = [records.category.isin(sorted(self.firsts))] if self.firsts else []
        return any_holds([(last_day >= self.as_of) & any_holds(recent), *whole])

    def _change(self, records: Table) -> Column:
        """The next day on which a record begins or ceases to count, windows that it leaves aside.

        Only few have one: those to come, those with a last day, those of a category that some fact looks at by period.
        """
        by_period = [
            selection.category
            for selection in self.selections
            if isinstance(selection.window, (Period, OwnPeriod)) or selection.before or selection.category == PREVIOUS
        ]
        may = (records.date > self.as_of) | (records.last_day < NEVER - 1) | (records.last_day_repaired < NEVER - 1)
        if by_period:
            may = may | records.category.isin(sorted(set(by_period)))
        if self.results:  # this run's own neither begin nor cease to count
            may = may & ~records.this_run
        changes = [(records.category == name, _soonest([day(records) for day in days])) for name, days in self.changes.items()]
        return ibis.ifelse(may, ibis.cases(*changes), ibis.null("int64"))


def _soonest(days: list[Column]) -> Column:
    return ibis.least(*days) if len(days) > 1 else days[0] if days else literal(NEVER)


def _begins(records: Table, chosen: Selection, shift: int) -> tuple[Column, Column]:
    """The first and the last day on which a record, not counting yet, is inside."""
    begins, ends = _span(records, chosen, shift)
    if chosen.before is not None:
        begins = ibis.greatest(begins, _behind(records.date, chosen.before))
    return begins, ends


def _behind(day: Column, window: Window) -> Column:
    """The first day on which a day lies so many days or months back."""
    if window.unit == "days":
        return day + window.count
    on = to_date(day)
    return leaves(on, after(window, on))


def _span(records: Table, chosen: Selection, shift: int) -> tuple[Column, Column]:
    day = records.date
    match chosen.window:
        case Window(count, "days"):
            return day + shift, day + (count - 1)
        case Period() as window:
            start = period_start(window, day, window.back) if window.back else day
            return ibis.greatest(day + shift, start), period_start(window, day, window.back + 1) - 1
        case OwnPeriod() as window:
            start, end = later_span(records, window)
            return ibis.greatest(day + shift, start), end
        case Window() as window if chosen.before is not None:
            return day + shift, _behind(day, window) - 1
        case Window() | None:  # months outlast any shift
            return day + shift, literal(NEVER)
        case never:
            assert_never(never)


def want_facts(done: Pass) -> None:
    """What the facts of the model want of the records: of evaluations where these are in the pass, else of the rest."""
    policy = done.policy
    for fact in done.model.facts.values():
        source = fact.source
        if isinstance(source, FromRecords) and is_derived(policy, source) == done.results:
            _aggregates(done, done.select(source), source, policy.categories[source.category])
            if policy.categories[source.category].not_collected:
                done.want_first(source.category)
    if done.model.reads_last_level and not done.results:
        _aggregates(done, done.select(LAST_LEVEL), LAST_LEVEL, policy.categories[LAST_LEVEL.category])


def is_derived(policy: Policy, source: FromRecords) -> bool:
    return policy.categories[source.category].derived and source.category != PREVIOUS


def _aggregates(done: Pass, number: int, source: FromRecords, category: Category) -> None:
    counted = f"counted_{number}"
    column = "" if source.field is None else field_column(source.field, category.fields[source.field].type)
    match source.kind:
        case "count":
            done.want(f"count_{number}", lambda records: records.count(where=records[counted]))
        case "exists":
            done.exist.setdefault(number, len(done.exist))
        case "days_since":
            done.want(f"newest_{number}", lambda records: records.date.max(where=records[counted]))
        case "sum":
            done.want(f"sum_{number}_{source.field}", lambda records: wide(records[column]).sum(where=records[counted]))
        case "tally":
            tally = done.tally(source)
            done.want(f"tally_{number}_{tally}", lambda records: tally_sum(records, done.tallies[tally], category, counted))
        case "max":
            done.want(f"max_{number}_{source.field}", lambda records: records[column].max(where=records[counted]))
        case "min":
            done.want(f"min_{number}_{source.field}", lambda records: records[column].min(where=records[counted]))
        case "latest":
            done.want(f"latest_{number}_{source.field}", lambda records: _latest(records, column, counted))
        case "mean":
            _mean(done, f"{number}_{source.field}_{source.weighted_by}", counted, column, source.weighted_by)
        case never:
            assert_never(never)


def _latest(records: Table, column: str, counted: str) -> Column:
    """The value of the newest record that has one; of several on one day, of the one with the last id, rather of a delivered one."""
    there = records[counted] & records[column].notnull()
    newest = (records.date + 1_000_000).cast("string") + records.id
    if "this_run" in records.columns:
        newest = newest + ibis.ifelse(records.this_run, "", "\x01")  # below all that an id can hold
    return records[column].argmax(ibis.ifelse(there, newest, ibis.null("string")), where=there)


def _mean(done: Pass, name: str, counted: str, column: str, weighted_by: str | None) -> None:
    if weighted_by is None:
        done.want(f"weighted_{name}", lambda records: wide(records[column]).sum(where=records[counted]))
        done.want(f"weight_{name}", lambda records: records.count(where=records[counted] & records[column].notnull()))
        return
    weight = field_column(weighted_by, "number")

    def both_there(records: Table) -> Column:
        return records[counted] & records[column].notnull() & records[weight].notnull()

    done.want(
        f"weighted_{name}",
        lambda records: wide(wide(records[column]) * wide(records[weight])).sum(where=both_there(records)),
    )
    done.want(f"weight_{name}", lambda records: wide(records[weight]).sum(where=both_there(records)))


def fact_columns(table: Table, passes: Mapping[bool, Pass], policy: Policy, model: Model, as_of: int) -> Table:
    """The table of subject, ends, and a column `fact_NAME` for each fact: null where it rejects, or rests on one that does.

    Beside them stand `reject_NAME` where a fact can reject, `absent_NAME` for one that counts days, and `change`, the
    first day after the as-of date on which the records behind a fact change by themselves.
    """
    table = _with_dates(table, passes, model)
    changes = [day for done in passes.values() for day in _changes(table, done)]
    names_kept = ["subject", "ends"]
    if model.reads_last_level:
        done = passes[False]
        table = table.mutate(last_level=_aggregated(table, done, done.select(LAST_LEVEL), LAST_LEVEL, as_of))
        names_kept.append("last_level")
    negative = may_be_negative(policy, model)
    for level, names in enumerate(_levels(model), 1):
        if level % LEVELS == 0:
            table = materialized(table.mutate(changing=_soonest(changes)))
            changes = [table.changing]
        raws = {name: _raw(table, passes, policy, negative, model.facts[name], as_of, changes) for name in names}
        staged = table.mutate(**{f"raw_{name}": raw for name, raw in raws.items()})
        settled: dict[str, Column] = {}
        for name in names:
            settled |= _settled(staged, model.facts[name])
        table = staged.select(*table.columns, **settled)
        names_kept += settled
    return table.select(*names_kept, change=ibis.coalesce(_soonest(changes), literal(NEVER)))


def _with_dates(table: Table, passes: Mapping[bool, Pass], model: Model) -> Table:
    """The table with the dates that days are counted from, so that they are made once."""
    sources = [fact.source for fact in model.facts.values() if isinstance(fact.source, FromAttribute)]
    days = {
        f"day_{source.name}": to_date(table[attribute_column(source.name)])
        for source in sources
        if source.kind == "years_since"
    }
    months = [(done, window) for done in passes.values() for window in done.windows if _in_months(window)]
    days |= {f"day_{done.earliest(window)}": to_date(table[done.earliest(window)]) for done, window in months}
    table = table.mutate(**days) if days else table
    later = {f"later_{done.earliest(window)}": after(window, table[f"day_{done.earliest(window)}"]) for done, window in months}
    return table.mutate(**later) if later else table


def _in_months(window: TimeSpan) -> TypeGuard[Window]:
    return isinstance(window, Window) and window.unit == "months"


def _levels(model: Model) -> list[list[str]]:
    """Facts in groups, each of which needs only those before it."""
    level: dict[str, int] = {}
    for name in fact_order(model):
        level[name] = 1 + max((level[needed] for needed in model.facts[name].needs()), default=-1)
    return [[name for name in level if level[name] == number] for number in range(max(level.values()) + 1)]


def _changes(table: Table, done: Pass) -> Iterator[Column]:
    """The days on which records next begin or cease to count, null where none does."""
    if done.selections:
        yield table[done.name("change")]
    if done.name("turns") in table.columns:
        yield table[done.name("turns")]
    for window in done.windows:
        name = done.earliest(window)
        earliest = table[name]
        match window:
            case Window(_, "months"):
                yield leaves(table[f"day_{name}"], table[f"later_{name}"])
            case Window():
                yield earliest + window.count
            case Period():
                ends = literal(window.span(window.floor(done.as_of) + 1)[1] + 1)
                yield ibis.ifelse(earliest.notnull(), ends, ibis.null("int64"))
            case OwnPeriod():
                yield ibis.ifelse(earliest.notnull(), table[own_column(window, "until")] + 1, ibis.null("int64"))
            case never:
                assert_never(never)


def may_be_negative(policy: Policy, model: Model) -> dict[str, bool]:
    """For each fact whether it may be below zero, as far as can be told from where it comes from."""
    negative: dict[str, bool] = {}
    for name in fact_order(model):
        fact = model.facts[name]
        by_missing = isinstance(fact.if_missing, UseFact) or (type(fact.if_missing) is int and fact.if_missing < 0)
        negative[name] = by_missing or _source_negative(policy, fact.source, negative)
    return negative


def _source_negative(policy: Policy, source: Source, before: Mapping[str, bool]) -> bool:
    match source:
        case FromRecords("count" | "days_since") | MemberCount():
            return False
        case FromRecords("tally", tally=Tally() as tally):
            return min(tally.values) < 0
        case FromRecords(_, category, str(key)):
            lowest = policy.categories[category].fields[key].at_least
            return lowest is None or lowest < 0
        case FromAttribute("attribute", key):
            lowest = policy.attributes[key].field.at_least
            return lowest is None or lowest < 0
        case Ratio(of, to):
            return before[of] or before[to]
        case Total(facts):
            return any(before[fact] for fact in facts)
        case FromRecords() | FromAttribute():
            return True
        case never:
            assert_never(never)


def _raw(
    table: Table,
    passes: Mapping[bool, Pass],
    policy: Policy,
    negative: Mapping[str, bool],
    fact: Fact,
    as_of: int,
    changes: list[Column],
) -> Column:
    """What a source finds, null for nothing; the days on which it changes by itself are added to `changes`."""
    match fact.source:
        case FromRecords() as source:
            return _from_records(table, passes[is_derived(policy, source)], source, changes)
        case FromAttribute(kind, name):
            return _of_attribute(table, kind, name, as_of, changes)
        case Ratio(of, to, per):
            return ratio(table[f"fact_{of}"], table[f"fact_{to}"], per, negative[of] or negative[to])
        case Total(facts):
            return added([table[f"fact_{name}"] for name in facts])
        case MemberCount():
            return table.member_count * ONE
        case never:
            assert_never(never)


def _of_attribute(table: Table, kind: AttributeReading, name: str, as_of: int, changes: list[Column]) -> Column:
    match kind:
        case "attribute":
            return table[attribute_column(name)]
        case "days_until":
            return (table[attribute_column(name)] - as_of) * ONE
        case "years_since":
            day = table[f"day_{name}"]
            years = full_years(day, as_of)
            changes.append(anniversary(day, years + 1))
            return years * ONE
        case never:
            assert_never(never)


def _from_records(table: Table, done: Pass, source: FromRecords, changes: list[Column]) -> Column:
    value = _aggregated(table, done, done.select(source), source, done.as_of)
    if source.own_period is not None:
        there = table[own_column(source.own_period, "first")].notnull()
        begins = table[own_column(source.own_period, "begins")]
        changes.append(ibis.ifelse(there | (begins >= NEVER), ibis.null("int64"), begins))
        value = ibis.ifelse(there, value, ibis.null(value.type()))
    if done.policy.categories[source.category].not_collected:
        first = table[done.name(f"first_{source.category}")]
        changes.append(ibis.ifelse(first > done.as_of, first, ibis.null("int64")))
        if source.kind in ("count", "exists", "sum", "tally"):
            value = ibis.ifelse(first <= done.as_of, value, ibis.null(value.type()))
    return value


def _aggregated(table: Table, done: Pass, number: int, source: FromRecords, as_of: int) -> Column:
    match source.kind:
        case "count":
            return table[done.name(f"count_{number}")].fill_null(0) * ONE
        case "exists":
            word, bit = divmod(done.exist[number], BITS)
            return (table[done.name(f"exist_{word}")].fill_null(0) & literal(2**bit)) != 0
        case "days_since":
            return (as_of - table[done.name(f"newest_{number}")]) * ONE
        case "sum":
            return table[done.name(f"sum_{number}_{source.field}")].fill_null(0)
        case "tally":
            return table[done.name(f"tally_{number}_{done.tally(source)}")].fill_null(0)
        case "mean":
            name = f"{number}_{source.field}_{source.weighted_by}"
            weights = table[done.name(f"weight_{name}")]
            return divide(table[done.name(f"weighted_{name}")], weights, LIMIT * LIMIT)
        case "latest" | "max" | "min" as kind:
            return table[done.name(f"{kind}_{number}_{source.field}")]
        case never:
            assert_never(never)


def _settled(table: Table, fact: Fact) -> dict[str, Column]:
    """The fact's value after `if_missing`, and whether and why it rejects."""
    name, raw = fact.id, table[f"raw_{fact.id}"]
    columns: dict[str, Column] = {}
    parts = facts_read(fact.source)
    spoilt = any_holds([table[f"fact_{part}"].isnull() for part in parts]) if parts else ibis.literal(False)
    grows = _may_grow(fact.source)
    too_large = raw.abs() > LIMIT if grows else ibis.literal(False)
    value = raw
    if grows:
        value = whole(ibis.ifelse(too_large, ibis.null(raw.type()), raw))
    missing = raw.isnull() & ~spoilt
    match fact.if_missing:
        case None:
            pass
        case RejectMissing():
            columns[f"reject_{name}"] = ibis.ifelse(missing, "fact_missing", ibis.null("string"))
        case UseFact(other):
            value = ibis.ifelse(missing, table[f"fact_{other}"], value)
        case plain:
            value = ibis.ifelse(missing, ibis.literal(plain, type=value.type()), value)
    if grows:
        previous = columns.get(f"reject_{name}", ibis.null("string"))
        columns[f"reject_{name}"] = ibis.ifelse(too_large, "fact_too_large", previous)
    if counts_days(fact):
        columns[f"absent_{name}"] = raw.isnull()
    return {f"fact_{name}": value, **columns}


def _may_grow(source: Source) -> bool:
    """Whether what is found may be more than a number of the language can be."""
    match source:
        case Ratio() | Total() | FromRecords("sum" | "tally"):
            return True
        case FromRecords() | FromAttribute() | MemberCount():
            return False
        case never:
            assert_never(never)


def counts_days(fact: Fact) -> int:
    """1 where a fact grows by a day each day, -1 where it shrinks, 0 for all others."""
    match fact.source:
        case FromRecords("days_since"):
            return 1
        case FromAttribute("days_until"):
            return -1
        case FromRecords() | FromAttribute() | Ratio() | Total() | MemberCount():
            return 0
        case never:
            assert_never(never)
