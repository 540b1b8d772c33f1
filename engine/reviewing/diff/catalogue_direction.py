"""What the catalogue takes of a field, a category or an attribute, more or less than before: what it refuses has no result."""

from __future__ import annotations

from collections.abc import Collection

from engine.model.catalogue import Attribute, Field
from engine.model.direction import Direction, combined_direction


def of_field(old: Field | None, new: Field | None) -> Direction:
    """The direction of a field that came, went, or takes other values."""
    if old is None or new is None:
        free = (new or old).optional  # type: ignore[union-attr]
        return "mixed" if not free else "looser" if old is None else "stricter"
    if old.type != new.type:
        return "mixed"
    directions: list[Direction] = [
        _values(old.one_of, new.one_of),
        _bound(old.at_least, new.at_least, -1),
        _bound(old.at_most, new.at_most, 1),
        "text" if old.optional == new.optional else "looser" if new.optional else "stricter",
    ]
    return combined_direction(directions)


def of_labels(old: Field, new: Field) -> Direction:
    """Words alone, but where a label stands for another code now: workbooks are read by labels."""
    codes = {label: code for code, label in old.labels.items()}
    moved = any(codes.get(label, code) != code for code, label in new.labels.items())
    return "mixed" if moved else "text"


def of_attribute(old: Attribute, new: Attribute) -> Direction:
    """The direction of an attribute that takes other values, or is of other kinds of subjects."""
    return combined_direction((of_field(old.field, new.field), of_kinds(old.kinds, new.kinds)))


def of_kinds(old: Collection[str], new: Collection[str]) -> Direction:
    if set(old) == set(new):
        return "text"
    return "looser" if set(old) < set(new) else "stricter" if set(new) < set(old) else "mixed"


def _values(old: Collection[str], new: Collection[str]) -> Direction:
    """Without a list any value goes."""
    if set(old) == set(new):
        return "text"
    if not old or not new:
        return "stricter" if new else "looser"
    return of_kinds(old, new)


def _bound(old: int | None, new: int | None, sign: int) -> Direction:
    """Of an upper bound (1) or a lower one (-1), which there need not be."""
    if old == new:
        return "text"
    if old is None or new is None:
        return "stricter" if old is None else "looser"
    return "looser" if sign * new > sign * old else "stricter"
