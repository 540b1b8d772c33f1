"""How a comparison was prepared: by whom, when, with what, of which files, held to which limits and cases."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from engine.model.policy import Exclusion, Measure, Model, Policy, Veto
from engine.model.problem import Problem
from engine.model.scoring import Indicator, Item


class Content(Struct, frozen=True):
    """A file by its name, the SHA-256 of its content in hexadecimal digits, its bytes, and its rows where it has such."""

    name: str
    sha256: str
    bytes: int
    rows: int | None = None


class Origin(Struct, frozen=True):
    """Where a side comes from.

    `commit` is the id of the commit that it was read from or, of a side on disk, of the one that is checked out there;
    `differs` is whether a side on disk differs from that commit, None where the side was read from a revision. `digests`
    are those of what the policies share, by what it is and its id.
    """

    commit: str | None
    differs: bool | None
    files: tuple[Content, ...]
    digests: tuple[tuple[str, str, str], ...] = ()


class ExaminedCases(Struct, frozen=True):
    """One version of a policy of a side put to the cases of that side that are of days on which it is in force.

    How many there are, how many do not pass, how much of it they reach, of 1,000.
    """

    policy: str
    title: str
    version: str
    new: bool
    cases: int
    failed: int
    covered: int


class UnreadCases(Struct, frozen=True):
    """A side, as it was named, whose cases cannot be read, and the first reason."""

    side: str
    problem: Problem


class Examination(Struct, frozen=True):
    """The versions of the policies that differ, and of those that read their results, put to the cases; `unread` are sides whose
    cases cannot be read.
    """

    examined: tuple[ExaminedCases, ...] = ()
    unread: tuple[UnreadCases, ...] = ()


class Preparation(Struct, frozen=True):
    """`by` is who hands the comparison in, `on` the day (an ordinal), `program` its version, `command` what makes it again."""

    by: str | None
    on: int
    program: str
    command: str
    old: Origin
    new: Origin
    population: tuple[Content, ...] = ()


class UnsettledValues(Struct, frozen=True):
    """What of a policy nobody has fixed: parameters that are pending or on trial, elements and documents on trial."""

    pending: int
    trial: int
    elements: int
    documents: int


def unsettled_values(policy: Policy) -> UnsettledValues:
    """How many values of a policy are not final."""
    parameters = policy.parameters.values()
    return UnsettledValues(
        sum(parameter.pending for parameter in parameters),
        sum(parameter.trial and not parameter.pending for parameter in parameters),
        sum(trial for model in policy.models.values() for trial in _trials(model)),
        sum(document.trial for document in policy.documents.values()),
    )


def _trials(model: Model) -> Iterator[bool]:
    scored: tuple[Indicator | Item, ...] = (*model.indicators(), *model.items())
    held: tuple[Exclusion | Veto | Measure, ...] = (*model.not_evaluated, *model.vetoes, *model.measures)
    yield from (element.trial for element in scored)
    yield from (element.trial for element in held)
