"""Whole-number arithmetic in arrays, exact: of 64 bits where they surely suffice, else of Python's own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.model.batch import Array

SAFE = 2**61
"""Sums and products below it leave room for one more sum, and to be doubled."""


def largest(values: Array) -> int:
    """The greatest size of a number; 0 of none."""
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def roomy(values: Array) -> Array:
    """The same as Python's own numbers, which have no bound."""
    return values if values.dtype == object else values.astype(object)


def times(values: Array, factor: int) -> Array:
    """Each number so many times."""
    return values * factor if largest(values) * abs(factor) < SAFE else roomy(values) * factor


def product(left: Array, right: Array) -> Array:
    """Each number by the one beside it."""
    return left * right if largest(left) * largest(right) < SAFE else roomy(left) * roomy(right)


def plus(left: Array, right: Array | int) -> Array:
    """Each number and the one beside it, or the same one to all."""
    size = abs(right) if isinstance(right, int) else largest(right)
    return left + right if largest(left) + size < SAFE else roomy(left) + right


def added(columns: Sequence[Array]) -> Array:
    """The sum of some columns."""
    total = columns[0]
    for column in columns[1:]:
        total = plus(total, column)
    return total


def divide(dividend: Array, divisor: Array | int) -> Array:
    """The whole numbers nearest to the quotients, halves away from zero; no divisor is zero."""
    below: Array = np.abs(np.asarray(divisor))
    if largest(dividend) + int(below.max(initial=0)) >= SAFE:
        dividend = roomy(dividend)
    magnitude = (2 * np.abs(dividend) + below) // (2 * below)
    return np.where((dividend < 0) != (np.asarray(divisor) < 0), -magnitude, magnitude)


def clip(values: Array, low: int | None, high: int | None) -> Array:
    """Between bounds."""
    if low is not None:
        values = np.maximum(values, low)
    return values if high is None else np.minimum(values, high)


def whole(values: Array) -> Array:
    """Of 64 bits again where they suffice, as they do for all but the points of an item without bounds."""
    return values.astype(np.int64) if values.dtype == object and largest(values) < SAFE else values
