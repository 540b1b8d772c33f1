"""Records for the solver: those of a category in cells of records that count for the same facts, each with how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

import z3
from msgspec import Struct, field
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import all_hold, any_holds
from engine.evaluating.symbolic.conditions import Texts, known_names, number_of
from engine.evaluating.symbolic.tally import Remaining, TallyReading, known_tally, whole_tally
from engine.model.catalogue import NUMERIC, PREVIOUS, SOURCE_FIELD, Category, Field
from engine.model.condition import AllOf, Comparison, Condition, Plain, tests
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, OwnPeriod, TimeSpan, Window
from engine.model.policy import FromRecords, Model, Policy, Tally
from engine.model.proof import Reason

MOST = 2_000
"""Ways in which the records of one category may differ to the facts, beyond which it is not modelled."""

FEW = 8
"""Of fewer records the sum is held to the greatest and the least of them."""

MANY = 1_000_000
"""Nobody has more records of one kind, or more members."""


class NotModelled(Exception):
    """A policy that the solver is not asked about."""

    def __init__(self, code: Reason) -> None:
        super().__init__(code)
        self.code = code


class RecordCells(Struct, frozen=True):
    """What a field holds: nothing, a number in low..high units, one of some texts or truths, or a text beside some."""

    there: bool = True
    unit: int = 1
    low: int = 0
    high: int = 0
    values: tuple[Plain, ...] = ()
    beside: tuple[str, ...] | None = None

    @property
    def example(self) -> Plain:
        """The number nearest to 0, the first value, or a text that is none of the others."""
        if self.beside is not None:
            return another(self.beside)
        if self.values:
            return self.values[0]
        return self.unit * min(max(self.low, 0), self.high)


ABSENT = RecordCells(there=False)


def another(texts: Iterable[str]) -> str:
    """A text that is none of these."""
    text = "其他"
    while text in texts:
        text += "他"
    return text


class Selection(Struct, frozen=True):
    """The records that some facts read in common: dated after `floor` up to `last`."""

    floor: int
    last: int
    where: Condition | None
    repaired: bool


class Amounts(Struct, frozen=True):
    """Of a field in a cell, in units, as far as facts ask: of the newest record, the greatest, the least, the sum of all."""

    newest: Term | None = None
    greatest: Term | None = None
    least: Term | None = None
    sum: Term | None = None


def certain(amount: Term | None) -> Term:
    """An amount that a fact asks for, and that is therefore there."""
    assert amount is not None
    return amount


class Cell(Struct, frozen=True):
    """So many records dated in `first`..`last` that hold the same; `day` is that of the newest, where the order matters.

    `values` says what each tally that reads them gives each of them.
    """

    name: str
    first: int
    last: int
    repaired: bool
    held: Mapping[str, RecordCells]
    selections: frozenset[int]
    count: Term
    day: Term
    amounts: Mapping[str, Amounts]
    products: Mapping[tuple[str, str], Term]
    values: Mapping[Tally, int]


class Cells(Struct):
    """The records of a category, newest cells first; `collected` says whether there is one at all."""

    category: Category
    collected: Term
    selections: dict[Selection, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    ordered: bool = False


def selection(source: FromRecords, policy: Policy, model: Model, as_of: int) -> Selection:
    """The selection of a fact; of earlier results only the model's own are seen, from the day after.

    What `newest` and `once_per` leave out is in it, and so is what a subject's own period does.
    """
    window, where, shift = None if source.own_period else source.window, source.where, 0
    if source.category == PREVIOUS:
        own = (Comparison("policy", "is", policy.id), Comparison("model", "is", model.id))
        where, shift = AllOf((*own, where) if where else own), 1
    floor, last = window_days(window, source.before, as_of)
    return Selection(floor, min(last, as_of - shift), where, source.include_repaired)


def window_days(window: TimeSpan | None, before: Window | None, as_of: int) -> tuple[int, int]:
    """The day before the first one that is looked at, and the last one; all for a subject's own period."""
    dated = None if isinstance(window, OwnPeriod) else window
    floor = dated.floor(as_of) if dated else 0
    last = dated.last(floor, as_of) if dated else as_of
    return floor, last if before is None else min(last, before.floor(as_of))


def cells(
    category: Category, sources: Sequence[tuple[FromRecords, Selection]], texts: Texts, prefix: str
) -> tuple[Cells, list[Term]]:
    """The cells of a category for the facts that read it, and what holds of their counts and amounts."""
    known = Cells(category, z3.Bool(f"{prefix}{category.id} collected"))
    for _, selected in sources:
        known.selections.setdefault(selected, len(known.selections))
    read = [source for source, _ in sources]
    known.ordered = any(source.kind in ("latest", "days_since") or source.newest is not None for source in read)
    all_rules: list[Term] = []
    for number, (span, repaired, held, chosen, values) in enumerate(_kinds_of_record(known, read, _tallies(known, sources))):
        cell, rules = _cell(f"{prefix}{category.id} {number}", span, repaired, held, chosen, values, read, category, texts)
        known.cells.append(cell)
        all_rules += rules
    all_rules.append(z3.Implies(any_holds(cell.count > 0 for cell in known.cells), known.collected))
    return known, all_rules


def _tallies(known: Cells, sources: Sequence[tuple[FromRecords, Selection]]) -> list[TallyReading]:
    """Each tally that reads the category, with the selections that it reads."""
    by_tally: dict[Tally, set[int]] = {}
    for source, selected in sources:
        if source.tally is not None:
            by_tally.setdefault(source.tally, set()).add(known.selections[selected])
    return [TallyReading(tally, frozenset(chosen)) for tally, chosen in by_tally.items()]


def _kinds_of_record(
    known: Cells, read: Sequence[FromRecords], tallies: Sequence[TallyReading]
) -> Iterator[tuple[tuple[int, int], bool, dict[str, RecordCells], frozenset[int], dict[Tally, int]]]:
    """Each span of days, repaired or not, what fields hold, the selections for which such a record counts, and the values
    that tallies give it there.
    """
    selections = list(known.selections)
    several = (False, True) if any(selection.repaired for selection in selections) else (False,)
    summed = {name for source in read for name in (source.field, source.weighted_by) if name}
    groups = _groups(known.category, selections, summed, tallies)
    seen: set[object] = set()
    for first, last in _spans(selections):
        for repaired in several:
            for matched, held, given_values in groups:
                chosen = frozenset(
                    at
                    for at, selection in enumerate(selections)
                    if matched[at]
                    and selection.floor < first
                    and last <= selection.last
                    and (selection.repaired or not repaired)
                )
                values = {
                    reading.tally: value
                    for reading, value in zip(tallies, given_values, strict=True)
                    if reading.selections & chosen
                }
                key = (
                    chosen,
                    tuple(held.get(name) for name in sorted(summed)),
                    first if known.ordered else 0,
                    tuple(values.items()),
                )
                if chosen and key not in seen:
                    seen.add(key)
                    yield (first, last), repaired, held, chosen, values


def most_in_a_span(read: Sequence[tuple[FromRecords, Policy, Model]]) -> int:
    """At most so many cells lie between two neighbouring bounds of windows, whatever the day, where facts read so."""
    chosen = [(source, selection(source, policy, model, NEVER - 1)) for source, policy, model in read]
    selections = list(dict.fromkeys(selected for _, selected in chosen))
    summed = {name for source, _, _ in read for name in (source.field, source.weighted_by) if name}
    fields: dict[str, Field] = {}
    for source, policy, _ in read:
        fields |= policy.categories[source.category].fields
    source, policy, _ = read[-1]
    category = replace(policy.categories[source.category], fields=fields)
    known = Cells(category, z3.BoolVal(True), {selected: number for number, selected in enumerate(selections)})
    return 2 * len(_groups(category, selections, summed, _tallies(known, chosen)))


def _spans(selections: Sequence[Selection]) -> list[tuple[int, int]]:
    """Days between the bounds of all windows, newest first."""
    bounds = sorted({selection.floor for selection in selections} | {selection.last for selection in selections})
    return [(low + 1, high) for low, high in reversed(list(pairwise(bounds)))]


class _Way(Struct, frozen=True):
    """What fields hold, and what is left of the selections and, where any selection still reads it, of each tally."""

    wheres: tuple[Condition | bool, ...]
    tallies: tuple[Remaining | None, ...]
    held: Mapping[str, RecordCells]


def _groups(
    category: Category, selections: Sequence[Selection], summed: set[str], tallies: Sequence[TallyReading]
) -> list[tuple[list[bool], dict[str, RecordCells], list[int]]]:
    """What the fields that matter may hold, once for each way in which the selections and tallies see it."""
    compared = [test for selection in selections if selection.where for test in tests(selection.where)]
    compared += [test for reading in tallies for branch in reading.tally.branches for test in tests(branch.where)]
    fields = {"source": SOURCE_FIELD, **category.fields}
    names = sorted({test.name for test in compared} | summed)
    whole = tuple(whole_tally(reading.tally) for reading in tallies)
    ways = [_Way(tuple(selection.where or True for selection in selections), whole, {})]
    for name in names:
        parts = list(_parts(category, fields[name], [test for test in compared if test.name == name]))
        distinct: dict[object, _Way] = {}
        for way, part in product(ways, parts):
            now = _known(way, name, part, tallies)
            distinct.setdefault((now.wheres, now.tallies, *(now.held.get(field) for field in sorted(summed))), now)
        ways = list(distinct.values())
        if len(ways) > MOST:
            raise NotModelled("too_many_cells")
    return [
        ([where is True for where in way.wheres], dict(way.held), [left[0][1] if left else 0 for left in way.tallies])
        for way in ways
    ]


def _known(way: _Way, name: str, part: RecordCells, tallies: Sequence[TallyReading]) -> _Way:
    """What is left where a field holds this."""
    value = part.example if part.there else None
    wheres = tuple(known_names(where, name, value) for where in way.wheres)
    left = tuple(
        known_tally(remaining, name, value) if remaining and any(wheres[at] for at in reading.selections) else None
        for remaining, reading in zip(way.tallies, tallies, strict=True)
    )
    return _Way(wheres, left, {**way.held, name: part})


def _parts(category: Category, field: Field, compared: Sequence[Comparison]) -> Iterator[RecordCells]:
    """The values of a field, apart wherever a test tells them apart."""
    operands = [
        operand for test in compared for operand in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
    ]
    match field.type:
        case "boolean" if compared:
            yield from (RecordCells(values=(truth,)) for truth in (True, False))
        case "boolean":
            yield RecordCells(values=(True, False))
        case "text":
            named = tuple(dict.fromkeys(operand for operand in operands if isinstance(operand, str)))
            if field.one_of and compared:
                yield from (RecordCells(values=(text,)) for text in field.one_of)
            elif field.one_of:
                yield RecordCells(values=field.one_of)
            else:
                yield from (RecordCells(values=(text,)) for text in named)
                yield RecordCells(beside=named)
        case _:
            yield from _ranges(*bounds(field, category.derived), {edge for test in compared for edge in edges(test)})
    if field.optional:
        yield ABSENT


def _ranges(unit: int, low: int, high: int, apart: set[int]) -> Iterator[RecordCells]:
    begins = [low, *sorted(at for at in {-(-edge // unit) for edge in apart} if low < at <= high)]
    yield from (RecordCells(True, unit, begin, end - 1) for begin, end in pairwise([*begins, high + 1]))


def bounds(field: Field, derived: bool = False) -> tuple[int, int, int]:
    """The unit of a number or date, the least and the greatest in it; the score of an evaluation is out of 100."""
    if field.type == "date":
        return 1, 1, NEVER - 1
    unit = ONE if field.type == "integer" else 1
    low = -LIMIT if field.at_least is None else field.at_least
    high = LIMIT if field.at_most is None else field.at_most
    if derived and field.at_most is None and field.at_least is None:
        low, high = 0, 100 * ONE
    return unit, -(-low // unit), high // unit


def edges(test: Comparison) -> Iterator[int]:
    """The numbers that a test may tell from those before them."""
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    for operand in operands:
        if isinstance(operand, int) and not isinstance(operand, bool):
            if test.operator in ("at_least", "below", "is", "is_not", "one_of", "none_of"):
                yield operand
            if test.operator in ("above", "at_most", "is", "is_not", "one_of", "none_of"):
                yield operand + 1


def _cell(
    name: str, span: tuple[int, int], repaired: bool, held: Mapping[str, RecordCells], chosen: frozenset[int],
    values: Mapping[Tally, int], read: Sequence[FromRecords], category: Category, texts: Texts,
) -> tuple[Cell, list[Term]]:  # fmt: skip
    count, day = z3.Int(name), z3.Int(f"{name} day")
    rules = [count >= 0, count <= MANY, span[0] <= day, day <= span[1]]
    amounts: dict[str, Amounts] = {}
    for field_name in sorted({name_read for source in read for name_read in (source.field, source.weighted_by) if name_read}):
        if held[field_name].there:
            kind = category.fields[field_name].type
            amounts_read = _amounts_read(read, field_name)
            amounts[field_name], more = _amounts(f"{name} {field_name}", held[field_name], kind, amounts_read, count, texts)
            rules += more
    products: dict[tuple[str, str], Term] = {}
    for source in read:
        if source.weighted_by and source.field in amounts and source.weighted_by in amounts:
            pair = (str(source.field), source.weighted_by)
            products[pair] = z3.Int(f"{name} {' x '.join(pair)}")
            weighed, weights = held[pair[0]], certain(amounts[pair[1]].sum)
            rules += [weighed.low * weights <= products[pair], products[pair] <= weighed.high * weights]
    return Cell(name, *span, repaired, held, chosen, count, day, amounts, products, values), rules


def _amounts_read(read: Sequence[FromRecords], name: str) -> set[str]:
    """Which amounts of a field the facts ask for."""
    kinds = {source.kind if source.weighted_by is None else "latest" for source in read if source.field == name}
    names = {{"latest": "newest", "max": "greatest", "min": "least", "mean": "sum"}.get(kind, kind) for kind in kinds}
    return names | {"sum" for source in read if source.weighted_by == name}


def _amounts(name: str, held: RecordCells, kind: str, names: set[str], count: Term, texts: Texts) -> tuple[Amounts, list[Term]]:
    if kind not in NUMERIC:
        newest = z3.Bool(name) if kind == "boolean" else z3.Int(name)
        return Amounts(newest), [domain(newest, held, texts)]
    terms = {what: z3.Int(f"{name} {what}") for what in sorted(names)}
    amounts = Amounts(**terms)
    total, single = amounts.sum, [term for what, term in terms.items() if what != "sum"]
    rules = [z3.And(held.low <= term, term <= held.high) for term in single]
    rules += [z3.Implies(count == 1, left == right) for left, right in pairwise(single)]
    least, greatest = amounts.least, amounts.greatest
    for low, high in ((least, amounts.newest), (amounts.newest, greatest), (least, greatest)):
        if low is not None and high is not None:
            rules.append(low <= high)
    if least is not None and greatest is not None and amounts.newest is not None:
        rules.append(z3.Implies(count == 2, z3.Or(amounts.newest == least, amounts.newest == greatest)))
    if total is not None:
        rules += [total >= held.low * count, total <= held.high * count]
        rules += [z3.Implies(count == 1, total == term) for term in single]
        for term in single:
            rest = total - term
            rules.append(z3.Implies(count > 1, z3.And(rest >= held.low * (count - 1), rest <= held.high * (count - 1))))
        for many in range(2, FEW):
            bounded = [total <= many * greatest] if greatest is not None else []
            bounded += [total >= many * least] if least is not None else []
            rules += [z3.Implies(count == many, bound) for bound in bounded]
        if least is not None and greatest is not None:
            rest = total - least - greatest
            rules.append(z3.Implies(count > 1, z3.And(rest >= held.low * (count - 2), rest <= held.high * (count - 2))))
    return amounts, rules


def domain(value: Term, held: RecordCells, texts: Texts) -> Term:
    """What a text, truth or number may be."""
    if held.beside is not None:
        return all_hold([value >= 0, *(value != number_of(text, texts) for text in held.beside)])
    if held.values:
        if isinstance(held.values[0], bool):
            return any_holds(value if truth else z3.Not(value) for truth in held.values)
        return any_holds(value == number_of(str(text), texts) for text in held.values)
    return z3.And(held.low <= value, value <= held.high)
