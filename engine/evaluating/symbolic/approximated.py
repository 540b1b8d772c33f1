"""Facts of which the solver knows bounds: by a subject's own period, by the newest records, by what counts once.

Whatever a subject's fact is, the terms allow it, so that what holds of all terms holds of all subjects. They may allow more:
a subject that is found is evaluated before it is shown, and the terms are exact where its records are few, or all of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, all_hold, any_holds
from engine.evaluating.symbolic.conditions import Texts, Value, as_term
from engine.evaluating.symbolic.records import Cell, Cells, domain
from engine.model.catalogue import NUMERIC
from engine.model.number import ONE
from engine.model.period import NEVER, OwnPeriod
from engine.model.policy import FromRecords


class Approximated(Struct, frozen=True):
    """Whether anything is found, and what; `rules` hold of it always, `plain` ones where a subject can be made of a solution."""

    there: Term
    value: Value
    rules: list[Term]
    plain: list[Term]


class KeptRecords(Struct, frozen=True):
    """Of each cell that `newest` chooses from, how many records it keeps, and whether it keeps all that there are."""

    counts: dict[str, Term]
    all_there: Term
    rules: list[Term]
    plain: list[Term]


def is_approximated(source: FromRecords) -> bool:
    """Whether which records count depends on more than their own days and fields."""
    return source.own_period is not None or source.newest is not None or source.once_per is not None


def kept_records(name: str, base: Sequence[Cell], newest: int) -> KeptRecords:
    """What `newest` keeps of cells, newest first: an older record only where all newer ones are kept."""
    counts = {cell.name: z3.Int(f"{name} kept of {cell.name}") for cell in base}
    there, newer = z3.Sum([cell.count for cell in base]), z3.Sum(list(counts.values()))
    rules = [z3.And(counts[cell.name] >= 0, counts[cell.name] <= cell.count) for cell in base]
    rules.append(newer == z3.If(there <= newest, there, z3.IntVal(newest)))
    plain: list[Term] = []
    for at, cell in enumerate(base):
        for place, other in enumerate(base):
            older = z3.Implies(counts[cell.name] > 0, counts[other.name] == other.count)
            if other.first > cell.last:
                rules.append(older)
            elif other.first == cell.first and place != at:  # in a subject that is made, a cell's records are of one day
                plain.append(z3.Implies(z3.Or(cell.day < other.day, z3.And(cell.day == other.day, place > at)), older))
    return KeptRecords(counts, there <= newest, rules, plain)


def approximated(
    name: str, source: FromRecords, records: Cells, read: Sequence[Cell], exact: tuple[Term, Value],
    among: KeptRecords | None, period_there: Term | None, texts: Texts,
) -> Approximated:  # fmt: skip
    """A source over the cells that it reads; `exact` is what it came to if all their records counted."""
    all_there, all_value = exact
    having = [cell for cell in read if source.field is None or source.field in cell.amounts]
    most = [cell.count if among is None or source.own_period is not None else among.counts[cell.name] for cell in having]
    value, rules = _value(name, source, records, having, all_value, texts)
    plain: list[Term] = []
    there = z3.Bool(f"{name} there")
    nothing = z3.Sum(most) == 0 if most else z3.BoolVal(True)
    if source.kind in ("count", "exists", "sum", "tally"):
        there = all_there
        rules.append(z3.Implies(nothing, _same(value, _empty(value))))
    else:
        rules += [z3.Implies(there, all_there), z3.Implies(nothing, z3.Not(there))]
        if source.own_period is None:
            rules.append(z3.Or(nothing, there, z3.BoolVal(source.kind == "mean")))
    whole = z3.And(there == all_there, z3.Or(z3.Not(there), _same(value, all_value)))
    if isinstance(value, Amount) and isinstance(all_value, Amount) and _grows(source, records):
        rules.append(value.term <= all_value.term)
    if source.kind == "count" and isinstance(value, Amount) and most:
        rules.append(value.count <= z3.Sum(most))
        if source.once_per is None and source.own_period is None:
            rules.append(value.count == z3.Sum(most))
    counted = _few(source, having)
    if among is not None:
        rules += among.rules
        plain += among.plain
        counted = [*counted, among.all_there]
    if source.own_period is None:
        rules.append(z3.Implies(all_hold(counted), whole))
        rules.append(_at_least_one(source, value, nothing))
        if source.once_per is not None:
            plain.append(_as_made(source, records, having, most, value, whole))
    else:
        never_missing = source.kind in ("count", "exists", "sum", "tally")
        plain.append(_of_today(source.own_period, value, there, whole, counted, never_missing))
    if period_there is not None:
        there = z3.And(there, period_there)
    return Approximated(there, value, rules, plain)


def _value(
    name: str, source: FromRecords, records: Cells, having: Sequence[Cell], exact: Value, texts: Texts
) -> tuple[Value, list[Term]]:
    """A term of the source's type, and what it may be."""
    match source.kind:
        case "count":
            count = z3.Int(name)
            return Amount(ONE, count), [count >= 0]
        case "exists":
            truth = z3.Bool(name)
            return truth, [z3.Implies(truth, any_holds(cell.count > 0 for cell in having))]
        case "days_since":
            days = z3.Int(name)
            return Amount(ONE, days), [days >= 0, days < NEVER]
        case "sum":
            return Amount(exact.unit if isinstance(exact, Amount) and exact.unit else 1, z3.Int(name)), []
        case "tally":
            return _of_tally(name, source, having, exact)
        case "max" | "min" | "latest" | "mean":
            return _of_field(name, source, records, having, texts)
        case never:
            assert_never(never)


def _of_field(name: str, source: FromRecords, records: Cells, having: Sequence[Cell], texts: Texts) -> tuple[Value, list[Term]]:
    """One of the values of a field, or for `mean` anything between them."""
    field = source.field or ""
    kind = records.category.fields[field].type
    if kind not in NUMERIC:
        term = z3.Bool(name) if kind == "boolean" else z3.Int(name)
        return term, [any_holds([*(domain(term, cell.held[field], texts) for cell in having), z3.BoolVal(not having)])]
    unit = ONE if kind == "integer" and source.kind != "mean" else 1
    number = z3.Int(name)
    if not having:
        return Amount(unit, number), []
    lows, highs = zip(*((cell.held[field].low, cell.held[field].high) for cell in having), strict=True)
    own = having[0].held[field].unit // unit
    return Amount(unit, number), [number >= min(lows) * own, number <= max(highs) * own]


def _of_tally(name: str, source: FromRecords, having: Sequence[Cell], exact: Value) -> tuple[Value, list[Term]]:
    """The sum of the values of some of the records."""
    assert source.tally is not None
    values = [(cell.values[source.tally], cell.count) for cell in having]
    least = [value * count for value, count in values if value < 0]
    most = [value * count for value, count in values if value > 0]
    total = Amount(exact.unit if isinstance(exact, Amount) and exact.unit else 1, z3.Int(name))
    zero = z3.IntVal(0)
    return total, [total.term >= z3.Sum([*least, zero]), total.term <= z3.Sum([*most, zero])]


def _same(value: Value, other: Value) -> Term:
    if isinstance(value, Amount):
        assert isinstance(other, Amount)
        return value.term == other.term
    return as_term(value) == as_term(other)


def _empty(value: Value) -> Value:
    """What a count, a sum or whether there is one comes to without records."""
    return Amount(1, z3.IntVal(0)) if isinstance(value, Amount) else z3.BoolVal(False)


def _grows(source: FromRecords, records: Cells) -> bool:
    """Whether fewer records never make more."""
    if source.kind == "sum":
        lowest = records.category.fields[source.field or ""].at_least
        return lowest is not None and lowest >= 0
    return source.kind == "count" or (source.tally is not None and min(source.tally.values) >= 0)


def _few(source: FromRecords, having: Sequence[Cell]) -> list[Term]:
    """That there is at most one record, of which nothing can count once with it."""
    return [z3.Sum([cell.count for cell in having]) <= 1] if source.once_per is not None and having else []


def _at_least_one(source: FromRecords, value: Value, nothing: Term) -> Term:
    """What counts once counts."""
    if source.kind == "count" and isinstance(value, Amount):
        return z3.Or(nothing, value.count >= 1)
    if source.kind == "exists":
        return z3.Or(nothing, as_term(value))
    return z3.BoolVal(True)


def _as_made(
    source: FromRecords, records: Cells, having: Sequence[Cell], most: Sequence[Term], value: Value, whole: Term
) -> Term:  # fmt: skip
    """A subject is made with one text in the field that nothing asks for, or without the field where it is optional."""
    alone: list[Term] = []
    together: dict[object, list[Term]] = {}
    field = records.category.fields[str(source.once_per)]
    for cell, count in zip(having, most, strict=True):
        held = cell.held.get(str(source.once_per))
        if (held is None and field.optional) or (held is not None and not held.there):
            alone.append(count)
        else:
            together.setdefault(None if held is None else held.example, []).append(count)
    if source.kind == "count" and isinstance(value, Amount):
        groups = [z3.If(z3.Sum(counts) > 0, z3.IntVal(1), z3.IntVal(0)) for counts in together.values()]
        return value.count == z3.Sum([*alone, *groups, z3.IntVal(0)])
    return z3.And(whole, *(z3.Sum(counts) <= 1 for counts in together.values()))


def _of_today(
    period: OwnPeriod, value: Value, there: Term, whole: Term, counted: Sequence[Term], never_missing: bool
) -> Term:  # fmt: skip
    """A subject is made with records of today: all are in the period of today, none in the one before it."""
    if period.back == 0:
        return z3.And(all_hold(counted), whole)
    return _same(value, _empty(value)) if never_missing else z3.Not(there)
