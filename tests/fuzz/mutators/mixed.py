"""A tree written with mutations of every level: now of the tree, now of tokens, now of bytes, now of all."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.fuzz.mutators import octets, tokens, trees


def of_tree(dice: Random, tree: Any) -> bytes:
    """The tree as JSON, mutated somehow; one in thirty as it is."""
    level = dice.randrange(30)
    if level == 0:
        return trees.written(dice, tree)
    if level < 17:
        return trees.written(dice, trees.mutated(dice, tree))
    content = trees.written(dice, trees.mutated(dice, tree, 1) if level < 20 else tree)
    return of_text(dice, content)


def of_text(dice: Random, content: bytes) -> bytes:
    """A text file, mutated somehow."""
    return tokens.mutated(dice, content) if dice.random() < 0.5 else octets.mutated(dice, content)
