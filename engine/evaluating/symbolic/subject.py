"""A solution as a subject whose records really have its facts, as far as that can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from z3 import ExprRef as Term
from z3 import ModelRef as Solution

from engine.evaluating.symbolic.facts import FactTerms, World
from engine.evaluating.symbolic.records import Cell, Cells, another, bounds, certain
from engine.model.catalogue import NUMERIC, Category, Field
from engine.model.condition import Plain
from engine.model.subject import Record, Subject


def subject(world: World, solution: Solution, name: str = "S1") -> Subject:
    """The subject of a solution, which names the models of the world."""
    _, model = world.models[-1]
    attributes = {
        attribute.attribute.id: _attribute(world, solution, attribute)
        for attribute in world.attributes.values()
        if solution.eval(attribute.there, model_completion=True)
    }
    records: list[Record] = []
    for cells in world.records.values():
        records += _records(world, solution, cells, len(records))
    members = tuple(f"M{number + 1}" for number in range(_number(solution, world.members)))
    named = tuple(dict.fromkeys(f"{policy.id}/{model.id}" for policy, model in world.models))
    return Subject(name, model.kind, named, None, attributes, tuple(records), members)


def _number(solution: Solution, term: Term) -> int:
    return int(solution.eval(term, model_completion=True).as_long())


def _text(world: World, number: int) -> str:
    known = next((text for text, place in world.texts.items() if place == number), None)
    return another(world.texts) + str(number) if known is None else known


def _plain(world: World, solution: Solution, term: Term, kind: str, unit: int) -> Plain:
    value = solution.eval(term, model_completion=True)
    if kind == "boolean":
        return bool(value)
    return _text(world, value.as_long()) if kind == "text" else unit * int(value.as_long())


def _attribute(world: World, solution: Solution, attribute: FactTerms) -> Plain:
    return _plain(world, solution, attribute.value, attribute.attribute.field.type, attribute.held.unit)


def _records(world: World, solution: Solution, cells: Cells, before: int) -> Iterator[Record]:
    """The records of a category, in the order of their cells, so that of one day the last cell's is the newest."""
    count = before
    for cell in cells.cells:
        many = _number(solution, cell.count)
        columns = {name: list(_column(world, solution, cells, cell, name, many)) for name in _named(cell, cells.category)}
        for at in range(many):
            count += 1
            fields = {name: column[at] for name, column in columns.items()}
            yield _record(world, solution, cells, cell, fields, count)
    if cells.category.not_collected and count == before and solution.eval(cells.collected, model_completion=True):
        fields = {
            name: _any(field, cells.category.derived) for name, field in cells.category.fields.items() if not field.optional
        }
        yield Record(f"R{count + 1:04d}", cells.category.id, world.as_of, fields, status="revoked")


def _named(cell: Cell, category: Category) -> list[str]:
    """The fields that a record of the cell has."""
    return [
        name for name, field in category.fields.items() if (cell.held[name].there if name in cell.held else not field.optional)
    ]


def _record(
    world: World, solution: Solution, cells: Cells, cell: Cell, fields: Mapping[str, Plain], number: int
) -> Record:  # fmt: skip
    day = _number(solution, cell.day) if cells.ordered else cell.last
    held = cell.held.get("source")
    source = str(held.example) if held and held.there and "source" not in cells.category.fields else None
    if cell.repaired:
        repaired_on = world.as_of
        return Record(f"R{number:04d}", cells.category.id, day, fields, None, source, "repaired", repaired_on)
    return Record(f"R{number:04d}", cells.category.id, day, fields, None, source)


def _column(world: World, solution: Solution, cells: Cells, cell: Cell, name: str, many: int) -> Iterator[Plain]:
    """What the records of a cell hold in a field, the newest last."""
    field = cells.category.fields[name]
    if name not in cell.amounts:
        yield from [cell.held[name].example if name in cell.held else _any(field, cells.category.derived)] * many
        return
    if field.type not in NUMERIC:
        yield from [_plain(world, solution, certain(cell.amounts[name].newest), field.type, 1)] * many
        return
    held, amounts = cell.held[name], cell.amounts[name]
    weights = [weight for field_name, weight in cell.products if field_name == name]
    if weights and many > 1:  # a mean by weight, of which all may be the same
        by = _number(solution, certain(cell.amounts[weights[0]].sum)) or 1
        yield from [held.unit * (_number(solution, cell.products[name, weights[0]]) // by)] * many
        return
    newest, greatest, least, total = (
        None if term is None else _number(solution, term)
        for term in (amounts.newest, amounts.greatest, amounts.least, amounts.sum)
    )
    low = held.low if least is None else least
    high = held.high if greatest is None else greatest
    yield from (held.unit * number for number in spread(many, low, high, (least, greatest), newest, total))


def spread(
    many: int, low: int, high: int, there: Sequence[int | None], newest: int | None, total: int | None
) -> list[int]:  # fmt: skip
    """So many numbers in low..high, some of which are there, with this last one and this sum, as far as it can be.

    >>> spread(4, 1, 9, (1, 9), 5, 20)
    [1, 9, 5, 5]
    >>> spread(2, 0, 100, (None, None), None, 7)
    [3, 4]
    """
    last = [newest] if newest is not None else []
    fixed: list[int] = []
    for number in there:
        if number is not None and number not in (*fixed, *last) and len(fixed) + len(last) < many:
            fixed.append(number)
    left = many - len(fixed) - len(last)
    rest = min(max(low, 0), high) * left if total is None else total - sum(fixed) - sum(last)
    free: list[int] = []
    for at in range(left):
        free.append(min(max(rest // (left - at), low), high))
        rest -= free[-1]
    return [*fixed, *free, *last][-many:] if many else []


def _any(field: Field, derived: bool) -> Plain:
    """Something that a field nobody looks at may hold."""
    if field.type == "boolean":
        return False
    if field.type == "text":
        return field.one_of[0] if field.one_of else another(())
    unit, low, high = bounds(field, derived)
    return 738000 if field.type == "date" else unit * min(max(low, 0), high)
