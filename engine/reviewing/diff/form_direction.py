"""Whether a scoring form gives more or less than another, at every value that can tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from math import lcm, prod

from engine.evaluating.points import compile_form
from engine.model.condition import Comparison, FactRef, Plain, tests
from engine.model.digest import canonical
from engine.model.direction import Direction
from engine.model.fact_range import ANY, Range, fact_range
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.scale import Scale
from engine.model.scoring import Award, Each, FirstOf, Form, Points, alternatives, awards, form_facts, line_begins, line_of
from engine.reviewing.diff import name_domains
from engine.reviewing.diff.linear_sums import falls_below

_MOST = 50_000
"""Combinations of values that are tried."""
_STEPS = 2_000
"""Whole steps that are tried."""

Values = Mapping[str, Plain]
Clipped = tuple[Form, int | None, int | None]
"""A form with the least and the most that it gives."""

NOTHING: Clipped = (FirstOf((), 0), None, None)
"""What gives no points."""


def form_direction(old: Clipped, new: Clipped, policy: Policy, model: Model) -> Direction:
    """looser where the new one never gives less, stricter where it never gives more, neutral where both, else mixed."""
    less, more = (False, False) if old == new else _apart(old, new, policy, model)
    return "mixed" if less and more else "stricter" if less else "looser" if more else "neutral"


def _apart(old: Clipped, new: Clipped, policy: Policy, model: Model) -> tuple[bool, bool]:
    """Whether the new one can give less, and whether it can give more; both where that is not known."""
    first, second = old[0], new[0]
    conditions = _whens(first)
    if conditions is not None and conditions == _whens(second):
        ways = zip(_given(old[0]), _given(new[0]), strict=True)
        pairs = [pair for was, two in ways for pair in _pairs((was, *old[1:]), (two, *new[1:]), policy, model)]
        return any(two < was for was, two in pairs), any(two > was for was, two in pairs)
    names = list(dict.fromkeys((*form_facts(first), *form_facts(second))))
    line, other = line_of(first), line_of(second)
    if line is not None and other is not None and _is_sum(line) and _is_sum(other) and len(names) > 1:
        spans = {name: fact_range(model.facts[name], policy, model) for name in names}
        ones, others = (line, old[1:], other, new[1:]), (other, new[1:], line, old[1:])
        return falls_below(*others, spans), falls_below(*ones, spans)
    domain = _domain(old, new, names, policy, model)
    if domain is None:
        return True, True
    before, after = _points(old, policy.scale), _points(new, policy.scale)
    less = more = False
    for values in domain:
        was, two = before(values), after(values)
        less, more = less or two < was, more or two > was
    return less, more


def _points(clipped: Clipped, scale: Scale) -> Callable[[Values], int]:
    form, low, high = clipped
    return compile_form(form, scale, low, high)


def _whens(form: Form) -> list[object] | None:
    """What the branches of a form ask; None where it has no branches."""
    several = alternatives(form)
    return (
        [canonical(alternative.when) for alternative in several]
        if any(alternative.kind == "branch" for alternative in several)
        else None
    )


def _given(form: Form) -> list[Points]:
    """What each branch gives."""
    return [alternative.points for alternative in alternatives(form)]


ClippedPoints = tuple[Points, int | None, int | None]


def _pairs(old: ClippedPoints, new: ClippedPoints, policy: Policy, model: Model) -> Iterator[tuple[int, int]]:
    """What both branches give, at every number awarded that can tell them apart."""
    numbers = {bound for _, low, high in (old, new) for bound in (low, high) if bound is not None}
    facts: dict[str, None] = {}
    for points, _, _ in (old, new):
        if isinstance(points, Award):
            facts[points.fact] = None
            numbers |= {points.at_least, points.at_most}
    spans = [fact_range(model.facts[name], policy, model) for name in facts]
    for values in product(*((*span.near(numbers), *span.ends) for span in spans)):
        awarded = dict(zip(facts, values, strict=True))
        yield _number(*old, awarded), _number(*new, awarded)


def _number(points: Points, low: int | None, high: int | None, awarded: Mapping[str, int]) -> int:
    if isinstance(points, Award):
        points = min(max(awarded[points.fact], points.at_least), points.at_most)
    points = points if low is None else max(points, low)
    return points if high is None else min(points, high)


def _is_sum(form: Each) -> bool:
    return form.beyond is None and form.short_of is None and form.step is None


def _domain(old: Clipped, new: Clipped, names: Iterable[str], policy: Policy, model: Model) -> Iterator[Values] | None:
    """Every combination of values at and beside which points change; None where they are too many, or not all there are.

    Between two values that stand next to each other, one of the forms gives the same and the other rises or falls; or, of one
    fact, both go straight, and so they do where points are awarded.
    """
    forms = old[0], new[0]
    lines = [line for form in forms if (line := line_of(form)) is not None]
    if len(lines) == 2 and any([name for name, _ in line.points] != list(names) for line in lines):
        return None
    if any(isinstance(test.operand, FactRef) for form in forms for test in _tests(form)):
        return None
    if lines and any(True for form in forms for _ in awards(form)):
        return None
    known = name_domains.of_model(policy, model)
    listed = {}
    for name in names:
        values = known(name)
        if isinstance(values, tuple):
            listed[name] = list(values)
            continue
        named = [value for form in forms for at, value in _named(form) if at == name]
        if model.facts[name].type == "text":
            listed[name] = [*dict.fromkeys(named), "\0"]
            continue
        span = values if isinstance(values, Range) else ANY
        numbers = [int(value) for value in named]
        if any(award.fact == name for form in forms for award in awards(form)):
            numbers += [bound for _, low, high in (old, new) for bound in (low, high) if bound is not None]
        if len(lines) == 2:
            kinks = _kinks(old, new, span)
            if kinks is None:
                return None
            numbers += kinks
        listed[name] = sorted({*span.near((0, *numbers)), *span.ends})
    if prod(map(len, listed.values())) > _MOST:
        return None
    return (dict(zip(listed, values, strict=True)) for values in product(*listed.values()))


def _tests(form: Form) -> Iterator[Comparison]:
    for alternative in alternatives(form):
        if alternative.when is not None:
            yield from tests(alternative.when)


def _named(form: Form) -> Iterator[tuple[str, Plain]]:
    """The values at which a form's answer is another."""
    if (line := line_of(form)) is not None:
        for name, _ in line.points:
            yield name, line_begins(line)
    for test in _tests(form):
        operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
        yield from ((test.name, operand) for operand in operands if not isinstance(operand, FactRef))
    for award in awards(form):
        yield from ((award.fact, bound) for bound in (award.at_least, award.at_most))


def _kinks(old: Clipped, new: Clipped, span: Range) -> list[int] | None:
    """Where two lines of one fact begin, go by steps, and are cut off; None where the steps are too many.

    Beyond the places where they are cut off they differ by as much, or by so much more, a period later: of the periods there,
    one on either side says what all of them do.
    """
    forms = [line for form, _, _ in (old, new) if (line := line_of(form)) is not None]
    places = [place for form, clipped in zip(forms, (old, new), strict=True) for place in _ends(form, clipped[1:])]
    sizes = {form.step for form in forms if form.step is not None}
    if not sizes:
        return places
    bases = [line_begins(form) for form in forms]
    if len({(form.beyond, form.short_of, form.step, form.round_up) for form in forms}) == 1:
        (size,) = sizes  # both are straight, from whole step to whole step
        base = bases[0]
        return [*places, *(end // size * size + base % size for end in span.ends), base + size, base - size]
    period = lcm(ONE, *sizes)
    least, most = min(*places, *bases, 0) - 2 * period, max(*places, *bases, 0) + 2 * period
    low, high = span.ends
    for begins, ends in ((max(least, low), min(most, high)), (low, low + period), (high - period, high)):
        for form, base in zip(forms, bases, strict=True):
            if form.step is None or begins > ends:
                continue
            if (ends - begins) // form.step > _STEPS:
                return None
            first = begins + (base - begins) % form.step
            places += range(first, ends + 1, form.step)
    return places


def _ends(form: Each, bounds: tuple[int | None, int | None]) -> Iterator[int]:
    """Where a line reaches its bounds, and the values and steps beside it."""
    amount, base = form.points[0][1], line_begins(form)
    onwards = 1 if form.short_of is None else -1
    for bound in bounds:
        if bound is not None and amount:
            away = bound - form.start
            if form.step is None:
                place = base + onwards * (away * ONE // amount)
                yield from (place - 1, place, place + 1)
            else:
                count = away // amount
                yield from (base + onwards * (count + by) * form.step for by in (-1, 0, 1, 2))
