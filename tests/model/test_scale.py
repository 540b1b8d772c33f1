"""Scales: the level of a score, and what lowers a level or holds it to the last one, worked out by hand."""

from __future__ import annotations

import pytest

from engine.model.digest import canonical
from engine.model.scale import Level, Scale, least_above

TAX = Scale(
    "tax",
    1_000_000,
    (
        Level("A", 900_000, "A"),
        Level("B", 700_000, "B"),
        Level("M", None, "M", by_rule=True),
        Level("C", 400_000, "C"),
        Level("D", None, "D"),
        Level("黑名单", None, "黑名单", by_rule=True),
    ),
)


def level(rank: int) -> str:
    return TAX.names[rank]


@pytest.mark.parametrize(("score", "name"), [(900_000, "A"), (899_900, "B"), (699_900, "C"), (399_900, "D"), (0, "D")])
def test_no_score_gives_a_level_by_rule(score: int, name: str) -> None:
    assert level(TAX.rank_of_score(score)) == name


@pytest.mark.parametrize(
    ("start", "by", "name"),
    [("A", 1, "B"), ("B", 1, "C"), ("A", 2, "C"), ("M", 1, "C"), ("A", 9, "D"), ("D", 1, "D"), ("黑名单", 1, "黑名单")],
)
def test_lowering_passes_levels_by_rule_over(start: str, by: int, name: str) -> None:
    rank = TAX.names.index(start)
    assert level(TAX.lower_by_levels(rank, by)) == name
    assert level(TAX.lower_by_grades(rank, by)) == name


@pytest.mark.parametrize(
    ("start", "last", "levels", "name"),
    [
        ("A", "B", 0, "B"),  # not above the last one
        ("C", "B", 0, "C"),  # nor better for it
        ("A", "C", 1, "B"),  # M is no step
        ("A", "D", 1, "C"),
        ("A", "D", 3, "A"),  # as many as there are
        ("A", "D", 9, "A"),
        ("A", "M", 0, "C"),  # M is given by no such rule: the next that a score gives
        ("A", "M", 1, "B"),
        ("M", "M", 0, "M"),  # given by another rule
        ("A", "黑名单", 0, "D"),  # no score gives so bad a one
        ("黑名单", "黑名单", 0, "黑名单"),
        ("A", "黑名单", 1, "D"),
    ],
)
def test_not_above_the_last(start: str, last: str, levels: int, name: str) -> None:
    rank = TAX.no_better_than(TAX.names.index(start), TAX.names.index(last), levels)
    assert level(rank) == name


def test_above() -> None:
    """Scores have 2 decimals."""
    assert least_above(7_500_000) == 7_500_100
    assert least_above(7_500_050) == 7_500_100


def test_what_is_not_written_is_in_no_digest() -> None:
    """What was published before these words came keeps its digest."""
    plain = Scale("s", 1_000_000, (Level("A", None, "优"),))
    assert canonical(plain) == ["Scale", "s", 1_000_000, [["Level", "A", None, "优"]]]
    later = Scale("s", 1_000_000, (Level("A", 100, "优", above=0), Level("M", None, "优", by_rule=True)), 900_000)
    assert canonical(later) == [
        "Scale", "s", 1_000_000,
        [["Level", "A", 100, "优", ["above", 0]], ["Level", "M", None, "优", ["by_rule", True]]], ["reference", 900_000],
    ]  # fmt: skip
