"""How a fact becomes points: indicators in dimensions, and adjustments after them. Points are counts of 0.0001."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from engine.model.condition import Comparison, Condition, Ordering, Plain, facts_in, renamed_condition
from engine.model.problem import Path


class Basis(Struct, frozen=True):
    """A document (and article) that something rests on; `document` is an id of the policy's documents."""

    document: str
    article: str | None = None


class Award(Struct, frozen=True, tag=True):
    """Points that somebody awards within a band: what a fact holds, brought to the nearer bound where it lies outside."""

    fact: str
    at_least: int
    at_most: int


Points = int | Award
"""What a band, choice or branch gives: a number that the policy fixes, or one that is awarded."""


def least_points(points: Points) -> int:
    """The least that may be given."""
    return points.at_least if isinstance(points, Award) else points


def most_points(points: Points) -> int:
    """The most that may be given; it counts as the points of the band."""
    return points.at_most if isinstance(points, Award) else points


class Each(Struct, frozen=True, tag=True):
    """`each: -15`: start + points x fact, for one fact or several; the rest goes with a single one.

    At most one of `beyond` (what exceeds it) and `short_of` (what lacks of it) is there; `round_up` only with a `step`.
    """

    points: tuple[tuple[str, int], ...]
    start: int
    beyond: int | None = None
    step: int | None = None
    short_of: int | None = None
    round_up: bool = False


class Band(Struct, frozen=True):
    """A bound of the fact and the points that it gives."""

    operator: Ordering  # at_least or above (falling), at_most or below (rising)
    threshold: int
    points: Points


class Bands(Struct, frozen=True, tag=True):
    """The first band that the fact meets gives the points."""

    fact: str
    bands: tuple[Band, ...]
    otherwise: Points


class Choices(Struct, frozen=True, tag=True):
    """Points by the value of a text or boolean fact; `otherwise` is None where every value is listed."""

    fact: str
    points: tuple[tuple[Plain, Points], ...]
    otherwise: Points | None


def choice_key(value: Plain) -> str:
    """The key of a choice in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Branch(Struct, frozen=True):
    """A condition and the points that it gives."""

    when: Condition
    points: Points


class FirstOf(Struct, frozen=True, tag=True):
    """The first branch whose condition holds gives the points."""

    branches: tuple[Branch, ...]
    otherwise: Points


Form = Each | Bands | Choices | FirstOf


class Indicator(Struct, frozen=True):
    """A fact turned into points, clipped to [0, points]; left out where `only_when` does not hold (合理缺项).

    Where it is not left out and `none_when` holds it gives 0, whatever its form says.

    `quote`, here and elsewhere, is what the document itself says (原文): it is shown, and decides nothing.
    """

    id: str
    title: str
    points: int
    form: Form
    only_when: Condition | None
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None
    quote: str | None = None
    none_when: Condition | None = None


class Dimension(Struct, frozen=True):
    """A group of indicators. With `counts_for`, its `points` are out of what the indicators add up to."""

    id: str
    title: str
    points: int
    counts_for: int | None
    indicators: tuple[Indicator, ...]
    quote: str | None = None


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
    quote: str | None = None


class Adjustments(Struct, frozen=True):
    """Items, and the bounds of what they come to together."""

    at_most: int
    at_least: int
    items: tuple[Item, ...]


def single_fact(form: Form) -> str | None:
    """The one fact that a form asks, or None where it asks several; what is awarded stands in facts of its own."""
    match form:
        case Each(points):
            return points[0][0] if len(points) == 1 else None
        case Bands(fact) | Choices(fact):
            return fact
        case FirstOf():
            return None
        case never:
            assert_never(never)


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
        case never:
            assert_never(never)
    yield from (award.fact for award in awards(form))


def awards(form: Form) -> Iterator[Award]:
    """Everything that a form lets somebody award."""
    for alternative in alternatives(form):
        if isinstance(alternative.points, Award):
            yield alternative.points


# The normal form


AlternativeKind = Literal["band", "choice", "branch"]


class Alternative(Struct, frozen=True):
    """One way in which a form gives points; the first one counts whose condition holds.

    `when` is None of what is left (`otherwise`). In the form the alternative stands at `path`, its points at `points_path`.
    """

    kind: AlternativeKind
    path: Path
    points_path: Path
    when: Condition | None
    points: Points


def normal_form(form: Form) -> Each | tuple[Alternative, ...]:
    """What every form comes to: a line, or alternatives in the order in which they are asked."""
    match form:
        case Each():
            return form
        case Bands(fact, bands, otherwise):
            rest = Alternative("band", ("bands", len(bands)), ("bands", len(bands), "otherwise"), None, otherwise)
            return (*(_of_band(fact, band, place) for place, band in enumerate(bands)), rest)
        case Choices(fact, points, otherwise):
            listed = tuple(_of_choice(fact, value, amount) for value, amount in points)
            path = ("otherwise",)
            return listed if otherwise is None else (*listed, Alternative("choice", path, path, None, otherwise))
        case FirstOf(branches, otherwise):
            last = len(branches)
            rest = Alternative("branch", ("first_of", last), ("first_of", last, "otherwise"), None, otherwise)
            return (*(_of_branch(branch, place) for place, branch in enumerate(branches)), rest)
        case never:
            assert_never(never)


def _of_band(fact: str, band: Band, place: int) -> Alternative:
    when = Comparison(fact, band.operator, band.threshold)
    return Alternative("band", ("bands", place), ("bands", place, "points"), when, band.points)


def _of_choice(fact: str, value: Plain, points: Points) -> Alternative:
    path = ("choices", choice_key(value))
    return Alternative("choice", path, path, Comparison(fact, "is", value), points)


def _of_branch(branch: Branch, place: int) -> Alternative:
    return Alternative("branch", ("first_of", place), ("first_of", place, "points"), branch.when, branch.points)


def line_begins(line: Each) -> int:
    """From which value of its fact a line counts, upwards or (`short_of`) downwards."""
    return line.short_of if line.short_of is not None else line.beyond or 0


def line_of(form: Form) -> Each | None:
    """A form that is a line; None for one of alternatives."""
    match normal_form(form):
        case Each() as line:
            return line
        case _:
            return None


def alternatives(form: Form) -> tuple[Alternative, ...]:
    """The alternatives of a form; none of a line."""
    match normal_form(form):
        case Each():
            return ()
        case several:
            return several


def with_alternatives(form: Form, changed: Sequence[Alternative]) -> Form:
    """A form of alternatives with other conditions and points in their places."""
    points = [(alternative.when, alternative.points) for alternative in changed]
    rest = next((amount for when, amount in points if when is None), None)
    match form:
        case Each():
            return form
        case Bands(fact):
            return Bands(fact, tuple(_band(when, amount) for when, amount in points if when is not None), rest or 0)
        case Choices(fact):
            return Choices(fact, tuple((_value(when), amount) for when, amount in points if when is not None), rest)
        case FirstOf():
            return FirstOf(tuple(Branch(when, amount) for when, amount in points if when is not None), rest or 0)
        case never:
            assert_never(never)


def _band(when: Condition, points: Points) -> Band:
    match when:
        case Comparison(_, "at_least" | "above" | "at_most" | "below" as operator, int(threshold)):
            return Band(operator, threshold, points)
        case _:
            raise AssertionError("a band asks for one bound")


def _value(when: Condition) -> Plain:
    match when:
        case Comparison(_, "is", int() | str() as value):
            return value
        case _:
            raise AssertionError("a choice asks for one value")


def renamed_form(form: Form, names: Mapping[str, str]) -> Form:
    """The same with facts under their new names."""
    if any(award.fact in names for award in awards(form)):
        renamed = [replace(way, points=_renamed_points(way.points, names)) for way in alternatives(form)]
        form = with_alternatives(form, renamed)
    match form:
        case Each(points):
            return replace(form, points=tuple((names.get(fact, fact), amount) for fact, amount in points))
        case Bands(fact) | Choices(fact):
            return replace(form, fact=names.get(fact, fact))
        case FirstOf(branches):
            return replace(
                form, branches=tuple(replace(branch, when=renamed_condition(branch.when, names)) for branch in branches)
            )
        case never:
            assert_never(never)


def _renamed_points(points: Points, names: Mapping[str, str]) -> Points:
    return replace(points, fact=names.get(points.fact, points.fact)) if isinstance(points, Award) else points
