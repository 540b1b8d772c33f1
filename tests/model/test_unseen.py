"""What is unseen is one table, which identifiers, policies, cells and what is told all follow."""

from __future__ import annotations

import re
import unicodedata

import pytest

from engine.model.invisible import HIDDEN, PRINTABLE, VARYING, hides_nothing, pattern
from engine.reading.key import invisible_in, is_invisible
from engine.rendering.visible import visible

EVERY = [chr(code) for code in range(0x110000)]


def _in(ranges: object) -> set[str]:
    assert isinstance(ranges, tuple)
    return {chr(code) for first, last in ranges for code in range(first, last + 1)}


def test_apart() -> None:
    """Each character stands in one range of one table at most."""
    count = sum(last - first + 1 for first, last in HIDDEN + VARYING)
    assert count == len(_in(HIDDEN + VARYING))


@pytest.mark.parametrize("category", ["Cc", "Cf", "Cs", "Zl", "Zp"])
def test_categories(category: str) -> None:
    assert {character for character in EVERY if unicodedata.category(character) == category} <= _in(HIDDEN)


def test_followed() -> None:
    """What is no part of an identifier, what is made visible, what is found in texts of several lines."""
    assert {character for character in EVERY if is_invisible(character)} == _in(HIDDEN + VARYING)
    assert {character for character in EVERY if visible(character) != character} == _in(HIDDEN)
    assert len(invisible_in("".join(EVERY))) == len(_in(HIDDEN + VARYING)) - len("\t\n\r")


def test_pattern() -> None:
    """Some may be left out."""
    hidden = pattern(HIDDEN, but="\t\n")
    assert {character for character in EVERY if hidden.match(character)} == _in(HIDDEN) - {"\t", "\n"}
    assert re.fullmatch(pattern(((0x41, 0x43),), but="B"), "B") is None


def test_printable() -> None:
    """What Python calls printable is hidden for those alone that are named."""
    assert {character for character in _in(HIDDEN) if character.isprintable()} == set(PRINTABLE)
    assert {character for character in EVERY if not character.isprintable()} >= _in(HIDDEN) - set(PRINTABLE)
    assert not any(hides_nothing(f"行{character}政") for character in _in(HIDDEN))
    assert hides_nothing("行政处罚 “A”，1")
