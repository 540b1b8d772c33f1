"""What differs in two scoring forms of one shape, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, assert_never

from msgspec.structs import replace

from engine.model.change import ChangedPart
from engine.model.condition import Comparison
from engine.model.problem import Path
from engine.model.scoring import Alternative, AlternativeKind, Each, Form, alternatives, normal_form, with_alternatives

Makes = Callable[[Form], Form]
FormDifference = tuple[ChangedPart, Path, object, object, Makes]
"""What it is, where, both values, and what makes the old form like the new one."""


def form_differences(old: Form, new: Form) -> Iterator[FormDifference]:
    """What differs in two forms; nothing where they are not of one shape."""
    match normal_form(old), normal_form(new):
        case Each() as line, Each() as other if _facts(line) == _facts(other) and not _turned(line, other):
            yield from _of_lines(line, other)
        case tuple(several), tuple(others) if type(old) is type(new) and _same_shape(several, others):
            yield from _of_alternatives(several, others)
        case _:
            pass


def _of_lines(old: Each, new: Each) -> Iterator[FormDifference]:
    amounts = dict(new.points)
    for place, (name, before) in enumerate(old.points):
        at: Path = ("each",) if len(new.points) == 1 else ("each", name)
        yield "each", at, before, amounts[name], _with_amount(place, (name, amounts[name]))
    keys: tuple[Literal["start", "beyond", "short_of", "step"], ...] = ("start", "beyond", "short_of", "step")
    for key in keys:
        yield key, (key,), getattr(old, key), getattr(new, key), _with_field(key, getattr(new, key))
    yield "round", ("round",), _rounding(old), _rounding(new), _with_field("round_up", new.round_up)


def _rounding(line: Each) -> str | None:
    """As it is written."""
    return "up" if line.round_up else None


def _with_amount(place: int, pair: tuple[str, int]) -> Makes:
    def make(form: Form) -> Form:
        assert isinstance(form, Each)
        return replace(form, points=(*form.points[:place], pair, *form.points[place + 1 :]))

    return make


def _with_field(name: str, value: object) -> Makes:
    return lambda form: replace(form, **{name: value})


def _of_alternatives(old: Sequence[Alternative], new: Sequence[Alternative]) -> Iterator[FormDifference]:
    """Alternatives that stand in the same places, in the new order; of choices, whose order says nothing, by value."""
    places = {alternative.path: place for place, alternative in enumerate(old)}
    for other in new:
        if other.when is not None:
            place = places[other.path]
            yield from _of_places(place, old[place], other)
    rest, now = _rest(old), _rest(new)
    if other_rest := now or rest:
        amounts = rest.points if rest else None, now.points if now else None
        yield _points_key(other_rest), other_rest.points_path, *amounts, _with_rest(now)


def _of_places(place: int, first: Alternative, other: Alternative) -> Iterator[FormDifference]:
    match other.kind, first.when, other.when:
        case "band", Comparison(operator=operator, operand=was), Comparison(operand=now):
            yield "band", (*other.path, operator), was, now, _with(place, replace(first, when=other.when))
        case "branch", old_when, new_when:
            yield "branch", (*other.path, "when"), old_when, new_when, _with(place, replace(first, when=new_when))
        case _:  # choices that stand in the same place ask the same
            pass
    yield _points_key(other), other.points_path, first.points, other.points, _with(place, other)


def _points_key(alternative: Alternative) -> ChangedPart:
    """What points are called where they stand: a choice is nothing but its points."""
    return "choice" if alternative.kind == "choice" else "points"


def _with(place: int, changed: Alternative) -> Makes:
    def make(form: Form) -> Form:
        several = alternatives(form)
        return with_alternatives(form, (*several[:place], changed, *several[place + 1 :]))

    return make


def _with_rest(rest: Alternative | None) -> Makes:
    def make(form: Form) -> Form:
        listed = [alternative for alternative in alternatives(form) if alternative.when is not None]
        return with_alternatives(form, listed if rest is None else [*listed, rest])

    return make


def _rest(several: Sequence[Alternative]) -> Alternative | None:
    return next((alternative for alternative in several if alternative.when is None), None)


def _facts(line: Each) -> set[str]:
    return {fact for fact, _ in line.points}


def _turned(line: Each, other: Each) -> bool:
    """Whether one counts what exceeds a number, and the other what lacks of one: both at once no line can."""
    sides = ((line, other), (other, line))
    return any(first.beyond is not None and second.short_of is not None for first, second in sides)


def _same_shape(old: Sequence[Alternative], new: Sequence[Alternative]) -> bool:
    """Whether the alternatives of both stand in the same places and ask the same, but for the bounds of bands and one branch."""
    before, asks = ([alternative for alternative in side if alternative.when is not None] for side in (old, new))
    if {alternative.path for alternative in before} != {alternative.path for alternative in asks}:
        return False
    kind: AlternativeKind = next((alternative.kind for alternative in new), "choice")
    match kind:
        case "band":
            return [_side(alternative) for alternative in before] == [_side(alternative) for alternative in asks]
        case "choice":
            return {_side(alternative) for alternative in before} == {_side(alternative) for alternative in asks}
        case "branch":  # where more than one has another condition, a branch alone says nothing
            return sum(alternative.when != other.when for alternative, other in zip(before, asks, strict=True)) <= 1
        case never:
            assert_never(never)


def _side(alternative: Alternative) -> tuple[str, str] | None:
    """The fact that is asked about, and on which side of a bound."""
    return (alternative.when.name, alternative.when.operator) if isinstance(alternative.when, Comparison) else None
