"""Facts for the solver: terms over all subjects that the catalogue allows, shared by the versions that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, assert_never

import z3
from msgspec import Struct, field
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.symbolic.approximated import Approximated, approximated, is_approximated, kept_records
from engine.evaluating.symbolic.arithmetic import ZERO, Amount, add, all_hold, any_holds, choose, compare, constant  # fmt: skip
from engine.evaluating.symbolic.conditions import Texts, Value, as_amount, as_term, number_of
from engine.evaluating.symbolic.cut_points import cut_points, exact
from engine.evaluating.symbolic.quotients import Quotient, cut, in_order
from engine.evaluating.symbolic.records import MANY, Cell, Cells, RecordCells, bounds, cells, certain, domain, selection
from engine.model.catalogue import PREVIOUS, Attribute, Field
from engine.model.digest import canonical
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, OwnPeriod, full_years, minus_months
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
    Total,
    UseFact,
)  # fmt: skip

Of = tuple[Policy, Model]
LAST_LEVEL_TERM = "last level"
"""Among the values the number of the last level's name, or -1 where there is none; no fact has such a name."""

OnField = Literal["sum", "mean", "latest", "max", "min"]


class FactTerms(Struct, frozen=True):
    """An attribute: whether the subject has it, and its value (a day, units of a number, a truth, the number of a text)."""

    attribute: Attribute
    there: Term
    value: Term
    held: RecordCells


class World(Struct):
    """All subjects as of a day, as far as some models look at them; `rules` hold of each."""

    as_of: int
    models: Sequence[Of]
    members: Term
    prefix: str = ""
    texts: Texts = field(default_factory=dict)
    rules: list[Term] = field(default_factory=list)
    attributes: dict[str, FactTerms] = field(default_factory=dict)
    records: dict[str, Cells] = field(default_factory=dict)
    quotients: list[Quotient] = field(default_factory=list)
    years: dict[str, Term] = field(default_factory=dict)
    apart: dict[str, set[int]] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    beside: World | None = None
    approximated: dict[str, Approximated] = field(default_factory=dict)


Facts = tuple[dict[str, Value], dict[str, Term]]
"""The values, and for those that can reject, when they do."""


def world(models: Sequence[Of], as_of: int, prefix: str = "", beside: World | None = None) -> World:
    """The subjects that these models can be asked about; those beside others have a prefix of their own."""
    whole = World(as_of, models, z3.Int(f"{prefix}members"), prefix, beside.texts if beside else {}, beside=beside)
    whole.rules += [whole.members >= 0, whole.members <= MANY]
    for _, model in models:
        cut_points(model, whole.apart)
        whole.exact |= exact(model)
    sources: dict[str, list[tuple[FromRecords, Of]]] = {}
    for policy, model in models:
        for fact in model.facts.values():
            match fact.source:
                case FromAttribute(_, name) if name not in whole.attributes:
                    whole.attributes[name] = _attribute_terms(whole, policy.attributes[name])
                case FromRecords(_, category):
                    own = fact.source.own_period
                    if own is not None and own.attribute not in whole.attributes:
                        whole.attributes[own.attribute] = _attribute_terms(whole, policy.attributes[own.attribute])
                    sources.setdefault(category, []).append((fact.source, (policy, model)))
                case FromAttribute() | Ratio() | Total() | MemberCount():
                    pass
                case never:
                    assert_never(never)
        if model.reads_last_level:
            sources.setdefault(LAST_LEVEL.category, []).append((LAST_LEVEL, (policy, model)))
    for name, read in sources.items():
        fields: dict[str, Field] = {}
        for _, (policy, _) in read:
            fields |= policy.categories[name].fields
        known = replace(read[-1][1][0].categories[name], fields=fields)
        chosen = [(source, selection(source, *of, as_of)) for source, of in read]
        chosen += [
            (replace(source, tally=None), selection(replace(source, where=None), *of, as_of))
            for source, of in read
            if source.newest is not None
        ]
        whole.records[name], rules = cells(known, chosen, whole.texts, prefix)
        whole.rules += rules
    return whole


def _attribute_terms(world: World, attribute: Attribute) -> FactTerms:
    name, field = f"{world.prefix}{attribute.id}", attribute.field
    there = z3.Bool(f"{name} there")
    if field.type == "boolean":
        return FactTerms(attribute, there, z3.Bool(name), RecordCells(values=(True, False)))
    if field.type == "text":
        held = RecordCells(values=field.one_of) if field.one_of else RecordCells(beside=())
    else:
        held = RecordCells(True, *bounds(field))
    value = z3.Int(name)
    world.rules.append(domain(value, held, world.texts))
    return FactTerms(attribute, there, value, held)


def facts(
    world: World, policy: Policy, model: Model, instead: Mapping[str, Callable[[Value], Value]] | None = None
) -> Facts:  # fmt: skip
    """The facts of one of the world's models; what is found for some of them may be put otherwise."""
    values: dict[str, Value] = {}
    rejects: dict[str, Term] = {}
    for name in fact_order(model):
        fact = model.facts[name]
        there, value = _source_terms(world, policy, model, fact, values)
        if instead and name in instead:
            value = instead[name](value)
        reasons = []
        if isinstance(value, Amount) and _may_grow(fact):
            reasons.append(z3.And(there, z3.Or(compare("above", value, LIMIT), compare("below", value, -LIMIT))))
        match fact.if_missing:
            case None:
                values[name] = value
            case RejectMissing():
                reasons.append(z3.Not(there))
                values[name] = value
            case UseFact(other):
                values[name] = _or_else(there, value, values[other])
            case plain:
                values[name] = _or_else(there, value, _plain(plain, world.texts))
        if reasons:
            rejects[name] = any_holds(reasons)
    if model.reads_last_level:
        there, level = _from_records(world, policy, model, LAST_LEVEL, LAST_LEVEL_TERM)
        values[LAST_LEVEL_TERM] = z3.If(there, as_term(level), -1)
    return values, rejects


def _or_else(there: Term, value: Value, other: Value) -> Value:
    if isinstance(value, Amount):
        return choose([(there, value)], as_amount(other))
    return z3.If(there, value, as_term(other))


def _plain(plain: object, texts: Texts) -> Value:
    match plain:
        case bool():
            return z3.BoolVal(plain)
        case int():
            return constant(plain)
        case _:
            return z3.IntVal(number_of(str(plain), texts))


def _may_grow(fact: Fact) -> bool:
    """Whether it may be more than a number of the language can be."""
    match fact.source:
        case Ratio() | Total() | FromRecords("sum" | "tally"):
            return True
        case FromRecords() | FromAttribute() | MemberCount():
            return False
        case never:
            assert_never(never)


def _source_terms(world: World, policy: Policy, model: Model, fact: Fact, values: Mapping[str, Value]) -> tuple[Term, Value]:
    """Whether anything is found for a fact, and what."""
    always = z3.BoolVal(True)
    match fact.source:
        case FromAttribute(kind, name):
            attribute = world.attributes[name]
            return attribute.there, _of_attribute(world, attribute, kind, fact.id)
        case Ratio(of, to, per):
            dividend, divisor = as_amount(values[of]), as_amount(values[to])
            there = z3.Not(compare("is", divisor, 0))
            less = compare("below", divisor, 0)
            top, bottom = (z3.If(less, -amount.count, amount.count) for amount in (dividend, divisor))
            return there, _quotient(world, Amount(per * dividend.unit, top), Amount(divisor.unit or 1, bottom), fact.id)
        case Total(parts):
            return always, add([as_amount(values[part]) for part in parts])
        case MemberCount():
            return always, Amount(ONE, world.members)
        case FromRecords():
            return _from_records(world, policy, model, fact.source, fact.id)
        case never:
            assert_never(never)


def _of_attribute(world: World, terms: FactTerms, kind: AttributeReading, name: str) -> Value:
    match kind:
        case "attribute":
            number = terms.attribute.field.type in ("integer", "number")
            return Amount(terms.held.unit, terms.value) if number else terms.value
        case "days_until":
            return Amount(ONE, terms.value - world.as_of)
        case "years_since":
            return Amount(ONE, _years(world, terms, name))
        case never:
            assert_never(never)


def _from_records(world: World, policy: Policy, model: Model, source: FromRecords, name: str) -> tuple[Term, Value]:
    records = world.records[source.category]
    read = _cells_of(world, policy, model, source)
    if not is_approximated(source):
        return _all_of(world, source, records, read, name)
    named = selection(source, policy, model, world.as_of).where if source.category == PREVIOUS else None
    key = f"{world.prefix}{source.category} {canonical(source)!r} {canonical(named)!r}"
    if key not in world.approximated:
        among = None
        if source.newest is not None:
            base = _cells_of(world, policy, model, replace(source, where=None))
            among = kept_records(key, base, source.newest)
        there = _period_there(world, source.own_period) if source.own_period else None
        exact = _all_of(world, source, records, read, name)
        known = approximated(key, source, records, read, exact, among, there, world.texts)
        world.approximated[key] = known
        world.rules += known.rules
    return world.approximated[key].there, world.approximated[key].value


def _cells_of(world: World, policy: Policy, model: Model, source: FromRecords) -> list[Cell]:
    """The cells whose records are in the selection of a source."""
    records = world.records[source.category]
    chosen = records.selections[selection(source, policy, model, world.as_of)]
    return [cell for cell in records.cells if chosen in cell.selections]


def _period_there(world: World, period: OwnPeriod) -> Term:
    """Whether a subject has the period that is looked at."""
    attribute = world.attributes[period.attribute]
    last = world.as_of if not period.back else minus_months(world.as_of, period.months)
    while last + 1 < NEVER and period.begins(last + 1) <= world.as_of:
        last += 1
    return z3.And(attribute.there, attribute.value <= last)


def _all_of(world: World, source: FromRecords, records: Cells, read: Sequence[Cell], name: str) -> tuple[Term, Value]:
    """What a source comes to where all records of some cells count."""
    match source.kind:
        case "exists":
            return _collected(records), any_holds(cell.count > 0 for cell in read)
        case "count":
            return _collected(records), Amount(ONE, _sum([cell.count for cell in read]))
        case "tally":
            return _collected(records), _tally(source, read)
        case "days_since":
            there = any_holds(cell.count > 0 for cell in read)
            return there, Amount(ONE, world.as_of - _of_newest(read, [cell.day for cell in read]))
        case "sum" | "mean" | "latest" | "max" | "min" as kind:
            return _of_field(world, source, kind, read, name)
        case never:
            assert_never(never)


def _of_field(
    world: World, source: FromRecords, aggregate: OnField, read: Sequence[Cell], name: str
) -> tuple[Term, Value]:  # fmt: skip
    """What the values of a field come to."""
    records = world.records[source.category]
    field_name = source.field or ""
    having = [cell for cell in read if field_name in cell.amounts]
    there = any_holds(cell.count > 0 for cell in having)
    kind = records.category.fields[field_name].type
    unit = ONE if kind == "integer" else 1
    match aggregate:
        case "sum":
            total = Amount(unit, _sum([z3.If(cell.count > 0, certain(cell.amounts[field_name].sum), 0) for cell in having]))
            return _collected(records), total
        case "mean":
            return _mean(world, source, having, unit, name)
        case "latest":
            value = _of_newest(having, [certain(cell.amounts[field_name].newest) for cell in having], kind)
            return there, Amount(unit, value) if kind in ("integer", "number") else value
        case "max" | "min":
            return there, Amount(unit, _extreme(aggregate, having, field_name))
        case never:
            assert_never(never)


def _collected(records: Cells) -> Term:
    return records.collected if records.category.not_collected else z3.BoolVal(True)


def _tally(source: FromRecords, read: Sequence[Cell]) -> Amount:
    """Of each cell as many times its value as there are records."""
    assert source.tally is not None
    values = [(cell.values[source.tally], cell.count) for cell in read]
    return add([Amount(abs(value), count if value > 0 else -count) for value, count in values if value])


def _sum(terms: Sequence[Term]) -> Term:
    return z3.Sum(list(terms)) if terms else z3.IntVal(0)


def _of_newest(read: Sequence[Cell], terms: Sequence[Term], kind: str = "") -> Term:
    """The term of the cell that has the newest record; of those of one day, of the last cell."""
    newest = z3.BoolVal(False) if kind == "boolean" else z3.IntVal(0)
    for at, (cell, term) in reversed(list(enumerate(zip(read, terms, strict=True)))):
        others = [(place, other) for place, other in enumerate(read) if place != at and other.first == cell.first]
        beaten = (
            z3.Or(other.count == 0, other.day < cell.day, z3.And(other.day == cell.day, z3.BoolVal(place < at)))
            for place, other in others
        )
        newest = z3.If(all_hold([cell.count > 0, *beaten]), term, newest)
    return newest


def _extreme(kind: Literal["max", "min"], having: Sequence[Cell], name: str) -> Term:
    """The greatest or least; of each cell in turn, where it has records, the better."""
    best: Term | None = None
    there: Term | None = None
    for cell in having:
        amounts = cell.amounts[name]
        term = certain(amounts.greatest if kind == "max" else amounts.least)
        if best is None or there is None:
            best, there = term, cell.count > 0
            continue
        better = term > best if kind == "max" else term < best
        best = z3.If(z3.And(cell.count > 0, z3.Or(z3.Not(there), better)), term, best)
        there = z3.Or(there, cell.count > 0)
    return z3.IntVal(0) if best is None else best


def _mean(world: World, source: FromRecords, having: Sequence[Cell], unit: int, name: str) -> tuple[Term, Value]:
    field_name, weight = str(source.field), source.weighted_by
    if weight is not None:
        having = [cell for cell in having if weight in cell.amounts]
    if not having:
        return z3.BoolVal(False), ZERO
    count = _sum([cell.count for cell in having])
    if weight is None:
        top = _sum([z3.If(cell.count > 0, certain(cell.amounts[field_name].sum), 0) for cell in having])
        bottom = count
    else:
        top = _sum([z3.If(cell.count > 0, cell.products[field_name, weight], 0) for cell in having])
        bottom = _sum([z3.If(cell.count > 0, certain(cell.amounts[weight].sum), 0) for cell in having])
    mean = _quotient(world, Amount(unit, top), Amount(1, bottom), name)
    held = [cell.held[field_name] for cell in having]
    world.rules += [
        z3.Implies(bottom > 0, z3.And(mean.term >= unit * min(values.low for values in held), mean.term <= unit * max(values.high for values in held))),
        *(
            z3.Implies(z3.And(count == 1, cell.count == 1, bottom > 0), mean.term == unit * _only(cell, field_name))
            for cell in having
        ),
    ]  # fmt: skip
    return bottom > 0, mean


def _only(cell: Cell, name: str) -> Term:
    """What the only record of a cell holds."""
    amounts = cell.amounts[name]
    return certain(amounts.sum if amounts.newest is None else amounts.newest)


def _quotient(world: World, dividend: Amount, divisor: Amount, name: str) -> Amount:
    """The rounded quotient as a number of its own, told apart where the models' comparisons do."""
    for quotient in world.quotients:
        if quotient.dividend.term.eq(dividend.term) and quotient.divisor.term.eq(divisor.term):
            known = quotient
            break
    else:
        term = z3.Int(f"{world.prefix}quotient {len(world.quotients)}")
        known = Quotient(term, dividend, divisor, set(), name in world.exact)
        others = world.beside.quotients if world.beside else []
        world.rules += [
            rule for other in (*world.quotients, *others) for rule in (*in_order(other, known), *in_order(known, other))
        ]
        world.quotients.append(known)
    cuts = {0, LIMIT + 1, -LIMIT, *world.apart.get(name, ())} - known.cuts
    known.cuts.update(cuts)
    world.rules += cut(known, cuts)
    return Amount(1, known.term)


def _years(world: World, attribute: FactTerms, name: str) -> Term:
    """Full years since a day, told apart where the models' comparisons do, and about right elsewhere."""
    key = attribute.attribute.id
    elapsed = world.as_of - attribute.value
    if key not in world.years:
        years = world.years[key] = z3.Int(f"{world.prefix}{key} years")
        world.rules += [
            z3.Implies(years >= 0, z3.And(365 * years <= elapsed, elapsed < 366 * years + 366)),
            z3.Implies(years < 0, z3.And(366 * years <= elapsed, elapsed < 365 * years + 365)),
        ]
    years = world.years[key]
    for edge in sorted({-(-edge // ONE) for edge in world.apart.get(name, ())}):
        world.rules.append((years >= edge) == (attribute.value <= _last_day(world.as_of, edge)))
    return years


def _last_day(as_of: int, years: int) -> int:
    """The last day since which there are at least so many full years; 0 where there is none."""
    if not -7000 < years < 7000:
        return 0 if years > 0 else NEVER
    day = minus_months(as_of, 12 * years)
    while day and day + 1 < NEVER and full_years(day + 1, as_of) >= years:
        day += 1
    return day
