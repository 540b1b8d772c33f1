"""Records for the solver: those of a category in cells of records that count for the same facts, each with how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

import z3
from msgspec import Struct, field
from msgspec.structs import replace

from engine.evaluating.symbolic.arithmetic import Term, all_hold, any_holds
from engine.evaluating.symbolic.conditions import Texts, known_names, number_of
from engine.model.catalogue import NUMERIC, PREVIOUS, SOURCE_FIELD, Category, Field
from engine.model.condition import AllOf, Comparison, Condition, Plain, tests
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER
from engine.model.policy import FromRecords, Model, Policy
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

    newest: Term = None
    greatest: Term = None
    least: Term = None
    sum: Term = None


class Cell(Struct, frozen=True):
    """So many records dated in `first`..`last` that hold the same; `day` is that of the newest, where the order matters."""

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


class Cells(Struct):
    """The records of a category, newest cells first; `collected` says whether there is one at all."""

    category: Category
    selections: dict[Selection, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    collected: Term = None
    ordered: bool = False


def selection(source: FromRecords, policy: Policy, model: Model, as_of: int) -> Selection:
    """The selection of a fact; of earlier results only the model's own are seen, from the day after."""
    window, where, shift = source.window, source.where, 0
    if source.category == PREVIOUS:
        own = (Comparison("policy", "is", policy.id), Comparison("model", "is", model.id))
        where, shift = AllOf((*own, where) if where else own), 1
    floor = window.floor(as_of) if window else 0
    last = window.last(floor, as_of) if window else as_of
    return Selection(floor, min(last, as_of - shift), where, source.include_repaired)


def cells(
    category: Category, sources: Sequence[tuple[FromRecords, Selection]], texts: Texts, prefix: str
) -> tuple[Cells, list[Term]]:
    """The cells of a category for the facts that read it, and what holds of their counts and amounts."""
    made = Cells(category, collected=z3.Bool(f"{prefix}{category.id} collected"))
    for _, one in sources:
        made.selections.setdefault(one, len(made.selections))
    read = [source for source, _ in sources]
    made.ordered = any(source.kind in ("latest", "days_since") for source in read)
    given: list[Term] = []
    for number, (span, repaired, held, chosen) in enumerate(_kinds_of_record(made, read)):
        cell, rules = _cell(f"{prefix}{category.id} {number}", span, repaired, held, chosen, read, category, texts)
        made.cells.append(cell)
        given += rules
    given.append(z3.Implies(any_holds(cell.count > 0 for cell in made.cells), made.collected))
    return made, given


def _kinds_of_record(
    made: Cells, read: Sequence[FromRecords]
) -> Iterator[tuple[tuple[int, int], bool, dict[str, RecordCells], frozenset[int]]]:
    """Each span of days, repaired or not, what fields hold, and the selections for which such a record counts."""
    selections = list(made.selections)
    several = (False, True) if any(one.repaired for one in selections) else (False,)
    summed = {name for source in read for name in (source.field, source.weighted_by) if name}
    groups = _groups(made.category, selections, summed)
    seen: set[object] = set()
    for first, last in _spans(selections):
        for repaired in several:
            for matched, held in groups:
                chosen = frozenset(
                    at
                    for at, one in enumerate(selections)
                    if matched[at] and one.floor < first and last <= one.last and (one.repaired or not repaired)
                )
                key = (chosen, tuple(held.get(name) for name in sorted(summed)), first if made.ordered else 0)
                if chosen and key not in seen:
                    seen.add(key)
                    yield (first, last), repaired, held, chosen


def most_in_a_span(read: Sequence[tuple[FromRecords, Policy, Model]]) -> int:
    """At most so many cells lie between two neighbouring bounds of windows, whatever the day, where facts read so."""
    selections = list(dict.fromkeys(selection(*one, as_of=NEVER - 1) for one in read))
    summed = {name for source, _, _ in read for name in (source.field, source.weighted_by) if name}
    fields: dict[str, Field] = {}
    for source, policy, _ in read:
        fields |= policy.categories[source.category].fields
    source, policy, _ = read[-1]
    category = replace(policy.categories[source.category], fields=fields)
    return 2 * len(_groups(category, selections, summed))


def _spans(selections: Sequence[Selection]) -> list[tuple[int, int]]:
    """Days between the bounds of all windows, newest first."""
    bounds = sorted({one.floor for one in selections} | {one.last for one in selections})
    return [(low + 1, high) for low, high in reversed(list(pairwise(bounds)))]


def _groups(
    category: Category, selections: Sequence[Selection], summed: set[str]
) -> list[tuple[list[bool], dict[str, RecordCells]]]:
    """What the fields that matter may hold, once for each way in which the selections see it."""
    compared = [test for one in selections if one.where for test in tests(one.where)]
    fields = {"source": SOURCE_FIELD, **category.fields}
    names = sorted({test.name for test in compared} | summed)
    found: list[tuple[list[Condition | bool], dict[str, RecordCells]]] = [([one.where or True for one in selections], {})]
    for name in names:
        parts = list(_parts(category, fields[name], [test for test in compared if test.name == name]))
        kept: dict[object, tuple[list[Condition | bool], dict[str, RecordCells]]] = {}
        for (wheres, held), part in product(found, parts):
            value = part.example if part.there else None
            left = [known_names(where, name, value) for where in wheres]
            now = {**held, name: part}
            kept.setdefault((*left, *(now.get(one) for one in sorted(summed))), (left, now))
        found = list(kept.values())
        if len(found) > MOST:
            raise NotModelled("too_many_cells")
    return [([where is True for where in wheres], held) for wheres, held in found]


def _parts(category: Category, one: Field, compared: Sequence[Comparison]) -> Iterator[RecordCells]:
    """The values of a field, apart wherever a test tells them apart."""
    operands = [
        operand for test in compared for operand in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
    ]
    match one.type:
        case "boolean" if compared:
            yield from (RecordCells(values=(truth,)) for truth in (True, False))
        case "boolean":
            yield RecordCells(values=(True, False))
        case "text":
            named = tuple(dict.fromkeys(operand for operand in operands if isinstance(operand, str)))
            if one.one_of and compared:
                yield from (RecordCells(values=(text,)) for text in one.one_of)
            elif one.one_of:
                yield RecordCells(values=one.one_of)
            else:
                yield from (RecordCells(values=(text,)) for text in named)
                yield RecordCells(beside=named)
        case _:
            yield from _ranges(*bounds(one, category.derived), {edge for test in compared for edge in edges(test)})
    if one.optional:
        yield ABSENT


def _ranges(unit: int, low: int, high: int, apart: set[int]) -> Iterator[RecordCells]:
    begins = [low, *sorted(at for at in {-(-edge // unit) for edge in apart} if low < at <= high)]
    yield from (RecordCells(True, unit, begin, end - 1) for begin, end in pairwise([*begins, high + 1]))


def bounds(one: Field, derived: bool = False) -> tuple[int, int, int]:
    """The unit of a number or date, the least and the greatest in it; the score of an evaluation is out of 100."""
    if one.type == "date":
        return 1, 1, NEVER - 1
    unit = ONE if one.type == "integer" else 1
    low = -LIMIT if one.at_least is None else one.at_least
    high = LIMIT if one.at_most is None else one.at_most
    if derived and one.at_most is None and one.at_least is None:
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
    read: Sequence[FromRecords], category: Category, texts: Texts,
) -> tuple[Cell, list[Term]]:  # fmt: skip
    count, day = z3.Int(name), z3.Int(f"{name} day")
    rules = [count >= 0, count <= MANY, span[0] <= day, day <= span[1]]
    amounts: dict[str, Amounts] = {}
    for field_name in sorted({one for source in read for one in (source.field, source.weighted_by) if one}):
        if held[field_name].there:
            kind = category.fields[field_name].type
            asked = _asked(read, field_name)
            amounts[field_name], more = _amounts(f"{name} {field_name}", held[field_name], kind, asked, count, texts)
            rules += more
    products: dict[tuple[str, str], Term] = {}
    for source in read:
        if source.weighted_by and source.field in amounts and source.weighted_by in amounts:
            pair = (str(source.field), source.weighted_by)
            products[pair] = z3.Int(f"{name} {' x '.join(pair)}")
            one, weights = held[pair[0]], amounts[pair[1]].sum
            rules += [one.low * weights <= products[pair], products[pair] <= one.high * weights]
    return Cell(name, *span, repaired, held, chosen, count, day, amounts, products), rules


def _asked(read: Sequence[FromRecords], name: str) -> set[str]:
    """Which amounts of a field the facts ask for."""
    kinds = {source.kind if source.weighted_by is None else "latest" for source in read if source.field == name}
    found = {{"latest": "newest", "max": "greatest", "min": "least", "mean": "sum"}.get(kind, kind) for kind in kinds}
    return found | {"sum" for source in read if source.weighted_by == name}


def _amounts(name: str, held: RecordCells, kind: str, asked: set[str], count: Term, texts: Texts) -> tuple[Amounts, list[Term]]:
    if kind not in NUMERIC:
        newest = z3.Bool(name) if kind == "boolean" else z3.Int(name)
        return Amounts(newest), [domain(newest, held, texts)]
    terms = {what: z3.Int(f"{name} {what}") for what in sorted(asked)}
    found = Amounts(**terms)
    total, single = terms.pop("sum", None), list(terms.values())
    rules = [z3.And(held.low <= term, term <= held.high) for term in single]
    rules += [z3.Implies(count == 1, one == other) for one, other in pairwise(single)]
    newest, greatest, least = found.newest, found.greatest, found.least
    rules += [low <= high for low, high in ((least, newest), (newest, greatest), (least, greatest)) if _both(low, high)]
    if _both(least, greatest) and newest is not None:
        rules.append(z3.Implies(count == 2, z3.Or(newest == least, newest == greatest)))
    if total is not None:
        rules += [total >= held.low * count, total <= held.high * count]
        rules += [z3.Implies(count == 1, total == term) for term in single]
        for term in single:
            rest = total - term
            rules.append(z3.Implies(count > 1, z3.And(rest >= held.low * (count - 1), rest <= held.high * (count - 1))))
        for many in range(2, FEW):
            bounded = [total <= many * greatest] if greatest is not None else []
            bounded += [total >= many * least] if least is not None else []
            rules += [z3.Implies(count == many, one) for one in bounded]
        if _both(least, greatest):
            rest = total - least - greatest
            rules.append(z3.Implies(count > 1, z3.And(rest >= held.low * (count - 2), rest <= held.high * (count - 2))))
    return found, rules


def _both(one: Term, other: Term) -> bool:
    return one is not None and other is not None


def domain(value: Term, held: RecordCells, texts: Texts) -> Term:
    """What a text, truth or number may be."""
    if held.beside is not None:
        return all_hold([value >= 0, *(value != number_of(text, texts) for text in held.beside)])
    if held.values:
        if isinstance(held.values[0], bool):
            return any_holds(value if one else z3.Not(value) for one in held.values)
        return any_holds(value == number_of(str(one), texts) for one in held.values)
    return z3.And(held.low <= value, value <= held.high)
