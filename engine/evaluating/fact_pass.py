"""One subject's facts under way."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from engine.model.condition import Plain
from engine.model.subject import Record, Subject

Records = Mapping[str, list[Record]]


class FactPass(Struct):
    """One subject under way: what the facts read, and what they find.

    `values` holds None for a fact that rejects, or rests on one that does; `rejected` says why, for the first kind.
    `absent` names the facts that nothing was found for. `change` is the first day after the as-of date on which a fact's records change by themselves.
    `behind` collects the ids of the records behind each fact, where the reasoning is wanted, and `branches` of each that is
    a tally the positions of the branches by which these records count; None for one that another stands for (`once_per`).
    """

    subject: Subject
    records: Records
    values: dict[str, Plain | None]
    rejected: dict[str, str]
    absent: set[str]
    change: int
    behind: dict[str, tuple[str, ...]] | None
    branches: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
