"""What a case expects to come out: results, lists, facts and points, each under its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from engine.model.condition import Plain

ResultKey = Literal["score", "level", "grade"]
ListKey = Literal["vetoes", "measures", "alerts"]
InsteadKey = Literal["rejected", "not_evaluated"]
ExpectKey = Literal[ResultKey, ListKey, InsteadKey, "facts", "points"]

RESULTS: tuple[ResultKey, ...] = get_args(ResultKey)
LISTS: tuple[ListKey, ...] = get_args(ListKey)
INSTEAD: tuple[InsteadKey, ...] = get_args(InsteadKey)
"""What stands in place of an evaluation."""


class Expect(Struct, frozen=True):
    """What must come out, as far as the case says it: what has no entry is not said, an entry of None is null.

    `results` by RESULTS, `lists` by LISTS and INSTEAD (all that hold, in the policy's order), `facts` and `points`
    by id; points are None for an indicator that is left out.
    """

    results: Mapping[ResultKey, int | str | None] = {}
    lists: Mapping[ListKey | InsteadKey, tuple[str, ...]] = {}
    facts: Mapping[str, Plain] = {}
    points: Mapping[str, int | None] = {}
