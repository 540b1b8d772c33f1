"""Random subjects of a policy: numbers beside those that it names, days at the edges of its windows, some repaired or missing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from engine.model.catalogue import Category, Field, SubjectKind
from engine.model.condition import Plain, tests
from engine.model.number import ONE
from engine.model.period import Period, Window, minus_months
from engine.model.policy import FromRecords, Model, Policy
from engine.model.scoring import Bands, Each, FirstOf, line_begins
from engine.model.subject import Record, RecordStatus, Subject

DAYS = tuple(date.fromisoformat(day).toordinal() for day in ("2025-12-31", "2026-06-30", "2028-02-29", "2027-01-01"))


class Drawn(Struct):
    """What the subjects of a model are drawn from."""

    model: Model
    kind: SubjectKind
    categories: Sequence[Category]
    attributes: Sequence[tuple[str, Field]]
    numbers: Sequence[int]
    texts: Sequence[str]
    windows: Sequence[Window | Period]


def drawn(policy: Policy, model: Model) -> Drawn:
    categories = [
        policy.categories[name]
        for name in sorted({f.source.category for f in model.facts.values() if isinstance(f.source, FromRecords)})
    ]
    attributes = [(attribute.id, attribute.field) for attribute in policy.attributes.values() if model.kind in attribute.kinds]
    sources = [f.source for f in model.facts.values() if isinstance(f.source, FromRecords)]
    windows = [part for source in sources for part in (source.window, source.before) if isinstance(part, (Window, Period))]
    numbers, texts = {0, ONE, 100 * ONE}, {"甲"}
    for operand in _operands(model):
        if isinstance(operand, str):
            texts.add(operand)
        elif not isinstance(operand, bool):
            numbers |= {operand - 1, operand, operand + ONE, operand - ONE}
    return Drawn(model, model.kind, categories, attributes, sorted(numbers), sorted(texts), windows)


def _operands(model: Model) -> Iterator[Plain]:
    whens = [element.when for some in (model.vetoes, model.measures, model.not_evaluated) for element in some]
    whens += [f.source.where for f in model.facts.values() if isinstance(f.source, FromRecords) and f.source.where]
    whens += [when for when, _ in model.decisions.branches] if model.decisions else []
    for form in [*(indicator.form for indicator in model.indicators()), *(item.form for item in model.items())]:
        match form:
            case Each() as line:
                yield line_begins(line)
            case Bands(_, bands):
                yield from (band.threshold for band in bands)
            case FirstOf(branches):
                whens += [branch.when for branch in branches]
            case _:
                pass
    for test in (test for when in whens for test in tests(when)):
        match test.operand:
            case tuple(values):
                yield from values
            case int() | str() as value:
                yield value
            case _:
                pass


def subject(draw: random.Random, known: Drawn, as_of: int) -> Subject:
    good = draw.random()
    attributes = {name: _value(draw, field, known, as_of) for name, field in known.attributes if draw.random() < 0.85}
    records: list[Record] = []
    for category in known.categories:
        for _ in range(draw.choice((0, 0, 1, 1, 2, 4, 8)) if draw.random() < good else draw.choice((0, 0, 0, 1))):
            records.append(_record(draw, category, known, as_of, f"r{len(records)}"))
    members = tuple(f"m{n}" for n in range(draw.choice((0, 0, 3, 10))))
    return Subject("s", known.kind, (), None, attributes, tuple(records), members)


def _record(draw: random.Random, category: Category, known: Drawn, as_of: int, name: str) -> Record:
    day = _day(draw, known, as_of)
    status: RecordStatus = draw.choice(("valid",) * 6 + ("repaired", "revoked", "disputed"))
    repaired = max(day, as_of + draw.choice((-30, -1, 0, 1))) if status == "repaired" else None
    until = max(day, as_of + draw.choice((-1, 0, 1, 90))) if draw.random() < 0.15 else None
    fields = {
        key: _named(draw, key, field, known, as_of)
        for key, field in category.fields.items()
        if not field.optional or draw.random() < 0.7
    }
    return Record(name, category.id, day, fields, until, draw.choice((None, "市场监管局")), status, repaired)


def _named(draw: random.Random, name: str, field: Field, known: Drawn, as_of: int) -> Plain:
    if name == "score" and draw.random() < 0.5:
        return draw.randint(50, 100) * ONE
    return _value(draw, field, known, as_of)


def _value(draw: random.Random, field: Field, known: Drawn, as_of: int) -> Plain:
    match field.type:
        case "boolean":
            return draw.random() < 0.6
        case "date":
            return as_of - draw.choice((0, 1, 300, 364, 365, 366, 730, 731, 1500, 4000))
        case "text":
            return draw.choice(field.one_of or known.texts)
        case _:
            pass
    value = draw.choice(known.numbers) if draw.random() < 0.6 else draw.choice((1, 2, 3, 5, 10, 40, 90, 99, 100, 1000)) * ONE
    value = value // ONE * ONE if field.type == "integer" else value
    low, high = field.at_least, field.at_most
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def _day(draw: random.Random, known: Drawn, as_of: int) -> int:
    """Often the first or last day of a window, or one beside them."""
    if known.windows and draw.random() < 0.5:
        window = draw.choice(known.windows)
        return window.floor(as_of) + draw.choice((0, 1, 2))
    if draw.random() < 0.4:
        return minus_months(as_of, draw.choice((1, 3, 6, 12, 24, 36, 48, 60))) + draw.choice((0, 1))
    return as_of - draw.choice((0, 1, 20, 100, 200, 360, 500, 700, 1000, 1500))
