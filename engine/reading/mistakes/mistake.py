"""A mistake of writing: what is told about it and where, and the lines as they would be without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from engine.model.problem import Place, Problem

MOST = 20
"""So many mistakes of a file are told at once."""


class Spot(Struct, frozen=True):
    """What is told: a code with its values, and the line, column and width of it, from 0."""

    code: str
    line: int
    column: int
    width: int = 1
    values: Mapping[str, object] = {}


class Mistake(Struct, frozen=True):
    """Something that a hand does, as far as it can be seen in the lines; `repaired` are the lines that it changes."""

    spots: tuple[Spot, ...]
    repaired: Mapping[int, str]


def apply(mistake: Mistake, lines: Sequence[str]) -> list[str]:
    """The lines without the mistake."""
    changed = list(lines)
    for number, text in mistake.repaired.items():
        changed[number] = text
    return changed


def problems_of(mistake: Mistake, file: str, written: Sequence[str], now: Sequence[str]) -> list[Problem]:
    """A problem for each spot, placed in the file as it was written; `now` are the lines that the mistake was seen in."""
    return [
        Problem(spot.code, (), spot.values, place=_place(spot, file, written[spot.line], now[spot.line]))
        for spot in mistake.spots
    ]


def _place(spot: Spot, file: str, written: str, now: str) -> Place:
    column = min(_before(spot.column, written, now), len(written))
    return Place(file, spot.line + 1, column + 1, written, max(1, min(spot.width, len(written) - column)))


def _before(column: int, written: str, now: str) -> int:
    """Where a character stood before a part of its line was repaired."""
    if written == now:
        return column
    same = next((at for at, (a, b) in enumerate(zip(written, now, strict=False)) if a != b), min(len(written), len(now)))
    return column if column < same else max(same, len(written) - (len(now) - column))
