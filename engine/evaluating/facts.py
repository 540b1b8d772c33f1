"""Facts: records and attributes to one value a name, as of a day, and the day on which that may change by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

from engine.evaluating.fact_pass import FactPass
from engine.evaluating.selection import Choose, Select, compile_selection, once_each
from engine.evaluating.tally import compile_tally
from engine.model.catalogue import Category
from engine.model.condition import Plain
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
from engine.model.subject import Record

Found = Callable[[FactPass], Plain | None]
Step = Callable[[FactPass], None]


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
    selections = {
        fact.id: compile_selection(policy, model, fact.source) for fact in facts if isinstance(fact.source, FromRecords)
    }

    def bind(as_of: int) -> list[Step]:
        return [_step(fact, policy.categories, selections, as_of) for fact in facts]

    return bind


def _step(fact: Fact, categories: Mapping[str, Category], selections: Mapping[str, Choose], as_of: int) -> Step:
    name, source = fact.id, fact.source
    match source:
        case FromRecords():
            return _from_records(fact, source, categories[source.category], selections[name](as_of), as_of)
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


def _from_records(fact: Fact, source: FromRecords, category: Category, select: Select, as_of: int) -> Step:
    name, kind = fact.id, source.kind
    by_period = source.own_period is not None  # so that a subject without records may have no period either
    value_of = _aggregate(source, as_of)
    empty = value_of([])
    collected = _collected(category.id, as_of) if category.not_collected else None
    absence_counts = category.not_collected and kind in ("count", "exists", "sum", "tally")
    keep = _keep if kind in ("sum", "tally") else None  # nothing else grows beyond what a number can be
    places = compile_tally(source.tally, source.once_per)[0] if source.tally else None
    empty_is_all = not by_period and collected is None  # of a subject without records, as most are of most categories

    def step(run: FactPass) -> None:
        records = run.records.get(category.id)
        if records is None and empty_is_all and empty is not None:
            run.values[name] = empty
            if run.behind is not None:
                run.behind[name] = ()
                if places is not None:
                    run.branches[name] = ()
            return
        counted = select(run, records or _NOTHING) if records is not None or by_period else _NOTHING
        value = value_of(counted) if counted else None if counted is None else empty
        if collected is not None and not collected(run) and absence_counts:
            value = None
        if run.behind is not None:
            run.behind[name] = tuple([record.id for record in counted]) if counted else ()
            if places is not None:
                run.branches[name] = tuple(places(counted or ()))
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


def _newest(records: list[Record]) -> Record:
    return max(records, key=lambda record: (record.date, record.id))


def _aggregate(source: FromRecords, as_of: int) -> Callable[[list[Record]], Plain | None]:
    match source.kind:
        case "count":
            if source.once_per is not None:
                return lambda records: len(once_each(records, source.once_per)) * ONE
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
            if source.once_per is not None:
                return _greatest_of_each(source.field or "", source.once_per)
            return _folded(source.field or "", sum, 0)
        case "tally":
            assert source.tally is not None
            return compile_tally(source.tally, source.once_per)[1]
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


def _greatest_of_each(field: str, once_per: str) -> Callable[[list[Record]], Plain | None]:
    """The sum of the greatest value of each group that counts once."""
    greatest = _folded(field, max, 0)
    return lambda records: sum(int(greatest(group) or 0) for group in once_each(records, once_per))


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
