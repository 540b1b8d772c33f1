"""Conditions made otherwise: each threshold, operator, level and listed value, and each test left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.mutation.change import Domain, ModelEdit, Walk, as_written
from engine.evaluating.conditions import RANKED, accepted_values, compare
from engine.model.condition import ORDERING, AllOf, AnyOf, Comparison, Condition, FactRef, Negation, Operator, Plain
from engine.model.fact_range import Range
from engine.model.mutation import MutantKind
from engine.model.period import iso_text
from engine.model.problem import Path
from engine.model.scale import Scale

_NEXT: Mapping[Operator, Operator] = {
    "at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most",
    "is": "is_not", "is_not": "is", "one_of": "none_of", "none_of": "one_of", "given": "given",
}  # fmt: skip
_OPPOSITE: Mapping[Operator, Operator] = {
    **_NEXT,
    "at_least": "below",
    "below": "at_least",
    "above": "at_most",
    "at_most": "above",
}
_NOTHING = Range(0, -1)


class Scope(Struct, frozen=True):
    """What a condition can name: the domains, which of the names are dates, and which have tests that must stay.

    With a scale, levels and grades are its own; without, as fields of records, they are plain text.
    """

    domains: Mapping[str, Domain]
    scale: Scale | None = None
    dates: frozenset[str] = frozenset()
    staying: frozenset[str] = frozenset()


def condition_changes(walk: Walk, condition: Condition, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    """A condition at a path, with one thing in it otherwise.

    What the domains of the names show to be the same is not made: a bound that no value passes, a test that always
    holds (or in `any`, never).
    """
    if isinstance(condition, AllOf):
        yield from _joined(walk, condition, [path] * len(condition.parts), scope, _element)
    else:
        yield from _element(walk, condition, path, scope)


def _element(walk: Walk, part: Condition, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    """What one key of a mapping says."""
    match part:
        case Comparison():
            if part.name not in scope.staying:
                yield from _test(walk, part, (*path, part.name, part.operator), scope)
        case Negation(inner):
            for change in condition_changes(walk, inner, (*path, "not"), scope):
                yield replace(change, part=Negation(change.part))
        case AllOf(parts) | AnyOf(parts):
            key = "all" if isinstance(part, AllOf) else "any"
            yield from _joined(walk, part, [(*path, key, i) for i in range(len(parts))], scope, condition_changes)
        case never:
            assert_never(never)


Inner = Callable[[Walk, Condition, Path, Scope], Iterator[ModelEdit]]


def _joined(walk: Walk, joined: AllOf | AnyOf, paths: Sequence[Path], scope: Scope, inner: Inner) -> Iterator[ModelEdit]:
    parts = joined.parts
    for index, (part, path) in enumerate(zip(parts, paths, strict=True)):
        before, after = parts[:index], parts[index + 1 :]
        for change in inner(walk, part, path, scope):
            yield replace(change, part=replace(joined, parts=(*before, change.part, *after)))
        stays = isinstance(part, Comparison) and part.name in scope.staying
        if len(parts) > 1 and not stays and not _idle(part, joined, scope):
            at = path if inner is condition_changes else (*path, *_key(part))
            when = _dated(_missed(part, joined), isinstance(part, Comparison) and part.name in scope.dates)
            yield ModelEdit("test", at, _said(part, scope), None, replace(joined, parts=(*before, *after)), when)


def _key(part: Condition) -> Path:
    match part:
        case Comparison(name, operator):
            return name, operator
        case Negation():
            return ("not",)
        case AllOf():
            return ("all",)
        case AnyOf():
            return ("any",)
        case never:
            assert_never(never)


def _said(part: Condition, scope: Scope) -> str:
    return as_written(part, part.name in scope.dates) if isinstance(part, Comparison) else str(_key(part)[0])


def _missed(part: Condition, joined: AllOf | AnyOf) -> Comparison | None:
    """A test that holds where the part is missed, as far as one test can say it."""
    if not isinstance(part, Comparison):
        return None
    return part if isinstance(joined, AnyOf) else _turned(part, _OPPOSITE)


def _turned(test: Comparison, others: Mapping[Operator, Operator]) -> Comparison:
    """With another operator; `given` has none, but the other answer."""
    return (
        replace(test, operand=not test.operand) if test.operator == "given" else replace(test, operator=others[test.operator])
    )


def _dated(when: Comparison | None, date: bool) -> Comparison | None:
    """With a date as it is written, for a Change does not say what is one."""
    if when is None or not date or when.operator == "given" or not isinstance(when.operand, int):
        return when
    return replace(when, operand=iso_text(when.operand))


def _idle(part: Condition, joined: AllOf | AnyOf, scope: Scope) -> bool:
    """Whether a part is not missed: a test that always holds, or in `any` never."""
    if not isinstance(part, Comparison):
        return False
    domain = scope.domains.get(part.name)
    answers = possible_answers(part, domain, scope.scale)
    if isinstance(joined, AllOf):
        return answers is not None and answers == (frozenset(domain) if isinstance(domain, tuple) else domain)
    return answers in (_NOTHING, frozenset())


def possible_answers(test: Comparison, domain: Domain, scale: Scale | None = None) -> Range | frozenset[Plain | None] | None:
    """For which values of a domain a test holds; None where that is not known."""
    if domain is None or isinstance(test.operand, FactRef):
        return None
    if isinstance(domain, tuple):
        if scale is not None and test.name in RANKED:
            return accepted_values(test, scale)
        return frozenset(value for value in domain if compare(test.operator, value, test.operand))
    if test.operator not in (*ORDERING, "is") or not isinstance(test.operand, int):
        return None
    part = domain.cut(test.operator, test.operand)
    return _NOTHING if part.empty else part


def _test(walk: Walk, test: Comparison, path: Path, scope: Scope) -> Iterator[ModelEdit]:
    date, domain, scale = test.name in scope.dates, scope.domains.get(test.name), scope.scale
    holds = possible_answers(test, domain, scale)
    for kind, at, changed in _variants(walk, test, path, scope):
        other = possible_answers(changed, domain, scale)
        if holds is None or holds != other:
            when = distinguishing_values(test, changed, domain, scale)
            yield ModelEdit(kind, at, as_written(test, date), as_written(changed, date), changed, _dated(when, date))


def _variants(walk: Walk, test: Comparison, path: Path, scope: Scope) -> Iterator[tuple[MutantKind, Path, Comparison]]:
    yield "operator", path, _turned(test, _NEXT)
    operand, scale = test.operand, scope.scale
    match operand:
        case bool():
            pass
        case int():
            moves = (operand - 1, operand + 1) if test.name in scope.dates else walk.moves(path, operand)
            for moved in moves:
                yield "threshold", path, replace(test, operand=moved)
        case str() if scale is not None and test.name in RANKED:
            order = scale.grades if test.name == "grade" else scale.names
            rank = order.index(operand)
            near = (order[i] for i in (rank - 1, rank + 1) if 0 <= i < len(order))
            for name in near:
                yield "threshold", path, replace(test, operand=name)
        case tuple() if len(operand) > 1:
            for index in range(len(operand)):
                yield "listed", (*path, index), replace(test, operand=operand[:index] + operand[index + 1 :])
        case str() | tuple() | FactRef():
            pass
        case never:
            assert_never(never)


def distinguishing_values(test: Comparison, changed: Comparison, domain: Domain, scale: Scale | None) -> Comparison | None:
    """A test that holds where just one of the two does."""
    if isinstance(test.operand, FactRef):
        return replace(test, operator="is")
    if test.operator == "given":
        return test
    if isinstance(test.operand, tuple) and isinstance(changed.operand, tuple):
        dropped = [value for value in test.operand if value not in changed.operand]
        return Comparison(test.name, "is", (dropped or test.operand)[0])
    holds, other = possible_answers(test, domain, scale), possible_answers(changed, domain, scale)
    if isinstance(domain, tuple) and isinstance(holds, frozenset) and isinstance(other, frozenset):
        value = next((value for value in domain if value is not None and value in holds ^ other), None)
        return None if value is None else Comparison(test.name, "is", value)
    if type(test.operand) is int and type(changed.operand) is int and test.operator in ORDERING:
        edge = min if test.operator in ("at_least", "below") else max
        return Comparison(test.name, "is", edge(test.operand, changed.operand))
    return replace(test, operator="is")
