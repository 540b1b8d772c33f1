"""A subject that shows an answer, made into one that an official could meet: the answer stays, its values become ordinary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import NUMERIC, Field
from engine.model.condition import Plain
from engine.model.number import ONE
from engine.model.policy import FromAttribute, FromRecords, Model, Policy, Ratio
from engine.model.proof import Witness
from engine.model.subject import Record, Subject

Replay = Callable[[tuple[Subject, ...]], Witness | None]

ORDINARY = (
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95, 96, 98, 99, 100, 120, 150, 200, 300, 365,
    500, 600, 700, 800, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 0,
)  # fmt: skip
"""Numbers as people have them, in the order in which they are tried."""

PAIRS = (
    (1, 1),
    (4, 5),
    (3, 4),
    (1, 2),
    (9, 10),
    (8, 10),
    (5, 10),
    (2, 10),
    (1, 10),
    (10, 10),
    (19, 20),
    (48, 50),
    (99, 100),
    (0, 1),
    (0, 10),
)
"""Parts and wholes."""

FEW = 3
"""So many records of a category nobody wonders at."""

LONG_AGO = 3653
"""Days back at which a date is odd."""

DAYS_BACK = (0, 30, 180, 365, 730, 1095, 1826, 3652)

ABSURD, NOTHING, FRACTION, PART_ABOVE_WHOLE = 10.0, 2.5, 0.5, 8.0
"""What a number beyond ORDINARY costs beside its digits, what nought does, a fraction and each digit beyond two, and a part
that is more than its whole; a number of one digit costs 1."""


Place = tuple[str | None, str]
"""Where values stand: an attribute, or a field of the records of a category."""


class OrdinaryValues(Struct, frozen=True):
    """What a subject is judged by: the places that its policies know, which of them are parts of which wholes, and the day."""

    as_of: int
    fields: Mapping[Place, Field]
    parts: tuple[tuple[Place, Place], ...]


def plausible_witness(
    witness: Witness, versions: Sequence[tuple[Policy, Model]], replay: Replay, seconds: float
) -> Witness:  # fmt: skip
    """The witness, or a more ordinary one of the same answer, found within so many seconds.

    A subject takes its place only if it is judged to be more ordinary, the catalogue allows it and `replay` finds the same of
    it. It never has more records, members or attributes; it has fewer only where the witness is not known to be the smallest.
    """
    if len(witness.subjects) != 1:
        return witness
    known = _ordinary(versions, witness.as_of)
    ends = time.monotonic() + seconds
    best, better = witness, True
    while better:
        better = False
        for subject in _moves(best, known):
            if time.monotonic() > ends:
                return best
            if _oddness(subject, known) < _oddness(best.subjects[0], known):
                replayed = replay((subject,))
                if replayed is not None:
                    best, better = replace(replayed, smallest=witness.smallest), True
                    break
    return best


def _ordinary(versions: Sequence[tuple[Policy, Model]], as_of: int) -> OrdinaryValues:
    fields: dict[Place, Field] = {}
    parts: dict[tuple[Place, Place], None] = {}
    for policy, model in versions:
        fields |= {(None, name): attribute.field for name, attribute in policy.attributes.items()}
        for category in policy.categories.values():
            fields |= {(category.id, name): _bounded(field, category.derived) for name, field in category.fields.items()}
        for fact in model.facts.values():
            if isinstance(fact.source, Ratio):
                part, whole = (_read(model, name) for name in (fact.source.of, fact.source.to))
                if part and whole and part[0] == whole[0]:
                    parts[part, whole] = None
    return OrdinaryValues(as_of, fields, tuple(parts))


def _bounded(field: Field, derived: bool) -> Field:
    """The score of an evaluation is out of 100."""
    bare = derived and field.at_least is None and field.at_most is None
    return replace(field, at_least=0, at_most=100 * ONE) if bare else field


def _read(model: Model, fact: str) -> Place | None:
    """The place that a fact reads, where it is one."""
    match model.facts[fact].source:
        case FromAttribute("attribute", name):
            return None, name
        case FromRecords(kind="sum" | "latest", category=category, field=str(name)):
            return category, name
        case _:
            return None


# How odd a subject is


def _oddness(subject: Subject, known: OrdinaryValues) -> float:
    odd = sum(_odd(value, known.fields.get((None, name))) for name, value in subject.attributes.items())
    counts: dict[str, int] = {}
    for record in subject.records:
        counts[record.category] = counts.get(record.category, 0) + 1
        odd += (
            1
            + ABSURD * (record.date < known.as_of - LONG_AGO)
            + sum(_odd(value, known.fields.get((record.category, name))) for name, value in record.fields.items())
        )
    odd += sum(max(0, count - FEW) for count in counts.values())
    for part, whole in known.parts:
        odd += sum(
            PART_ABOVE_WHOLE for holder in _holders(subject, part[0]) if _above(holder.get(part[1]), holder.get(whole[1]))
        )
    return odd


def _odd(value: Plain, field: Field | None) -> float:
    if field is None or field.type not in NUMERIC or not isinstance(value, int):
        return 0.0
    if not value:
        return NOTHING
    whole, rest = divmod(abs(value), ONE)
    digits = str(whole)
    fraction = str(rest).zfill(4).rstrip("0") if rest else ""
    significant = len(digits.rstrip("0"))
    far = ABSURD if whole > max(ORDINARY) else 0.0
    return len(digits) + int(digits[0]) / 100 + FRACTION * (max(0, significant - 2) + 2 * len(fraction)) + far


def _holders(subject: Subject, category: str | None) -> Iterator[Mapping[str, Plain]]:
    if category is None:
        yield subject.attributes
    else:
        yield from (record.fields for record in subject.records if record.category == category)


def _above(part: Plain | None, whole: Plain | None) -> bool:
    return isinstance(part, int) and isinstance(whole, int) and part > whole


# What is tried


def _moves(witness: Witness, known: OrdinaryValues) -> Iterator[Subject]:
    """Subjects that are like it but for one thing."""
    subject = witness.subjects[0]
    if not witness.smallest:
        yield from _fewer(subject)
    wholes: dict[Place, list[Place]] = {}
    for part, whole in known.parts:
        wholes.setdefault(whole, []).append(part)
    for whole, parts in wholes.items():
        for mine in dict.fromkeys((tuple(parts), *((part,) for part in parts))):
            for first, other in PAIRS:
                values = {whole: other * ONE} | dict.fromkeys(mine, first * ONE)
                if all(_allowed(value, known.fields.get(place)) for place, value in values.items()):
                    yield _with(subject, values)
    yield from _together(subject, known)
    for at, record in enumerate(subject.records):
        if record.date < known.as_of - LONG_AGO:
            for days in DAYS_BACK:
                moved = replace(record, date=known.as_of - days)
                yield replace(subject, records=(*subject.records[:at], moved, *subject.records[at + 1 :]))
    for place, value in _values(subject):
        field = known.fields.get(place)
        if field is not None and field.type in NUMERIC and isinstance(value, int):
            for other in _instead(value, field):
                yield _with(subject, {place: other}, value)


def _together(subject: Subject, known: OrdinaryValues) -> Iterator[Subject]:
    """With all that has one value at another one: what is compared with each other stays the same."""
    places: dict[Plain, list[Place]] = {}
    for place, value in _values(subject):
        field = known.fields.get(place)
        if field is not None and field.type in NUMERIC:
            places.setdefault(value, []).append(place)
    for value, mine in places.items():
        if len(mine) > 1:
            for other in ORDINARY:
                if all(_allowed(other * ONE, known.fields.get(place)) for place in mine):
                    yield _with(subject, dict.fromkeys(mine, other * ONE), value)


def _fewer(subject: Subject) -> Iterator[Subject]:
    """Without half of the records of a category, without one of them, without an attribute that may be missing."""
    by_category: dict[str, list[Record]] = {}
    for record in subject.records:
        by_category.setdefault(record.category, []).append(record)
    for mine in by_category.values():
        for gone in [mine[len(mine) // 2 :]] + [[record] for record in mine] if len(mine) > 1 else [mine]:
            ids = {record.id for record in gone}
            yield replace(subject, records=tuple(record for record in subject.records if record.id not in ids))


def _values(subject: Subject) -> Iterator[tuple[Place, Plain]]:
    """The values that there are, each once for its place."""
    values: dict[tuple[Place, Plain], None] = {}
    for name, value in subject.attributes.items():
        values[(None, name), value] = None
    for record in subject.records:
        for name, value in record.fields.items():
            values[(record.category, name), value] = None
    yield from values


def _instead(value: int, field: Field) -> Iterator[int]:
    """More ordinary numbers, and some that lead to one step by step."""
    whole = value // ONE
    near = [whole, whole + 1, value // 2 // ONE, value // 10 // ONE]
    for digits in (1, 2):
        step = 10 ** max(0, len(str(abs(whole))) - digits)
        near += [whole // step * step, (whole // step + 1) * step]
    for number in dict.fromkeys((*ORDINARY, *near)):
        if number * ONE != value and _allowed(number * ONE, field):
            yield number * ONE


def _allowed(value: int, field: Field | None) -> bool:
    if field is None or field.type not in NUMERIC or value < 0:
        return False
    return (field.at_least is None or value >= field.at_least) and (field.at_most is None or value <= field.at_most)


def _with(subject: Subject, values: Mapping[Place, int], instead_of: Plain | None = None) -> Subject:
    """With other values at places where it has any, or where it has this one."""

    def changed(category: str | None, held: Mapping[str, Plain]) -> Mapping[str, Plain]:
        new = {
            name: values[category, name]
            for name, value in held.items()
            if (category, name) in values and (instead_of is None or value == instead_of)
        }
        return {**held, **new} if new else held

    records = tuple(replace(record, fields=changed(record.category, record.fields)) for record in subject.records)
    return replace(subject, attributes=changed(None, subject.attributes), records=records)
