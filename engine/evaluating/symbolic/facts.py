"""Facts for the solver: terms over all subjects that the catalogue allows, shared by the versions that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, assert_never

import z3
from msgspec import Struct, field
from msgspec.structs import replace

from engine.evaluating.symbolic.arithmetic import (
    ZERO,
    Amount,
    Term,
    add,
    all_hold,
    any_holds,
    choose,
    compare,
    constant,
)  # fmt: skip
from engine.evaluating.symbolic.conditions import Texts, Value, number_of
from engine.evaluating.symbolic.cut_points import cut_points, exact
from engine.evaluating.symbolic.quotients import Quotient, cut, in_order
from engine.evaluating.symbolic.records import MANY, Cell, Cells, RecordCells, bounds, cells, domain, selection
from engine.model.catalogue import Attribute, Field
from engine.model.library import fact_order
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, full_years, minus_months
from engine.model.policy import (
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
    prefix: str = ""
    texts: Texts = field(default_factory=dict)
    rules: list[Term] = field(default_factory=list)
    attributes: dict[str, FactTerms] = field(default_factory=dict)
    records: dict[str, Cells] = field(default_factory=dict)
    members: Term = None
    quotients: list[Quotient] = field(default_factory=list)
    years: dict[str, Term] = field(default_factory=dict)
    apart: dict[str, set[int]] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    beside: World | None = None


Facts = tuple[dict[str, Value], dict[str, Term]]
"""The values, and for those that can reject, when they do."""


def world(models: Sequence[Of], as_of: int, prefix: str = "", beside: World | None = None) -> World:
    """The subjects that these models can be asked about; those beside others have a prefix of their own."""
    made = World(as_of, models, prefix, beside.texts if beside else {}, members=z3.Int(f"{prefix}members"), beside=beside)
    made.rules += [made.members >= 0, made.members <= MANY]
    for _, model in models:
        cut_points(model, made.apart)
        made.exact |= exact(model)
    sources: dict[str, list[tuple[FromRecords, Of]]] = {}
    for policy, model in models:
        for fact in model.facts.values():
            match fact.source:
                case FromAttribute(_, name) if name not in made.attributes:
                    made.attributes[name] = _given(made, policy.attributes[name])
                case FromRecords(_, category):
                    sources.setdefault(category, []).append((fact.source, (policy, model)))
                case FromAttribute() | Ratio() | Total() | MemberCount():
                    pass
                case never:
                    assert_never(never)
    for name, read in sources.items():
        fields: dict[str, Field] = {}
        for _, (policy, _) in read:
            fields |= policy.categories[name].fields
        known = replace(read[-1][1][0].categories[name], fields=fields)
        chosen = [(source, selection(source, *of, as_of)) for source, of in read]
        made.records[name], rules = cells(known, chosen, made.texts, prefix)
        made.rules += rules
    return made


def _given(made: World, attribute: Attribute) -> FactTerms:
    name, one = f"{made.prefix}{attribute.id}", attribute.field
    there = z3.Bool(f"{name} there")
    if one.type == "boolean":
        return FactTerms(attribute, there, z3.Bool(name), RecordCells(values=(True, False)))
    if one.type == "text":
        held = RecordCells(values=one.one_of) if one.one_of else RecordCells(beside=())
    else:
        held = RecordCells(True, *bounds(one))
    value = z3.Int(name)
    made.rules.append(domain(value, held, made.texts))
    return FactTerms(attribute, there, value, held)


def facts(
    made: World, policy: Policy, model: Model, instead: Mapping[str, Callable[[Value], Value]] | None = None
) -> Facts:  # fmt: skip
    """The facts of one of the world's models; what is found for some of them may be put otherwise."""
    values: dict[str, Value] = {}
    rejects: dict[str, Term] = {}
    for name in fact_order(model):
        fact = model.facts[name]
        there, value = _found(made, policy, model, fact, values)
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
                values[name] = _or_else(there, value, _plain(plain, made.texts))
        if reasons:
            rejects[name] = any_holds(reasons)
    return values, rejects


def _or_else(there: Term, value: Value, other: Value) -> Value:
    if isinstance(value, Amount):
        return choose([(there, value)], other)
    return z3.If(there, value, other)


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
        case Ratio() | Total() | FromRecords("sum"):
            return True
        case FromRecords() | FromAttribute() | MemberCount():
            return False
        case never:
            assert_never(never)


def _found(made: World, policy: Policy, model: Model, fact: Fact, values: Mapping[str, Value]) -> tuple[Term, Value]:
    """Whether anything is found for a fact, and what."""
    always = z3.BoolVal(True)
    match fact.source:
        case FromAttribute(kind, name):
            given = made.attributes[name]
            return given.there, _of_attribute(made, given, kind, fact.id)
        case Ratio(of, to, per):
            dividend, divisor = values[of], values[to]
            there = z3.Not(compare("is", divisor, 0))
            less = compare("below", divisor, 0)
            top, bottom = (z3.If(less, -one.count, one.count) for one in (dividend, divisor))
            return there, _quotient(made, Amount(per * dividend.unit, top), Amount(divisor.unit or 1, bottom), fact.id)
        case Total(parts):
            return always, add([values[part] for part in parts])
        case MemberCount():
            return always, Amount(ONE, made.members)
        case FromRecords():
            return _from_records(made, policy, model, fact.source, fact.id)
        case never:
            assert_never(never)


def _of_attribute(made: World, given: FactTerms, kind: AttributeReading, name: str) -> Value:
    match kind:
        case "attribute":
            number = given.attribute.field.type in ("integer", "number")
            return Amount(given.held.unit, given.value) if number else given.value
        case "days_until":
            return Amount(ONE, given.value - made.as_of)
        case "years_since":
            return Amount(ONE, _years(made, given, name))
        case never:
            assert_never(never)


def _from_records(made: World, policy: Policy, model: Model, source: FromRecords, name: str) -> tuple[Term, Value]:
    records = made.records[source.category]
    chosen = records.selections[selection(source, policy, model, made.as_of)]
    read = [cell for cell in records.cells if chosen in cell.selections]
    match source.kind:
        case "exists":
            return _collected(records), any_holds(cell.count > 0 for cell in read)
        case "count":
            return _collected(records), Amount(ONE, _sum([cell.count for cell in read]))
        case "days_since":
            there = any_holds(cell.count > 0 for cell in read)
            return there, Amount(ONE, made.as_of - _of_newest(read, [cell.day for cell in read]))
        case "sum" | "mean" | "latest" | "max" | "min" as kind:
            return _of_field(made, source, kind, read, name)
        case never:
            assert_never(never)


def _of_field(
    made: World, source: FromRecords, aggregate: OnField, read: Sequence[Cell], name: str
) -> tuple[Term, Value]:  # fmt: skip
    """What the values of a field come to."""
    records = made.records[source.category]
    field_name = source.field or ""
    having = [cell for cell in read if field_name in cell.amounts]
    there = any_holds(cell.count > 0 for cell in having)
    kind = records.category.fields[field_name].type
    unit = ONE if kind == "integer" else 1
    match aggregate:
        case "sum":
            total = Amount(unit, _sum([z3.If(cell.count > 0, cell.amounts[field_name].sum, 0) for cell in having]))
            return _collected(records), total
        case "mean":
            return _mean(made, source, having, unit, name)
        case "latest":
            value = _of_newest(having, [cell.amounts[field_name].newest for cell in having], kind)
            return there, Amount(unit, value) if kind in ("integer", "number") else value
        case "max" | "min":
            return there, Amount(unit, _extreme(aggregate, having, field_name))
        case never:
            assert_never(never)


def _collected(records: Cells) -> Term:
    return records.collected if records.category.not_collected else z3.BoolVal(True)


def _sum(terms: Sequence[Term]) -> Term:
    return z3.Sum(list(terms)) if terms else z3.IntVal(0)


def _of_newest(read: Sequence[Cell], terms: Sequence[Term], kind: str = "") -> Term:
    """The term of the cell that has the newest record; of those of one day, of the last cell."""
    found = z3.BoolVal(False) if kind == "boolean" else z3.IntVal(0)
    for at, (cell, term) in reversed(list(enumerate(zip(read, terms, strict=True)))):
        others = [(place, other) for place, other in enumerate(read) if place != at and other.first == cell.first]
        beaten = (
            z3.Or(other.count == 0, other.day < cell.day, z3.And(other.day == cell.day, z3.BoolVal(place < at)))
            for place, other in others
        )
        found = z3.If(all_hold([cell.count > 0, *beaten]), term, found)
    return found


def _extreme(kind: Literal["max", "min"], having: Sequence[Cell], name: str) -> Term:
    """The greatest or least; of each cell in turn, where it has records, the better."""
    found: Term = None
    there: Term = None
    for cell in having:
        term = cell.amounts[name].greatest if kind == "max" else cell.amounts[name].least
        if found is None:
            found, there = term, cell.count > 0
            continue
        better = term > found if kind == "max" else term < found
        found = z3.If(z3.And(cell.count > 0, z3.Or(z3.Not(there), better)), term, found)
        there = z3.Or(there, cell.count > 0)
    return z3.IntVal(0) if found is None else found


def _mean(made: World, source: FromRecords, having: Sequence[Cell], unit: int, name: str) -> tuple[Term, Value]:
    field_name, weight = str(source.field), source.weighted_by
    if weight is not None:
        having = [cell for cell in having if weight in cell.amounts]
    if not having:
        return z3.BoolVal(False), ZERO
    count = _sum([cell.count for cell in having])
    if weight is None:
        top = _sum([z3.If(cell.count > 0, cell.amounts[field_name].sum, 0) for cell in having])
        bottom = count
    else:
        top = _sum([z3.If(cell.count > 0, cell.products[field_name, weight], 0) for cell in having])
        bottom = _sum([z3.If(cell.count > 0, cell.amounts[weight].sum, 0) for cell in having])
    found = _quotient(made, Amount(unit, top), Amount(1, bottom), name)
    held = [cell.held[field_name] for cell in having]
    made.rules += [
        z3.Implies(bottom > 0, z3.And(found.term >= unit * min(one.low for one in held), found.term <= unit * max(one.high for one in held))),
        *(
            z3.Implies(z3.And(count == 1, cell.count == 1, bottom > 0), found.term == unit * _only(cell, field_name))
            for cell in having
        ),
    ]  # fmt: skip
    return bottom > 0, found


def _only(cell: Cell, name: str) -> Term:
    """What the only record of a cell holds."""
    amounts = cell.amounts[name]
    return amounts.sum if amounts.newest is None else amounts.newest


def _quotient(made: World, dividend: Amount, divisor: Amount, name: str) -> Amount:
    """The rounded quotient as a number of its own, told apart where the models' comparisons do."""
    for one in made.quotients:
        if one.dividend.term.eq(dividend.term) and one.divisor.term.eq(divisor.term):
            found = one
            break
    else:
        term = z3.Int(f"{made.prefix}quotient {len(made.quotients)}")
        found = Quotient(term, dividend, divisor, set(), name in made.exact)
        others = made.beside.quotients if made.beside else []
        made.rules += [rule for one in (*made.quotients, *others) for rule in (*in_order(one, found), *in_order(found, one))]
        made.quotients.append(found)
    cuts = {0, LIMIT + 1, -LIMIT, *made.apart.get(name, ())} - found.cuts
    found.cuts.update(cuts)
    made.rules += cut(found, cuts)
    return Amount(1, found.term)


def _years(made: World, given: FactTerms, name: str) -> Term:
    """Full years since a day, told apart where the models' comparisons do, and about right elsewhere."""
    key = given.attribute.id
    elapsed = made.as_of - given.value
    if key not in made.years:
        years = made.years[key] = z3.Int(f"{made.prefix}{key} years")
        made.rules += [
            z3.Implies(years >= 0, z3.And(365 * years <= elapsed, elapsed < 366 * years + 366)),
            z3.Implies(years < 0, z3.And(366 * years <= elapsed, elapsed < 365 * years + 365)),
        ]
    years = made.years[key]
    for edge in sorted({-(-edge // ONE) for edge in made.apart.get(name, ())}):
        made.rules.append((years >= edge) == (given.value <= _last_day(made.as_of, edge)))
    return years


def _last_day(as_of: int, years: int) -> int:
    """The last day since which there are at least so many full years; 0 where there is none."""
    if not -7000 < years < 7000:
        return 0 if years > 0 else NEVER
    day = minus_months(as_of, 12 * years)
    while day and day + 1 < NEVER and full_years(day + 1, as_of) >= years:
        day += 1
    return day
