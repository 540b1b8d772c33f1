"""Why a fact passes over a record of the category that it reads."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from engine.model.condition import Condition

Obstacle = Literal[
    "revoked", "repaired", "ended", "future", "other_model", "no_period", "window", "too_recent", "displaced", "unmatched",
    "without_field", "merged",
]  # fmt: skip
"""The record is revoked; its repair took effect; its term ended; its day is to come; it is a result of another model; the
subject has no period to look at; it lies outside of the window or period; it is not old enough yet; a newer record stands in
its place; it does not match what is asked of it; it lacks a field; another one with the same text in a field counts for it.
"""


class Uncounted(Struct, frozen=True):
    """The first reason, in the order in which selection asks, for which a fact does not count a record.

    `matches` is whether what the fact asks of its fields holds, so that the record would count but for the reason. `day` is that
    of the repair, the last day of the term, or the first day on which the record can count. `lacking` are the parts of a
    condition that fail, `field` is the one that is not there or whose text is the same.
    """

    record: str
    fact: str
    obstacle: Obstacle
    matches: bool
    day: int | None = None
    lacking: Condition | None = None
    field: str | None = None
