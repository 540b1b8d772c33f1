"""Columns taken apart and put together; texts keep their words, and get those of others beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.model.batch import ArrayColumn
from engine.model.condition import Plain

if TYPE_CHECKING:
    from engine.model.batch import Array


def has_value(column: ArrayColumn) -> Array:
    """Which rows have a value."""
    if column.words is not None:
        return column.values >= 0
    return np.ones(len(column.values), bool) if column.there is None else column.there


def taken(column: ArrayColumn, rows: Array) -> ArrayColumn:
    """Some rows."""
    there = None if column.there is None else column.there[rows]
    return ArrayColumn(column.values[rows], there, column.words)


def chosen(first: Array, column: ArrayColumn, other: ArrayColumn) -> ArrayColumn:
    """The value of the first where it is chosen, else of the other."""
    there = None if column.there is None and other.there is None else np.where(first, has_value(column), has_value(other))
    if column.words is None:
        return ArrayColumn(np.where(first, column.values, other.values), there)
    words, translated = _with_words(column.words, other)
    return ArrayColumn(np.where(first, column.values, translated), None, words)


def filled(column: ArrayColumn, missing: Array, plain: Plain) -> ArrayColumn:
    """With a value where it is missing."""
    if column.words is None:
        return ArrayColumn(np.where(missing, plain, column.values), has_value(column) | missing)
    words = column.words if plain in column.words else (*column.words, str(plain))
    return ArrayColumn(np.where(missing, words.index(str(plain)), column.values), None, words)


def joined(columns: Sequence[ArrayColumn]) -> ArrayColumn:
    """One below the other."""
    there = None
    if any(column.there is not None for column in columns):
        there = np.concatenate([has_value(column) for column in columns])
    if columns[0].words is None:
        return ArrayColumn(np.concatenate([column.values for column in columns]), there)
    words: tuple[str, ...] = columns[0].words
    values = [columns[0].values]
    for column in columns[1:]:
        words, translated = _with_words(words, column)
        values.append(translated)
    return ArrayColumn(np.concatenate(values), None, words)


def same_text(word: str | None, rows: int) -> ArrayColumn:
    """One text for so many rows, or none."""
    return ArrayColumn(np.full(rows, -1 if word is None else 0, np.int32), None, () if word is None else (word,))


def _with_words(words: tuple[str, ...], other: ArrayColumn) -> tuple[tuple[str, ...], Array]:
    """Words with those of another column beside them, and where its own then stand."""
    if other.words == words:
        return words, other.values
    places = {word: place for place, word in enumerate(words)}
    for word in other.words or ():
        places.setdefault(word, len(places))
    return tuple(places), np.array([places[word] for word in other.words or ()] + [-1], np.int32)[other.values]
