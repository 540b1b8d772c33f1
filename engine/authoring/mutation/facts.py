"""Facts made otherwise: the window, the filter, what is counted, and what a missing value becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgspec.structs import replace

from engine.authoring.mutation.change import Domain, ModelEdit, Walk, as_written, edits_inside, number_text
from engine.authoring.mutation.conditions import Scope, condition_changes, possible_answers
from engine.authoring.mutation.tally import tally_changes
from engine.model.catalogue import MEMBER, NUMERIC, PREVIOUS, SOURCE_FIELD, Field
from engine.model.condition import AllOf, Comparison, Condition, Plain
from engine.model.fact_range import Range
from engine.model.number import LIMIT, ONE
from engine.model.period import OwnPeriod, Period, TimeSpan, Window, is_shorter
from engine.model.policy import Fact, FromRecords, RejectMissing, Total, UseFact
from engine.model.problem import Path

_OTHER = {"sum": "max", "max": "min", "min": "max", "mean": "max", "latest": "max"}


def fact_changes(walk: Walk, fact: Fact, path: Path) -> Iterator[ModelEdit]:
    """A fact with one thing in it otherwise, its type the same.

    A fact of another type would not be sound (so `count` never becomes `exists`), nor one over members that names no
    policy. A filter on the own policy of earlier results is not changed, for no others are seen.
    """
    source = fact.source
    match source:
        case FromRecords():
            yield from _kind(fact, source, path)
            yield from edits_inside(_records(walk, source, path), fact, "source")
        case Total(facts) if len(facts) > 1:
            for index, name in enumerate(facts):
                rest = facts[:index] + facts[index + 1 :]
                yield ModelEdit("source", (*path, "total", index), name, None, replace(fact, source=Total(rest)))
        case _:
            pass
    for text, missing in _missing(walk, fact, (*path, "if_missing")):
        yield ModelEdit(
            "if_missing", (*path, "if_missing"), _missing_said(fact.if_missing), text, replace(fact, if_missing=missing)
        )


def _kind(fact: Fact, source: FromRecords, path: Path) -> Iterator[ModelEdit]:
    """Another way to make one number of several; a sum of nothing stays 0."""
    other = _OTHER.get(source.kind) if fact.type == "number" else None
    if other is not None:
        missing = 0 if fact.if_missing is None else fact.if_missing
        changed = replace(fact, source=replace(source, kind=other, weighted_by=None, once_per=None), if_missing=missing)
        yield ModelEdit("source", (*path, source.kind), source.kind, other, changed)


def _records(walk: Walk, source: FromRecords, path: Path) -> Iterator[ModelEdit]:
    if source.weighted_by:
        yield ModelEdit("source", (*path, "weighted_by"), source.weighted_by, None, replace(source, weighted_by=None))
    yield from _window(source, path)
    yield from _before(source, (*path, "before"))
    yield from _newest(source, (*path, "newest"))
    if source.where is not None:
        scope = _scope(walk, source)
        yield from edits_inside(condition_changes(walk, source.where, (*path, "where"), scope), source, "where")
        if _filters(source.where, scope):
            yield ModelEdit("where", (*path, "where"), _where_said(source.where, scope), None, replace(source, where=None))
    if source.tally is not None:
        yield from tally_changes(walk, source, source.tally, path, _scope(walk, source))
    if source.once_per is not None:
        yield ModelEdit("once_per", (*path, "once_per"), source.once_per, None, replace(source, once_per=None))
    if source.include_repaired:
        yield ModelEdit("include", (*path, "include"), "[repaired]", None, replace(source, include_repaired=False))


def _window(source: FromRecords, path: Path) -> Iterator[ModelEdit]:
    others: list[TimeSpan]
    match source.window:
        case Window(count, unit):
            at, others = (*path, "within"), [Window(more, unit) for more in (count - 1, count + 1) if more]
        case Period(unit, back):
            at, others = (*path, "during"), [Period(unit, 1 - back)]
        case OwnPeriod(_, _, back) as own:
            at, others = (*path, "during"), [replace(own, back=1 - back)]
        case _:
            return
    if source.before is not None:
        others = [other for other in others if isinstance(other, Window) and is_shorter(source.before, other)]
    for other in others if source.own_period else (*others, None):  # without a period nothing is missing
        number_text = None if other is None else _window_said(other)
        yield ModelEdit("window", at, _window_said(source.window), number_text, replace(source, window=other))


def _before(source: FromRecords, path: Path) -> Iterator[ModelEdit]:
    """A day or month more or less, not beyond the window, and none."""
    if source.before is None:
        return
    count, unit = source.before.count, source.before.unit
    others = [Window(more, unit) for more in (count - 1, count + 1) if more]
    for other in (*others, None):
        if other is None or not isinstance(source.window, Window) or is_shorter(other, source.window):
            number_text = None if other is None else _window_said(other)
            yield ModelEdit("window", path, _window_said(source.before), number_text, replace(source, before=other))


def _newest(source: FromRecords, path: Path) -> Iterator[ModelEdit]:
    """One record more or less, and all."""
    if source.newest is not None:
        for other in (source.newest - 1 or None, source.newest + 1, None) if source.newest > 1 else (2, None):
            text = None if other is None else str(other)
            yield ModelEdit("newest", path, str(source.newest), text, replace(source, newest=other))


def _window_said(window: TimeSpan) -> str:
    match window:
        case Period(unit, back):
            return f"{'last' if back else 'this'} {unit}"
        case Window(count, unit):
            return f"{count} {unit}"
        case OwnPeriod(months, attribute, back):
            return f"{'last' if back else 'this'} {months} months from {attribute}"
        case never:
            assert_never(never)


def _scope(walk: Walk, source: FromRecords) -> Scope:
    """The fields of a category; what may be absent is not known, for then no test holds."""
    fields = {**walk.policy.categories[source.category].fields}
    fields.setdefault("source", SOURCE_FIELD)
    staying = {MEMBER: {"policy"}, PREVIOUS: {"policy", "model"}}.get(source.category, set())
    dates = frozenset(name for name, field in fields.items() if field.type == "date")
    return Scope({name: _domain(field) for name, field in fields.items()}, None, dates, frozenset(staying))


def _domain(field: Field) -> Domain:
    if field.optional:
        return None
    if field.type == "boolean":
        return (False, True)
    if field.type in NUMERIC:
        low = -LIMIT if field.at_least is None else field.at_least
        high = LIMIT if field.at_most is None else field.at_most
        return Range(low, high, ONE if field.type == "integer" else 1)
    return field.one_of or None


def _filters(where: Condition, scope: Scope) -> bool:
    """Whether a whole filter of one test can be left out; of several, each is by itself."""
    if isinstance(where, AllOf) and len(where.parts) > 1:
        return False
    if not isinstance(where, Comparison):
        return True
    domain = scope.domains.get(where.name)
    everything = frozenset(domain) if isinstance(domain, tuple) else domain
    return where.name not in scope.staying and (everything is None or possible_answers(where, domain) != everything)


def _where_said(where: Condition, scope: Scope) -> str:
    return as_written(where, where.name in scope.dates) if isinstance(where, Comparison) else "where"


def _missing(walk: Walk, fact: Fact, path: Path) -> Iterator[tuple[str, Plain | UseFact | RejectMissing]]:
    """What else a missing value could become."""
    missing = fact.if_missing
    match missing:
        case None:
            return
        case bool():
            yield number_text(not missing), not missing
        case int():
            yield from ((number_text(moved), moved) for moved in [*walk.moves(path, missing)][-1:])
        case str():
            other = next((value for value in fact.listed or () if value != missing), None)
            if other is not None:
                yield other, other
        case RejectMissing() | UseFact() if fact.type != "text":
            value: Plain = False if fact.type == "boolean" else 0
            yield number_text(value), value
        case _:
            if fact.listed:
                yield fact.listed[0], fact.listed[0]


def _missing_said(missing: Plain | UseFact | RejectMissing | None) -> str:
    match missing:
        case UseFact(name):
            return f"{{use: {name}}}"
        case RejectMissing():
            return "reject"
        case _:
            return number_text(missing)
