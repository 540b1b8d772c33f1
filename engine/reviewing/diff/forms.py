"""What differs in two scoring forms of one shape, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from engine.model.problem import Path
from engine.model.scoring import Bands, Branch, Choices, Each, FirstOf, Form, choice_key

Makes = Callable[[Any], Any]


def form_differences(old: Form, new: Form) -> Iterator[tuple[str, Path, object, object, Makes]]:
    """What differs in two forms of one shape: what it is, where, both values, and what makes the old one like the new."""
    match old, new:
        case Each(points=was), Each(points=now) if _keys(was) == _keys(now):
            amounts = dict(now)
            for place, (name, before) in enumerate(was):
                at: Path = ("each",) if len(now) == 1 else ("each", name)
                yield "each", at, before, amounts[name], _put("points", place, (name, amounts[name]))
            for key in ("start", "beyond", "step"):
                yield key, (key,), getattr(old, key), getattr(new, key), _set(key, getattr(new, key))
        case Bands(fact, was_bands), Bands(same, now_bands) if fact == same and _shape(was_bands) == _shape(now_bands):
            for place, (one, other) in enumerate(zip(was_bands, now_bands, strict=True)):
                at = ("bands", place)
                moved = replace(one, threshold=other.threshold)
                yield "band", (*at, one.operator), one.threshold, other.threshold, _put("bands", place, moved)
                yield "points", (*at, "points"), one.points, other.points, _put("bands", place, other)
            at = ("bands", len(now_bands), "otherwise")
            yield "points", at, old.otherwise, new.otherwise, _set("otherwise", new.otherwise)
        case Choices(fact, was_choices, _), Choices(same, now_choices, _) if fact == same and _keys(was_choices) == _keys(
            now_choices
        ):
            given = dict(was_choices)
            for value, points in now_choices:
                place = [key for key, _ in was_choices].index(value)
                yield "choice", ("choices", choice_key(value)), given[value], points, _put("points", place, (value, points))
            yield "choice", ("otherwise",), old.otherwise, new.otherwise, _set("otherwise", new.otherwise)
        case FirstOf(was_branches), FirstOf(now_branches) if _others(was_branches, now_branches) <= 1:
            for place, (first, second) in enumerate(zip(was_branches, now_branches, strict=True)):
                at = ("first_of", place)
                with_it = replace(first, when=second.when)
                yield "branch", (*at, "when"), first.when, second.when, _put("branches", place, with_it)
                yield "points", (*at, "points"), first.points, second.points, _put("branches", place, second)
            at = ("first_of", len(now_branches), "otherwise")
            yield "points", at, old.otherwise, new.otherwise, _set("otherwise", new.otherwise)


def _set(name: str, value: object) -> Makes:
    return lambda form: replace(form, **{name: value})


def _put(name: str, place: int, value: object) -> Makes:
    return lambda form: replace(form, **{name: (*getattr(form, name)[:place], value, *getattr(form, name)[place + 1 :])})


def _shape(bands: Sequence[Any]) -> list[str]:
    return [band.operator for band in bands]


def _others(old: Sequence[Branch], new: Sequence[Branch]) -> int:
    """How many branches have another condition; where that is more than one, a branch alone says nothing."""
    if len(old) != len(new):
        return len(old) + len(new)
    return sum(one.when != other.when for one, other in zip(old, new, strict=True))


def _keys(choices: Sequence[tuple[Any, int]]) -> set[object]:
    return {value for value, _ in choices}
