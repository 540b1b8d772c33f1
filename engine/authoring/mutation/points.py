"""Scoring forms made otherwise: points, thresholds, start, beyond, short_of, step and its rounding, the order of branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

from msgspec.structs import replace

from engine.authoring.mutation.change import Domain, ModelEdit, Walk, edits_among, edits_inside, number_text
from engine.authoring.mutation.conditions import Scope, condition_changes
from engine.evaluating.points import PointsOf, compile_form
from engine.model.condition import Comparison, Operator, Plain, tests
from engine.model.fact_range import Range
from engine.model.mutation import MutantKind
from engine.model.number import ONE
from engine.model.problem import Path
from engine.model.scoring import (
    Alternative,
    Award,
    Each,
    Form,
    Points,
    alternatives,
    awards,
    least_points,
    line_begins,
    line_of,
    most_points,
    normal_form,
    single_fact,
    with_alternatives,
)

Bounds = tuple[int | None, int | None]
"""The least and the most that a form can give."""

_NEXT: Mapping[Operator, Operator] = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
_SAMPLES = 400


def form_changes(walk: Walk, form: Form, path: Path, bounds: Bounds) -> Iterator[ModelEdit]:
    """A form with one thing in it otherwise, in strict order still.

    What gives the same points for every value that the facts can have is not made, where that is plain: points that
    bounds clip, bands and choices that nothing reaches, an `each` whose first step takes all already.
    """
    match normal_form(form):
        case Each() as line:
            yield from _unlike(walk, form, _each(walk, line, path), bounds)
        case several if any(alternative.kind == "branch" for alternative in several):
            yield from _branches(walk, form, several, path, bounds)
        case several:
            for index, alternative in enumerate(several):
                changes = _alternative(walk, alternative, path)
                yield from _unlike(walk, form, _inside(changes, form, several, index), bounds)


def _unlike(walk: Walk, form: Form, changes: Iterable[ModelEdit], bounds: Bounds) -> Iterator[ModelEdit]:
    """Those that are in order still, and do not certainly give the same."""
    for change in changes:
        if _sound(change.part):
            same, when = compared_numbers(walk, form, change.part, bounds)
            if not same:
                yield replace(change, when=when)


def _inside(
    changes: Iterable[ModelEdit], form: Form, several: tuple[Alternative, ...], index: int
) -> Iterator[ModelEdit]:  # fmt: skip
    """Changes of one alternative as changes of the form."""
    for change in edits_among(changes, several, index):
        yield replace(change, part=with_alternatives(form, change.part))


def number_edits(walk: Walk, kind: MutantKind, path: Path, value: int) -> Iterator[ModelEdit]:
    """A number moved."""
    for moved in walk.moves(path, value):
        yield ModelEdit(kind, path, number_text(value), number_text(moved), moved)


def _each(walk: Walk, form: Each, path: Path) -> Iterator[ModelEdit]:
    for index, (fact, amount) in enumerate(form.points):
        at = (*path, "each", fact) if len(form.points) > 1 else (*path, "each")
        pairs = (replace(edit, part=(fact, edit.part)) for edit in number_edits(walk, "points", at, amount))
        yield from edits_inside(edits_among(pairs, form.points, index), form, "points")
    for field in ("start", "beyond", "short_of", "step"):
        value = getattr(form, field)
        if value is not None:
            yield from edits_inside(number_edits(walk, field, (*path, field), value), form, field)
    if form.round_up and walk.numbers is None:
        yield ModelEdit("round", (*path, "round"), "up", None, replace(form, round_up=False))


def _alternative(walk: Walk, alternative: Alternative, path: Path) -> Iterator[ModelEdit]:
    """A band or a choice: the bound of a band, and the points."""
    match alternative.when:
        case Comparison(_, operator, int(bound)) as when if alternative.kind == "band":
            at = (*path, *alternative.path, operator)
            others: list[tuple[MutantKind, Comparison]] = [
                ("threshold", replace(when, operand=moved)) for moved in walk.moves(at, bound)
            ]
            for kind, other in [*others, ("operator", replace(when, operator=_NEXT[operator]))]:
                yield ModelEdit(kind, at, _met(when), _met(other), replace(alternative, when=other))
        case _:
            pass
    yield from edits_inside(_points(walk, alternative.points, (*path, *alternative.points_path)), alternative, "points")


def _points(walk: Walk, points: Points, path: Path) -> Iterator[ModelEdit]:
    """A fixed number, or a bound of what is awarded, that does not cross the other."""
    if not isinstance(points, Award):
        yield from number_edits(walk, "points", path, points)
        return
    for field in ("at_least", "at_most"):
        for edit in edits_inside(number_edits(walk, "bound", (*path, field), getattr(points, field)), points, field):
            if edit.part.at_least <= edit.part.at_most:
                yield edit


def _met(test: Comparison) -> str:
    return f"{test.operator} {number_text(test.operand)}"


def _branches(
    walk: Walk, form: Form, several: tuple[Alternative, ...], path: Path, bounds: Bounds
) -> Iterator[ModelEdit]:  # fmt: skip
    for index, alternative in enumerate(several):
        yield from _inside(_branch(walk, alternative, path, bounds), form, several, index)
    for index, (alternative, other) in enumerate(pairwise(several[:-1])):
        if _clipped(alternative.points, bounds) != _clipped(other.points, bounds):
            swapped = (*several[:index], other, alternative, *several[index + 2 :])
            part = with_alternatives(form, swapped)
            yield ModelEdit("order", (*path, *alternative.path), str(index + 1), str(index + 2), part)


def _branch(walk: Walk, alternative: Alternative, path: Path, bounds: Bounds) -> Iterator[ModelEdit]:
    if alternative.when is not None:
        at = (*path, *alternative.path, "when")
        yield from edits_inside(condition_changes(walk, alternative.when, at, Scope(walk.domains)), alternative, "when")
    points = _points(walk, alternative.points, (*path, *alternative.points_path))
    yield from edits_inside(_unclipped(points, alternative.points, bounds), alternative, "points")


def _unclipped(changes: Iterator[ModelEdit], points: Points, bounds: Bounds) -> Iterator[ModelEdit]:
    return (change for change in changes if _clipped(change.part, bounds) != _clipped(points, bounds))


def _clipped(points: Points, bounds: Bounds) -> tuple[str, int, int]:
    """By whom they are awarded, the least and the most."""
    by = points.fact if isinstance(points, Award) else ""
    return by, clip(least_points(points), bounds), clip(most_points(points), bounds)


def clip(points: int, bounds: Bounds) -> int:
    low, high = bounds
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def _sound(form: Form) -> bool:
    match normal_form(form):
        case Each(step=step):
            return step is None or step > 0
        case several:
            return _in_order(
                [
                    alternative.when
                    for alternative in several
                    if alternative.kind == "band" and isinstance(alternative.when, Comparison)
                ]
            )


def _in_order(bounds: Sequence[Comparison]) -> bool:
    """Whether bands fall, or rise, from each to the next."""
    falling = bounds[0].operator in ("at_least", "above") if bounds else True
    numbers = [test.operand for test in bounds if isinstance(test.operand, int)]
    return all((bound > other) == falling and bound != other for bound, other in pairwise(numbers))


def compared_numbers(walk: Walk, form: Form, changed: Form, bounds: Bounds) -> tuple[bool, Comparison | None]:
    """Whether two forms of one shape are certain to give the same, and a value of a fact for which they do not."""
    points, other_points = (compile_form(each, walk.policy.scale, *bounds) for each in (form, changed))
    line, other_line = line_of(form), line_of(changed)
    if line is not None and other_line is not None:
        return _compared_each(walk, (line, other_line), (points, other_points), bounds)
    fact = single_fact(form) or ""
    awarded = _awarded(walk, (form, changed))
    for value in _values((form, changed), walk.domains[fact]):
        for others in awarded:
            facts = {fact: value} | {name: number for name, number in others.items() if name != fact}
            if points(facts) != other_points(facts):
                return False, None if value is None else Comparison(fact, "is", value)
    return True, None


def _awarded(walk: Walk, forms: tuple[Form, ...]) -> list[dict[str, int]]:
    """Every combination of what may be awarded, at and beside the bounds; one without anything where nothing is."""
    numbers: dict[str, set[int]] = {}
    for award in (award for form in forms for award in awards(form)):
        numbers.setdefault(award.fact, set()).update((award.at_least, award.at_most))
    ranges = {name: walk.domains[name] for name in numbers}
    values = [(*span.near(numbers[name]), *span.ends) for name, span in ranges.items() if isinstance(span, Range)]
    return [dict(zip(numbers, each, strict=True)) for each in product(*values)]


def _values(forms: tuple[Form, ...], domain: Domain) -> tuple[Plain | None, ...]:
    """Values between which bands and choices give the same points; None for one that is not listed."""
    tested = [
        test
        for form in forms
        for alternative in alternatives(form)
        if alternative.when is not None
        for test in tests(alternative.when)
    ]
    operands = [test.operand for test in tested if isinstance(test.operand, (int, str))]
    if not isinstance(domain, Range):
        return domain or (*dict.fromkeys(operands), None)
    edges = [operand for operand in operands if isinstance(operand, int)]
    edges += [bound for form in forms for award in awards(form) for bound in (award.at_least, award.at_most)]
    values = [*edges, *(edge + more for edge in edges for more in (-ONE, ONE))]
    for edge in (*edges, domain.low, domain.high):
        on = edge // domain.step * domain.step
        values += (on, on + domain.step, on - domain.step)
    return tuple(v for v in dict.fromkeys(values) if domain.low <= v <= domain.high and v % domain.step == 0)


def _compared_each(
    walk: Walk, forms: tuple[Each, Each], points: tuple[PointsOf, PointsOf], bounds: Bounds
) -> tuple[bool, Comparison | None]:
    """Several facts are looked at one by one, the others being 0; it is certain where all go one way, in whole steps."""
    (form, changed), (before, after) = forms, points
    rest = {fact: 0 for fact, _ in form.points}
    moved = [fact for fact, amount in form.points if (fact, amount) not in changed.points]
    certain = len(rest) == 1 or (bool(moved) and all(_one_way(each) for each in forms))
    for fact in moved or rest:
        domain = walk.domains[fact]
        assert isinstance(domain, Range)
        values = _steps(form, domain)
        for value in values:
            if before({**rest, fact: value}) != after({**rest, fact: value}):
                return False, Comparison(fact, "is", value)
        last = {**rest, fact: values[-1] if values else 0}
        whole = domain.low >= 0 and domain.step == ONE
        pairs = ((form, before(last)), (changed, after(last)))
        ended = domain.high <= last[fact] or all(_ended(line, last[fact], points_there, bounds) for line, points_there in pairs)
        certain = certain and whole and ended
    return certain, None


def _steps(form: Each, domain: Range) -> list[int]:
    """Whole numbers and steps from 0, as far as the domain goes."""
    begin, step = line_begins(form), form.step or ONE
    away = -step if form.short_of is not None else step
    numbers = {0, 1, 100, 1000, ONE // 2, *range(0, _SAMPLES * ONE, ONE), *range(begin, begin + _SAMPLES * away, away)}
    if form.round_up:  # beside whole steps, where those differ that count begun ones
        numbers |= {at + by for at in range(begin, begin + _SAMPLES * away, away) for by in (-domain.step, domain.step)}
    return sorted(v for v in numbers if domain.low <= v <= domain.high and v % domain.step == 0)


def _one_way(form: Each) -> bool:
    amounts = [amount for _, amount in form.points]
    return all(amount <= 0 for amount in amounts) or all(amount >= 0 for amount in amounts)


def _ended(form: Each, value: int, points: int, bounds: Bounds) -> bool:
    """Whether nothing changes after a value."""
    return value >= form.short_of if form.short_of is not None else _spent(form, points, bounds)


def _spent(form: Each, points: int, bounds: Bounds) -> bool:
    """Whether no further step can change the points."""
    most = bounds[1] if form.points[0][1] >= 0 else bounds[0]
    return points == most
