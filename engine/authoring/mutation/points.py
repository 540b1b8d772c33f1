"""Scoring forms made otherwise: the points, thresholds, start, beyond and step, and the order of branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec.structs import replace

from engine.authoring.fact_ranges import Range
from engine.authoring.mutation.change import Domain, ModelEdit, Walk, edits_among, edits_inside, number_text
from engine.authoring.mutation.conditions import Scope, condition_changes
from engine.evaluating.points import Points, compile_form
from engine.model.condition import Comparison, Ordering, Plain
from engine.model.mutation import MutantKind
from engine.model.number import ONE
from engine.model.problem import Path
from engine.model.scoring import Band, Bands, Branch, Choices, Each, FirstOf, Form, single_fact

Bounds = tuple[int | None, int | None]
"""The least and the most that a form can give."""

_NEXT: Mapping[Ordering, Ordering] = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
_SAMPLES = 400


def form_changes(walk: Walk, form: Form, path: Path, bounds: Bounds) -> Iterator[ModelEdit]:
    """A form with one thing in it otherwise, in strict order still.

    What gives the same points for every value that the facts can have is not made, where that is plain: points that
    bounds clip, bands and choices that nothing reaches, an `each` whose first step takes all already.
    """
    match form:
        case Each():
            changes = _each(walk, form, path)
        case Bands():
            changes = _bands(walk, form, path)
        case Choices():
            changes = _choices(walk, form, path)
        case FirstOf():
            yield from _first_of(walk, form, path, bounds)
            return
    for change in changes:
        if _sound(change.part):
            same, when = compared_numbers(walk, form, change.part, bounds)
            if not same:
                yield replace(change, when=when)


def number_edits(walk: Walk, kind: MutantKind, path: Path, value: int) -> Iterator[ModelEdit]:
    """A number moved."""
    for moved in walk.moves(path, value):
        yield ModelEdit(kind, path, number_text(value), number_text(moved), moved)


def _each(walk: Walk, form: Each, path: Path) -> Iterator[ModelEdit]:
    for index, (fact, amount) in enumerate(form.points):
        at = (*path, "each", fact) if len(form.points) > 1 else (*path, "each")
        pairs = (replace(one, part=(fact, one.part)) for one in number_edits(walk, "points", at, amount))
        yield from edits_inside(edits_among(pairs, form.points, index), form, "points")
    for field in ("start", "beyond", "step"):
        value = getattr(form, field)
        if value is not None:
            yield from edits_inside(number_edits(walk, field, (*path, field), value), form, field)


def _bands(walk: Walk, form: Bands, path: Path) -> Iterator[ModelEdit]:
    for index, band in enumerate(form.bands):
        yield from edits_inside(edits_among(_band(walk, band, (*path, "bands", index)), form.bands, index), form, "bands")
    yield from edits_inside(
        number_edits(walk, "points", (*path, "bands", len(form.bands), "otherwise"), form.otherwise), form, "otherwise"
    )


def _band(walk: Walk, band: Band, path: Path) -> Iterator[ModelEdit]:
    at = (*path, band.operator)
    others: list[tuple[MutantKind, Band]] = [
        ("threshold", replace(band, threshold=moved)) for moved in walk.moves(at, band.threshold)
    ]
    for kind, other in [*others, ("operator", replace(band, operator=_NEXT[band.operator]))]:
        yield ModelEdit(kind, at, _met(band), _met(other), other)
    yield from edits_inside(number_edits(walk, "points", (*path, "points"), band.points), band, "points")


def _met(band: Band) -> str:
    return f"{band.operator} {number_text(band.threshold)}"


def _choices(walk: Walk, form: Choices, path: Path) -> Iterator[ModelEdit]:
    for index, (value, points) in enumerate(form.points):
        pairs = (
            replace(c, part=(value, c.part))
            for c in number_edits(walk, "points", (*path, "choices", number_text(value)), points)
        )
        yield from edits_inside(edits_among(pairs, form.points, index), form, "points")
    if form.otherwise is not None:
        yield from edits_inside(number_edits(walk, "points", (*path, "otherwise"), form.otherwise), form, "otherwise")


def _first_of(walk: Walk, form: FirstOf, path: Path, bounds: Bounds) -> Iterator[ModelEdit]:
    at = (*path, "first_of")
    for index, branch in enumerate(form.branches):
        yield from edits_inside(
            edits_among(_branch(walk, branch, (*at, index), bounds), form.branches, index), form, "branches"
        )
    rest = number_edits(walk, "points", (*at, len(form.branches), "otherwise"), form.otherwise)
    yield from edits_inside(_unclipped(rest, form.otherwise, bounds), form, "otherwise")
    for index, (one, other) in enumerate(pairwise(form.branches)):
        if clip(one.points, bounds) != clip(other.points, bounds):
            swapped = (*form.branches[:index], other, one, *form.branches[index + 2 :])
            yield ModelEdit("order", (*at, index), str(index + 1), str(index + 2), replace(form, branches=swapped))


def _branch(walk: Walk, branch: Branch, path: Path, bounds: Bounds) -> Iterator[ModelEdit]:
    yield from edits_inside(condition_changes(walk, branch.when, (*path, "when"), Scope(walk.domains)), branch, "when")
    points = number_edits(walk, "points", (*path, "points"), branch.points)
    yield from edits_inside(_unclipped(points, branch.points, bounds), branch, "points")


def _unclipped(changes: Iterator[ModelEdit], points: int, bounds: Bounds) -> Iterator[ModelEdit]:
    return (change for change in changes if clip(change.part, bounds) != clip(points, bounds))


def clip(points: int, bounds: Bounds) -> int:
    low, high = bounds
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def _sound(form: Form) -> bool:
    match form:
        case Bands(_, bands):
            falling = bands[0].operator in ("at_least", "above") if bands else True
            return all(
                (one.threshold > other.threshold) == falling and one.threshold != other.threshold
                for one, other in pairwise(bands)
            )
        case Each():
            return form.step is None or form.step > 0
        case _:
            return True


def compared_numbers(walk: Walk, form: Form, changed: Form, bounds: Bounds) -> tuple[bool, Comparison | None]:
    """Whether two forms of one shape are certain to give the same, and a value of a fact for which they do not."""
    one, other = (compile_form(each, walk.policy.scale, *bounds) for each in (form, changed))
    if isinstance(form, Each) and isinstance(changed, Each):
        return _compared_each(walk, (form, changed), (one, other), bounds)
    fact = single_fact(form) or ""
    for value in _values((form, changed), walk.domains[fact]):
        if one({fact: value}) != other({fact: value}):
            return False, None if value is None else Comparison(fact, "is", value)
    return True, None


def _values(forms: tuple[Form, ...], domain: Domain) -> tuple[Plain | None, ...]:
    """Values between which bands and choices give the same points; None for one that is not listed."""
    if not isinstance(domain, Range):
        listed = (value for form in forms if isinstance(form, Choices) for value, _ in form.points)
        return domain or (*dict.fromkeys(listed), None)
    edges = [band.threshold for form in forms if isinstance(form, Bands) for band in form.bands]
    found = [*edges, *(edge + more for edge in edges for more in (-ONE, ONE))]
    for edge in (*edges, domain.low, domain.high):
        on = edge // domain.step * domain.step
        found += (on, on + domain.step, on - domain.step)
    return tuple(v for v in dict.fromkeys(found) if domain.low <= v <= domain.high and v % domain.step == 0)


def _compared_each(
    walk: Walk, forms: tuple[Each, Each], points: tuple[Points, Points], bounds: Bounds
) -> tuple[bool, Comparison | None]:
    """Several facts are looked at one by one, the others being 0; it is certain where all go one way, in whole steps."""
    (form, changed), (one, other) = forms, points
    rest = {fact: 0 for fact, _ in form.points}
    moved = [fact for fact, amount in form.points if (fact, amount) not in changed.points]
    certain = len(rest) == 1 or (bool(moved) and all(_one_way(each) for each in forms))
    for fact in moved or rest:
        domain = walk.domains[fact]
        assert isinstance(domain, Range)
        values = _steps(form, domain)
        for value in values:
            if one({**rest, fact: value}) != other({**rest, fact: value}):
                return False, Comparison(fact, "is", value)
        last = {**rest, fact: values[-1] if values else 0}
        whole = domain.low >= 0 and domain.step == ONE
        ended = domain.high <= last[fact] or (_spent(form, one(last), bounds) and _spent(changed, other(last), bounds))
        certain = certain and whole and ended
    return certain, None


def _steps(form: Each, domain: Range) -> list[int]:
    """Whole numbers and steps from 0, as far as the domain goes."""
    begin, step = form.beyond or 0, form.step or ONE
    found = {0, 1, 100, 1000, ONE // 2, *range(0, _SAMPLES * ONE, ONE), *range(begin, begin + _SAMPLES * step, step)}
    return sorted(v for v in found if domain.low <= v <= domain.high and v % domain.step == 0)


def _one_way(form: Each) -> bool:
    amounts = [amount for _, amount in form.points]
    return all(amount <= 0 for amount in amounts) or all(amount >= 0 for amount in amounts)


def _spent(form: Each, points: int, bounds: Bounds) -> bool:
    """Whether no further step can change the points."""
    most = bounds[1] if form.points[0][1] >= 0 else bounds[0]
    return points == most
