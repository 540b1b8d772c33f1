"""Rows in the order of their owners, made one value an owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.evaluating.arrays.arithmetic import SAFE, largest, roomy

if TYPE_CHECKING:
    from engine.model.batch import Array


def starts(owner: Array) -> Array:
    """Where the rows of the next owner begin, in rows that are in their order."""
    if not len(owner):
        return np.zeros(0, np.intp)
    return np.concatenate(([0], np.flatnonzero(owner[1:] != owner[:-1]) + 1))


def counts(owner: Array, owners: int) -> Array:
    """How many rows each owner has."""
    return np.bincount(owner, minlength=owners)


def sums(owner: Array, values: Array, owners: int) -> Array:
    """What the values of each owner come to."""
    first = starts(owner)
    longest = int(np.diff(np.append(first, len(owner))).max()) if len(owner) else 0
    if values.dtype == object or largest(values) * longest >= SAFE:
        total: Array = np.zeros(owners, object)
        values = roomy(values)
    else:
        total = np.zeros(owners, np.int64)
    if len(first):
        total[owner[first]] = np.add.reduceat(values, first)
    return total


def least(owner: Array, values: Array, into: Array) -> None:
    """Takes the least value of each owner into what there is, where it is less."""
    first = starts(owner)
    if len(first):
        mine = owner[first]
        into[mine] = np.minimum(into[mine], np.minimum.reduceat(values, first))


def greatest(owner: Array, values: Array, owners: int) -> tuple[Array, Array]:
    """The greatest value of each owner, and who has any."""
    first = starts(owner)
    most, there = np.zeros(owners, np.int64), np.zeros(owners, bool)
    if len(first):
        most[owner[first]] = np.maximum.reduceat(values, first)
        there[owner[first]] = True
    return most, there


def last_places(owner: Array) -> Array:
    """Where the last row of each owner stands."""
    return np.append(starts(owner)[1:], len(owner)) - 1 if len(owner) else np.zeros(0, np.intp)
