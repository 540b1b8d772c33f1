"""The numbers that stand at paths of a model's file, and the model with other numbers there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation
from engine.model.policy import Alert, Exclusion, Fact, FromRecords, Measure, Model, Ratio, Tally, Veto
from engine.model.problem import Path
from engine.model.scoring import (
    Adjustments,
    Alternative,
    Award,
    Dimension,
    Each,
    Form,
    Indicator,
    Item,
    Points,
    normal_form,
    with_alternatives,
)

T = TypeVar("T")
Make = Callable[[int], int]


class _NotThereError(LookupError):
    """No number stands at a path."""


def number_at(model: Model, path: Path) -> int | None:
    """The number at a path that begins in the model; None where there is none."""
    numbers: list[int] = []

    def note(number: int) -> int:
        numbers.append(number)
        return number

    try:
        _made(model, _here(model, path), note)
    except LookupError:
        return None
    return numbers[0] if numbers else None


def with_number(model: Model, path: Path, number: int) -> Model:
    """The model with another number at a path, and what is nothing where nothing else is written follows it."""
    return _made(model, _here(model, path), lambda _: number)  # type: ignore[no-any-return]


def file_of_path(path: Path) -> Path:
    """A path without the dimension that an indicator stands in, so that one that moved is found."""
    return path[2:] if path[:1] == ("dimensions",) and path[2:3] == ("indicators",) else path


def _here(model: Model, path: Path) -> Path:
    """A path with the dimension that an indicator stands in in this model."""
    match file_of_path(path):
        case ("indicators", name, *rest):
            for dimension in model.dimensions:
                if any(indicator.id == name for indicator in dimension.indicators):
                    return ("dimensions", dimension.id, "indicators", name, *rest)
        case _:
            pass
    return path


def _made(value: Any, path: Path, make: Make) -> Any:
    """The same with a number at a path made another one; _NotThereError where the path leads to none."""
    first, rest = (path[0], path[1:]) if path else (None, ())
    match value, first:
        case int(), None if not isinstance(value, bool):
            return make(value)
        case Model(), "facts":
            return replace(value, facts={**value.facts, str(rest[0]): _made(value.facts[str(rest[0])], rest[1:], make)})
        case Model(), "dimensions" | "vetoes" | "measures" | "alerts" | "not_evaluated":
            return _of(value, str(first), _listed(getattr(value, str(first)), rest, make))
        case Model(), "weight" | "base" | "adjustments":
            return _of(value, str(first), _made(getattr(value, str(first)), rest, make))
        case Model(decisions=decisions), "decisions" if decisions and rest[1:2] == ("when",):
            at = int(rest[0])
            branches = list(decisions.branches)
            branches[at] = (_made(branches[at][0], rest[2:], make), branches[at][1])
            return replace(value, decisions=replace(decisions, branches=tuple(branches)))
        case Fact(source=Ratio(per=per) as source), "rate":
            return replace(value, source=replace(source, per=make(per)))
        case Fact(source=FromRecords(where=where) as source), "where":
            return replace(value, source=replace(source, where=_made(where, rest, make)))
        case Fact(source=FromRecords(tally=Tally() as tally) as source), "first_of":
            return replace(value, source=replace(source, tally=_tally(tally, rest, make)))
        case Fact(), "if_missing":
            return replace(value, if_missing=_made(value.if_missing, rest, make))
        case Dimension(), "indicators":
            return replace(value, indicators=_listed(value.indicators, rest, make))
        case Dimension(), "points" | "out_of":
            return replace(value, points=make(value.points))
        case Dimension(), "counts_for":
            return replace(value, counts_for=_made(value.counts_for, rest, make))
        case Indicator(form=Each(start=start) as form), "points" if start == value.points:  # where none is written
            return replace(value, points=make(value.points), form=replace(form, start=make(value.points)))
        case Indicator(), "points":
            return replace(value, points=make(value.points))
        case Indicator(), "only_when" | "none_when":
            return _of(value, str(first), _made(getattr(value, str(first)), rest, make))
        case (Item() | Adjustments(), "at_most" | "at_least") | (Veto(), "score_at_most"):
            return _of(value, str(first), _made(getattr(value, str(first)), rest, make))
        case Indicator() | Item(), _:
            return replace(value, form=_form(value.form, path, make))
        case Adjustments(), "items":
            return replace(value, items=_listed(value.items, rest, make))
        case Veto() | Measure() | Alert() | Exclusion(), "when":
            return replace(value, when=_made(value.when, rest, make))
        case Comparison() | AllOf() | AnyOf() | Negation(), _:
            return _condition(value, path, make)
        case _:
            raise _NotThereError(path)


def _tally(tally: Tally, path: Path, make: Make) -> Tally:
    """A tally with a value, or a number in a condition, made another one; `otherwise` however many stand before it."""
    match path:
        case (int(), "otherwise"):
            return replace(tally, otherwise=make(tally.otherwise))
        case (int(place), "value") if place < len(tally.branches):
            branch = tally.branches[place]
            return replace(tally, branches=_at(tally.branches, place, replace(branch, value=make(branch.value))))
        case (int(place), "where", *inside) if place < len(tally.branches):
            branch = tally.branches[place]
            where = _made(branch.where, tuple(inside), make)
            return replace(tally, branches=_at(tally.branches, place, replace(branch, where=where)))
        case _:
            raise _NotThereError(path)


def _of(value: T, name: str, part: Any) -> T:
    return replace(value, **{name: part})  # type: ignore[type-var]


def _listed(values: Sequence[Any], path: Path, make: Make) -> tuple[Any, ...]:
    """Elements that have ids, one of them made another one."""
    if path[0] not in {value.id for value in values}:
        raise _NotThereError(path)
    return tuple(_made(value, path[1:], make) if value.id == path[0] else value for value in values)


def _form(form: Form, path: Path, make: Make) -> Form:
    match normal_form(form):
        case Each() as line:
            return _line(line, path, make)
        case several:
            place, changed = _alternative(several, path, make)
            return with_alternatives(form, (*several[:place], changed, *several[place + 1 :]))


def _line(line: Each, path: Path, make: Make) -> Each:
    match line.points, path:
        case ((fact, amount),), ("each",):
            return replace(line, points=((fact, make(amount)),))
        case points, ("each", str(name)) if name in dict(points):
            return replace(line, points=tuple((fact, make(amount) if fact == name else amount) for fact, amount in points))
        case _, ("start" | "beyond" | "short_of" | "step" as name,):
            return replace(line, **{name: _made(getattr(line, name), (), make)})
        case _:
            raise _NotThereError(path)


def _alternative(several: Sequence[Alternative], path: Path, make: Make) -> tuple[int, Alternative]:
    """The alternative in which a path leads to a number, with its place."""
    for place, alternative in enumerate(several):
        points = alternative.points
        end = str(path[-1]) if isinstance(points, Award) and path[-1] in ("at_least", "at_most") else None
        at = path if end is None else path[:-1]
        rest = alternative.when is None and at[-1:] == ("otherwise",) and at[:1] == alternative.path[:1]
        if rest or at == alternative.points_path:  # however many stand before it
            return place, replace(alternative, points=_points(points, end, make))
    for place, alternative in enumerate(several):
        if alternative.when is not None and path[: len(alternative.path)] == alternative.path:
            inside = path[len(alternative.path) :]
            match alternative.kind, alternative.when:
                case "band", Comparison(_, operator, int(bound)) if inside == (operator,):
                    return place, replace(alternative, when=replace(alternative.when, operand=make(bound)))
                case "branch", when if inside[:1] == ("when",):
                    return place, replace(alternative, when=_made(when, inside[1:], make))
                case _:
                    raise _NotThereError(path)
    raise _NotThereError(path)


def _points(points: Points, end: str | None, make: Make) -> Points:
    """A fixed number, or one of the bounds of what is awarded."""
    if isinstance(points, Award) and end is not None:
        return replace(points, **{end: make(getattr(points, end))})
    if isinstance(points, Award):
        raise _NotThereError(end)
    return make(points)


def _at(values: Sequence[Any], place: int, part: Any) -> tuple[Any, ...]:
    return (*values[:place], part, *values[place + 1 :])


def _condition(value: Condition, path: Path, make: Make) -> Condition:
    """Within one mapping of a condition: its tests by name and operator, its joins by their keys."""
    key, rest = path[0], path[1:]
    parts = value.parts if isinstance(value, AllOf) else (value,)
    for place, part in enumerate(parts):
        changed: Condition
        match part, key:
            case Comparison(name, operator, operand), str() if name == key and rest[:1] == (operator,):
                if isinstance(operand, tuple) and len(rest) == 2:
                    at = int(rest[1])
                    changed = Comparison(name, operator, _at(operand, at, _made(operand[at], (), make)))
                else:
                    changed = Comparison(name, operator, _made(operand, rest[1:], make))
            case Negation(inner), "not":
                changed = Negation(_made(inner, rest, make))
            case (AllOf(inner_parts), "all") | (AnyOf(inner_parts), "any"):
                at = int(rest[0])
                joined = _at(inner_parts, at, _made(inner_parts[at], rest[1:], make))
                changed = AllOf(joined) if key == "all" else AnyOf(joined)
            case _:
                continue
        return AllOf(_at(parts, place, changed)) if isinstance(value, AllOf) else changed
    raise _NotThereError(path)
