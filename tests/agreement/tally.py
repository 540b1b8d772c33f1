"""The branches of a tally at random: some that nothing reaches, some that give the same as the next, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.agreement.draw import Draw

Tree = dict[str, Any]


def branches(draw: Draw, value: Callable[[], Any], where: Callable[[], Tree]) -> list[Tree]:
    """What stands under `first_of`: up to five conditions, one of them twice at times, and `otherwise`."""
    entries: list[Tree] = [{"where": where(), "value": value()} for _ in range(draw.integer(0, 4))]
    if entries and draw.chance(0.1):
        entries.append({"where": draw.choice(entries)["where"], "value": value()})
    if entries and draw.chance(0.2):
        entries[-1]["value"] = draw.choice((0, entries[0]["value"]))
    return [*entries, {"otherwise": draw.choice((0, value()))}]
