"""Facts: records and attributes to one value a name, as of a day, and the day on which that may change by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

from msgspec import Struct, field

from engine.evaluating.conditions import Matches, all_of, compile_where
from engine.evaluating.tally import compile_tally, place_finder
from engine.model.catalogue import PREVIOUS, Category
from engine.model.condition import Comparison, Plain
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE, divide
from engine.model.period import NEVER, anniversary, full_years
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    MemberCount,
    Model,
    Policy,
    Ratio,
    RejectMissing,
    Total,
    UseFact,
    facts_read,
)  # fmt: skip
from engine.model.subject import Record, Subject

Records = Mapping[str, list[Record]]
Found = Callable[["FactPass"], Plain | None]
Step = Callable[["FactPass"], None]
Select = Callable[["FactPass", list[Record]], list[Record]]


class FactPass(Struct):
    """One subject under way: what the facts read, and what they find.

    `values` holds None for a fact that rejects, or rests on one that does; `rejected` says why, for the first kind.
    `absent` names the facts that nothing was found for. `change` is the first day after the as-of date on which a fact's records change by themselves.
    `behind` collects the ids of the records behind each fact, where the reasoning is wanted, and `branches` of each that is
    a tally the positions of the branches that gave these records their values.
    """

    subject: Subject
    records: Records
    values: dict[str, Plain | None]
    rejected: dict[str, str]
    absent: set[str]
    change: int
    behind: dict[str, tuple[str, ...]] | None
    branches: dict[str, tuple[int, ...]] = field(default_factory=dict)


def by_category(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Records in groups."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        group = groups.get(record.category)
        if group is None:
            groups[record.category] = [record]
        else:
            group.append(record)
    return groups


def compile_facts(policy: Policy, model: Model) -> Callable[[int], list[Step]]:
    """For an as-of date the steps that compute the facts of a model, in dependency order."""
    facts = [model.facts[name] for name in fact_order(model)]
    wheres = {fact.id: _where(policy, model, fact.source) for fact in facts if isinstance(fact.source, FromRecords)}

    def bind(as_of: int) -> list[Step]:
        return [_step(fact, policy.categories, wheres.get(fact.id), as_of) for fact in facts]

    return bind


def _where(policy: Policy, model: Model, source: FromRecords) -> Matches | None:
    """The fact's filter; of earlier results only the model's own are seen."""
    tests = [compile_where(source.where)] if source.where else []
    if source.category == PREVIOUS:
        own = (Comparison("policy", "is", policy.id), Comparison("model", "is", model.id))
        tests = [compile_where(test) for test in own] + tests
    return all_of(tests) if tests else None


def _step(fact: Fact, categories: Mapping[str, Category], where: Matches | None, as_of: int) -> Step:
    name, source = fact.id, fact.source
    match source:
        case FromRecords():
            return _from_records(fact, source, categories[source.category], where, as_of)
        case FromAttribute():
            read = _attribute(source, as_of)
            return _stored(fact, read)
        case Ratio() | Total():
            return _from_facts(fact, source)
        case MemberCount():

            def members(run: FactPass) -> None:
                run.values[name] = len(run.subject.members) * ONE

            return members
        case never:
            assert_never(never)


def _settle(fact: Fact, run: FactPass) -> None:
    """What an absent value becomes; a fact that was rejected already spreads without a reason of its own."""
    run.absent.add(fact.id)
    match fact.if_missing:
        case UseFact(other):
            run.values[fact.id] = run.values[other]
            if run.behind is not None:
                run.behind[fact.id] = run.behind.get(other, ())
        case RejectMissing():
            run.rejected[fact.id] = "fact_missing"
            run.values[fact.id] = None
        case plain:
            run.values[fact.id] = plain


def _keep(fact: Fact, run: FactPass, value: Plain | None) -> None:
    """Store a value that may be missing or beyond what a number can be."""
    if value is None:
        _settle(fact, run)
    elif type(value) is int and not -LIMIT <= value <= LIMIT:
        run.rejected[fact.id] = "fact_too_large"
        run.values[fact.id] = None
    else:
        run.values[fact.id] = value


def _stored(fact: Fact, read: Found) -> Step:
    name = fact.id

    def step(run: FactPass) -> None:
        value = read(run)
        if value is None:
            _settle(fact, run)
        else:
            run.values[name] = value

    return step


def _attribute(source: FromAttribute, as_of: int) -> Found:
    name = source.name
    match source.kind:
        case "attribute":
            return lambda run: run.subject.attributes.get(name)
        case "days_until":

            def days_until(run: FactPass) -> Plain | None:
                day = run.subject.attributes.get(name)
                return None if day is None else (int(day) - as_of) * ONE

            return days_until
        case "years_since":

            def years_since(run: FactPass) -> Plain | None:
                value = run.subject.attributes.get(name)
                if value is None:
                    return None
                day = int(value)
                years = full_years(day, as_of)
                run.change = min(run.change, anniversary(day, years + 1))
                return years * ONE

            return years_since
        case never:
            assert_never(never)


def _from_facts(fact: Fact, source: Ratio | Total) -> Step:
    parts = facts_read(source)
    combine = _combined(source)

    def step(run: FactPass) -> None:
        values = [run.values[part] for part in parts]
        if run.behind is not None:
            run.behind[fact.id] = tuple(dict.fromkeys(i for part in parts for i in run.behind.get(part, ())))
        if None in values:
            run.values[fact.id] = None
        else:
            _keep(fact, run, combine(values))

    return step


def _combined(source: Ratio | Total) -> Callable[[Any], int | None]:
    """What the values of the facts that a source is computed from come to."""
    match source:
        case Ratio(per=per):
            return lambda values: divide(per * values[0], values[1]) if values[1] else None
        case Total():
            return sum
        case never:
            assert_never(never)


def _from_records(fact: Fact, source: FromRecords, category: Category, where: Matches | None, as_of: int) -> Step:
    name, kind = fact.id, source.kind
    select = _select(source, where, as_of)
    value_of = _aggregate(source, as_of)
    empty = value_of([])
    collected = _collected(category.id, as_of) if category.not_collected else None
    absence_counts = category.not_collected and kind in ("count", "exists", "sum", "tally")
    keep = _keep if kind in ("sum", "tally") else None  # nothing else grows beyond what a number can be
    place_of = place_finder(source.tally) if source.tally else None

    def step(run: FactPass) -> None:
        records = run.records.get(category.id)
        counted = select(run, records) if records is not None else _NOTHING
        value = value_of(counted) if counted else empty
        if collected is not None and not collected(run) and absence_counts:
            value = None
        if run.behind is not None:
            run.behind[name] = tuple([record.id for record in counted])
            if place_of is not None:
                run.branches[name] = tuple([place_of(record) for record in counted])
        if value is None:
            _settle(fact, run)
        elif keep is not None:
            keep(fact, run, value)
        else:
            run.values[name] = value

    return step


_NOTHING: list[Record] = []


def _collected(category: str, as_of: int) -> Callable[[FactPass], bool]:
    """Whether there is a record up to the as-of date at all; if not, the first one to come will change that."""

    def collected(run: FactPass) -> bool:
        first = min((record.date for record in run.records.get(category, ())), default=NEVER)
        if first > as_of:
            run.change = min(run.change, first)
        return first <= as_of

    return collected


def _select(source: FromRecords, where: Matches | None, as_of: int) -> Select:
    """The records that count on the as-of date; the run learns when one next begins or ceases to."""
    window, repaired = source.window, source.include_repaired
    shift = 1 if source.category == PREVIOUS else 0  # an own earlier result counts from the day after
    floor = window.floor(as_of) if window else 0
    last = min(window.last(floor, as_of) if window else as_of, as_of - shift)

    def select(run: FactPass, records: list[Record]) -> list[Record]:
        counted: list[Record] = []
        change = run.change
        earliest = NEVER
        for record in records:
            ends = record.last_day_repaired if repaired else record.last_day
            date = record.date
            if ends < as_of or date <= floor or (where is not None and not where(record)):
                continue
            if record.this_run:
                if date <= last:
                    counted.append(record)
                continue
            if date > last:
                begins = _begins(date, shift, ends)
                if begins < change:
                    change = begins
                continue
            counted.append(record)
            if date < earliest:
                earliest = date
            if ends + 1 < change:
                change = ends + 1
        if earliest < NEVER and window is not None:
            # Windows slide, so the earliest leaves first; those of one calendar period leave together.
            leaves = window.span(earliest)[1] + 1
            if leaves < change:
                change = leaves
        run.change = change
        return counted

    def _begins(date: int, shift: int, ends: int) -> int:
        """The first day on which a record will count; NEVER where none comes."""
        begins, window_ends = window.span(date) if window else (date, NEVER)
        begins = max(begins, date + shift)
        return begins if begins <= min(ends, window_ends) else NEVER

    return select


def _newest(records: list[Record]) -> Record:
    return max(records, key=lambda record: (record.date, record.id))


def _aggregate(source: FromRecords, as_of: int) -> Callable[[list[Record]], Plain | None]:
    match source.kind:
        case "count":
            return lambda records: len(records) * ONE
        case "exists":
            return bool
        case "days_since":
            return lambda records: (as_of - max(r.date for r in records)) * ONE if records else None
        case "latest":
            return _latest(source.field or "")
        case "mean":
            return _mean(source.field or "", source.weighted_by)
        case "sum":
            return _folded(source.field or "", sum, 0)
        case "tally":
            assert source.tally is not None
            return compile_tally(source.tally)
        case "max":
            return _folded(source.field or "", max, None)
        case "min":
            return _folded(source.field or "", min, None)
        case never:
            assert_never(never)


def _latest(field: str) -> Callable[[list[Record]], Plain | None]:
    def latest(records: list[Record]) -> Plain | None:
        having = [record for record in records if field in record.fields]
        return _newest(having).fields[field] if having else None

    return latest


def _folded(field: str, fold: Any, empty: int | None) -> Callable[[list[Record]], Plain | None]:
    """All values of a field made one; `empty` where there are none."""

    def folded(records: list[Record]) -> Plain | None:
        values = [record.fields[field] for record in records if field in record.fields]
        return fold(values) if values else empty

    return folded


def _mean(field: str, weighted_by: str | None) -> Callable[[list[Record]], Plain | None]:
    def mean(records: list[Record]) -> Plain | None:
        total = weights = 0
        for record in records:
            value = record.fields.get(field)
            weight = ONE if weighted_by is None else record.fields.get(weighted_by)
            if value is not None and weight is not None:
                total += int(value) * int(weight)
                weights += int(weight)
        return divide(total, weights) if weights else None

    return mean
