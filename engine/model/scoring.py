"""How a fact becomes points: indicators in dimensions, and adjustments after them. Points are counts of 0.0001."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.model.condition import Condition, Ordering, Plain, facts_in


class Basis(Struct, frozen=True):
    """A document (and article) that something rests on; `document` is an id of the policy's documents."""

    document: str
    article: str | None = None


class Each(Struct, frozen=True, tag=True):
    """`each: -15`: start + points x fact, for one fact or several; beyond and step go with a single one."""

    points: tuple[tuple[str, int], ...]
    start: int
    beyond: int | None = None
    step: int | None = None


class Band(Struct, frozen=True):
    operator: Ordering  # at_least or above (falling), at_most or below (rising)
    threshold: int
    points: int


class Bands(Struct, frozen=True, tag=True):
    """The first band that the fact meets gives the points."""

    fact: str
    bands: tuple[Band, ...]
    otherwise: int


class Choices(Struct, frozen=True, tag=True):
    """Points by the value of a text or boolean fact; `otherwise` is None where every value is listed."""

    fact: str
    points: tuple[tuple[Plain, int], ...]
    otherwise: int | None


def choice_key(value: Plain) -> str:
    """The key of a choice in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Branch(Struct, frozen=True):
    when: Condition
    points: int


class FirstOf(Struct, frozen=True, tag=True):
    """The first branch whose condition holds gives the points."""

    branches: tuple[Branch, ...]
    otherwise: int


Form = Each | Bands | Choices | FirstOf


class Indicator(Struct, frozen=True):
    """A fact turned into points, clipped to [0, points]; left out where `only_when` does not hold (合理缺项)."""

    id: str
    title: str
    points: int
    form: Form
    only_when: Condition | None
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None


class Dimension(Struct, frozen=True):
    """A group of indicators. With `counts_for`, its `points` are out of what the indicators add up to."""

    id: str
    title: str
    points: int
    counts_for: int | None
    indicators: tuple[Indicator, ...]


class Item(Struct, frozen=True):
    """Points added or taken outside the dimensions, clipped to its own bounds where it has any."""

    id: str
    title: str
    form: Form
    at_most: int | None
    at_least: int | None
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None


class Adjustments(Struct, frozen=True):
    at_most: int
    at_least: int
    items: tuple[Item, ...]


def single_fact(form: Form) -> str | None:
    """The one fact that a form reads, or None where it reads several."""
    match form:
        case Each(points):
            return points[0][0] if len(points) == 1 else None
        case Bands(fact) | Choices(fact):
            return fact
        case FirstOf():
            return None


def form_facts(form: Form) -> Iterator[str]:
    """Every fact that a form reads."""
    match form:
        case Each(points):
            yield from (fact for fact, _ in points)
        case Bands(fact) | Choices(fact):
            yield fact
        case FirstOf(branches):
            for branch in branches:
                yield from facts_in(branch.when)
