"""How much one adverse record can cost a subject, and how long: what is true of every subject, from the model alone."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from engine.model.period import TimeSpan

BY_TIME: Final = "by_time"
WITH_STATE: Final = "with_state"
BY_BASIS: Final = "by_basis"
NEVER_ENDS: Final = "never"
NOT_KNOWN: Final = "not_known"

End = Literal["by_time", "with_state", "by_basis", "never", "not_known"]
"""How a record ceases to bear on results with nothing new: after so many days; when the state that it tells of is ended (移出、
解除、结清); never, as the basis of the veto says; never, though no basis says so; or it is not known, since a record there
says for good that such records are collected."""


class Influence(Struct, frozen=True):
    """What one record of an adverse category can do to the results of a model by itself.

    `days` are so many at most, that of the record counted, on which it bears on a result, None where time alone does not end
    it; `fact` is the one that counts it longest, in the time span `window`. `points` are at most so many before any veto, as
    counts of 0.0001 of the scale, None where the model gives no score. `vetoes`, `restrictions` and `exclusions` are the ids
    of those that read it; `by_results` is whether earlier results of the subject are read, by which it can go on to bear.
    """

    category: str
    end: End
    days: int | None
    fact: str
    window: TimeSpan | None
    points: int | None
    vetoes: tuple[str, ...]
    restrictions: tuple[str, ...]
    exclusions: tuple[str, ...]
    by_results: bool
