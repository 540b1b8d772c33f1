"""What must hold of the solver's names for them to stand for a given subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3
from z3 import ExprRef as Term

from engine.evaluating.conditions import compile_where
from engine.evaluating.symbolic.arithmetic import Amount
from engine.evaluating.symbolic.conditions import Texts, Value, as_amount, as_term, number_of
from engine.evaluating.symbolic.facts import Facts, World
from engine.evaluating.symbolic.quotients import repaired
from engine.evaluating.symbolic.records import Cell, Cells, RecordCells
from engine.evaluating.tally import place_finder
from engine.model.condition import Plain
from engine.model.subject import Record, Subject


def as_value(plain: Plain, texts: Texts) -> Value:
    """A fact's value as a constant of the solver."""
    if isinstance(plain, bool):
        return z3.BoolVal(plain)
    return Amount(1, z3.IntVal(plain)) if isinstance(plain, int) else z3.IntVal(number_of(plain, texts))


def is_value(value: Value, plain: Plain, texts: Texts) -> Term:
    """That a fact has a value."""
    right = as_value(plain, texts)
    return value.term == as_amount(right).term if isinstance(value, Amount) else value == as_term(right)


def encoded(world: World, subject: Subject) -> Iterator[Term]:
    """The counts, amounts and attributes of a subject; every record that counts is in just one cell."""
    yield world.members == len(subject.members)
    for name, attribute in world.attributes.items():
        there = name in subject.attributes
        yield attribute.there == z3.BoolVal(there)
        if there:
            value = subject.attributes[name]
            if isinstance(value, int) and not isinstance(value, bool):
                yield attribute.value == value // attribute.held.unit
            else:
                yield attribute.value == as_term(as_value(value, world.texts))
    for name, cells in world.records.items():
        yield from _records(world, cells, [record for record in subject.records if record.category == name])


def _records(world: World, cells: Cells, records: list[Record]) -> Iterator[Term]:
    yield cells.collected == any(record.date <= world.as_of for record in records)
    inside: dict[str, list[Record]] = {cell.name: [] for cell in cells.cells}
    summed = {name for cell in cells.cells for name in cell.amounts}
    for record in records:
        chosen = frozenset(at for selection, at in cells.selections.items() if _counts(world, selection, record))
        if chosen:
            fitting = [cell for cell in cells.cells if cell.selections == chosen and _fits(cells, cell, record, summed)]
            assert len(fitting) == 1, (record, chosen, fitting)
            inside[fitting[0].name].append(record)
    for cell in cells.cells:
        yield from _cell(world, cell, inside[cell.name], cells.ordered)


def _counts(world: World, selection: Any, record: Record) -> bool:
    ends = record.last_day_repaired if selection.repaired else record.last_day
    inside = selection.floor < record.date <= selection.last and ends >= world.as_of
    return inside and (selection.where is None or compile_where(selection.where)(record))


def _fits(cells: Cells, cell: Cell, record: Record, summed: set[str]) -> bool:
    """Whether a cell is that of a record, by its day and by the values of the fields and tallies that matter."""
    if cells.ordered and not cell.first <= record.date <= cell.last:
        return False
    if any(tally.values[place_finder(tally)(record)] != value for tally, value in cell.values.items()):
        return False
    return all(_holds(cell.held[name], record.fields.get(name)) for name in summed)


def _holds(held: RecordCells, value: Plain | None) -> bool:
    if value is None or not held.there:
        return value is None and not held.there
    if held.beside is not None:
        return value not in held.beside
    if held.values:
        return value in held.values
    return held.unit * held.low <= int(value) <= held.unit * held.high


def _cell(world: World, cell: Cell, records: list[Record], ordered: bool) -> Iterator[Term]:
    yield cell.count == len(records)
    if not records:
        return
    newest = max(records, key=lambda record: (record.date, record.id))
    if ordered:
        yield cell.day == newest.date
    for name, amounts in cell.amounts.items():
        values = [record.fields[name] for record in records]
        unit = cell.held[name].unit
        pairs = ((amounts.newest, newest.fields[name]), *_folded(amounts, values))
        for term, value in pairs:
            if term is not None:
                plain = isinstance(value, int) and not isinstance(value, bool)
                yield term == (value // unit if plain else as_term(as_value(value, world.texts)))
    for (field, weight), term in cell.products.items():
        total = sum(int(record.fields[field]) * int(record.fields[weight]) for record in records)
        yield term == total // cell.held[field].unit // cell.held[weight].unit


def _folded(amounts: Any, values: list[Any]) -> Iterator[tuple[Term, Any]]:
    yield from (
        (term, fold(values))
        for term, fold in ((amounts.greatest, max), (amounts.least, min), (amounts.sum, sum))
        if term is not None
    )


def allowed(world: World, terms: Facts, subject: Subject, values: dict[str, Plain]) -> bool:
    """Whether the solver allows a subject to have the facts that it has."""
    solver = z3.Solver()
    solver.add(world.rules)
    solver.add(list(encoded(world, subject)))
    solver.add([z3.Not(rejects) for rejects in terms[1].values()])
    solver.add([is_value(terms[0][name], value, world.texts) for name, value in values.items()])
    while solver.check() == z3.sat:
        rules = repaired(world.quotients, solver.model(), whatever=True)
        if not rules:
            return True
        solver.add(rules)
    return False
