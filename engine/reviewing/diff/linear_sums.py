"""Whether one sum of facts can fall below another, each cut off at its own bounds, for any values that the facts can have.

All pairs of values of two sums are a polygon of at most two sides a fact; that a clipped sum is below the other is one of a
few half-planes cutting it. This is exact but for values between those of a step, where it says too often that it can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key

from engine.model.fact_range import Range
from engine.model.number import ONE
from engine.model.scoring import Each

Point = tuple[int | Fraction, int | Fraction]
HalfPlane = tuple[int, int, int]
"""a, b, c: the points (x, y) with a x + b y <= c."""

Bounds = tuple[int | None, int | None]


def falls_below(first: Each, its: Bounds, other: Each, theirs: Bounds, spans: Mapping[str, Range]) -> bool:
    """Whether the first, within its bounds, can be less than the second within its own."""
    if its == theirs and _never_below(first, other, spans):
        return False
    return any(_meets(_polygon(first, other, spans), cuts) for cuts in _cuts(first, its, other, theirs, spans))


def _never_below(line: Each, other: Each, spans: Mapping[str, Range]) -> bool:
    """Fact by fact and at the start; then no rounding makes less of it either."""
    first, second = dict(line.points), dict(other.points)
    more = {name: first.get(name, 0) - second.get(name, 0) for name in {**first, **second}}
    return line.start >= other.start and all(by * end >= 0 for name, by in more.items() for end in spans[name].ends)


def _cuts(line: Each, its: Bounds, other: Each, theirs: Bounds, spans: Mapping[str, Range]) -> Iterator[Sequence[HalfPlane]]:
    """Ways in which max(l, min(x, h)) < max(l', min(y, h')) comes about; each is a conjunction."""
    (low, high), (their_low, their_high) = its, theirs
    if low is not None and their_high is not None and low >= their_high:
        return
    first, second = dict(line.points), dict(other.points)
    amounts = {name: (first.get(name, 0), second.get(name, 0)) for name in {**first, **second}}
    rounded = [pair for name, pair in amounts.items() if any(amount * spans[name].step % ONE for amount in pair)]
    slack = len(rounded) * ONE // 2  # a product is rounded by half of the last place at most
    between = sum(ONE for amount, two in rounded if amount != two)
    always: list[HalfPlane] = []
    if low is not None and not (their_low is not None and low < their_low):
        always.append((0, -1, -(low + 1) * ONE + slack))
    if their_high is not None and not (high is not None and high < their_high):
        always.append((1, 0, (their_high - 1) * ONE + slack))
    if high is not None and their_low is not None and high < their_low:
        yield always
    yield [*always, (1, -1, -ONE + between)]
    if their_low is not None:
        yield [*always, (1, 0, (their_low - 1) * ONE + slack)]
    if high is not None:
        yield [*always, (0, -1, -(high + 1) * ONE + slack)]


def _polygon(line: Each, other: Each, spans: Mapping[str, Range]) -> list[Point]:
    """The corners of all pairs of sums, in units of 10^-8."""
    first, second = dict(line.points), dict(other.points)
    x, y = line.start * ONE, other.start * ONE
    sides: list[tuple[int, int]] = []
    for name in {**first, **second}:
        low, high = spans[name].ends
        a, b = first.get(name, 0), second.get(name, 0)
        x, y = x + a * low, y + b * low
        dx, dy = a * (high - low), b * (high - low)
        if dy < 0 or (dy == 0 and dx < 0):  # start at the lowest corner, and go up
            x, y, dx, dy = x + dx, y + dy, -dx, -dy
        sides.append((dx, dy))
    sides.sort(key=cmp_to_key(_turn))
    corners: list[Point] = [(x, y)]
    for sign in (1, -1):
        for dx, dy in sides:
            x, y = x + sign * dx, y + sign * dy
            corners.append((x, y))
    return corners


def _turn(side: tuple[int, int], other: tuple[int, int]) -> int:
    """Which of two sides goes up less steeply to the left."""
    return side[1] * other[0] - side[0] * other[1]


def _meets(corners: Sequence[Point], cuts: Sequence[HalfPlane]) -> bool:
    """Whether anything of a polygon is in every half-plane."""
    for a, b, c in cuts:
        inside: list[Point] = []
        over = [a * x + b * y - c for x, y in corners]
        for place, (x, y) in enumerate(corners):
            x0, y0 = corners[place - 1]
            before, here = over[place - 1], over[place]
            if (before > 0) != (here > 0):
                part = Fraction(before) / (before - here)
                inside.append((x0 + part * (x - x0), y0 + part * (y - y0)))
            if here <= 0:
                inside.append((x, y))
        corners = inside
    return bool(corners)
