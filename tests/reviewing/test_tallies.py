"""Tallies in two versions: what differs is named branch by branch, and no direction is false of any subject."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from engine.evaluating.single import compile_model, evaluate
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.policy import Policy
from engine.model.subject import Record, Subject
from engine.reviewing.diff.policies import compare_libraries
from tests.lanes import few
from tests.proof.policies import AS_OF, policy

Tree = dict[str, Any]

BRANCHES: list[Tree] = [
    {"where": {"amount": {"at_least": 500}}, "value": 10},
    {"where": {"seriousness": {"is": "serious"}}, "value": 8},
    {"otherwise": 5},
]


def version(branches: list[Tree], each: float = -1, **more: Any) -> Policy:
    """A policy of 100 points less what penalties count as."""
    facts = {"acts": {"tally": "penalty", "within": "12 months", "first_of": branches, **more}}
    start = {} if each < 0 else {"start": 0}
    return policy(facts, {"i": {"points": 100, "fact": "acts", "each": each, **start}})


def named(old: Policy, new: Policy) -> list[tuple[str, str, str]]:
    """What differs, where in the fact, and in which direction."""
    changes = [change for change in compare_libraries(old, new).changes if change.new_path[2:3] == ("facts",)]
    return [(change.what, ".".join(map(str, change.new_path[4:])), change.direction) for change in changes]


class TestNamed:
    """Part by part where the branches stand as they stood, else as one."""

    @pytest.mark.parametrize(
        ("place", "branch", "expected"),
        [
            (0, {"where": {"amount": {"at_least": 500}}, "value": 12}, [("tally_value", "first_of.0.value", "stricter")]),
            (0, {"where": {"amount": {"at_least": 400}}, "value": 10}, [("tally_where", "first_of.0.where", "stricter")]),
            (0, {"where": {"amount": {"above": 500}}, "value": 9},
             [("tally_where", "first_of.0.where", "looser"), ("tally_value", "first_of.0.value", "looser")]),
            (1, {"where": {"seriousness": {"is": "minor"}}, "value": 8}, [("tally_where", "first_of.1.where", "mixed")]),
            (1, {"where": {"seriousness": {"none_of": ["minor"]}}, "value": 8}, [("tally_where", "first_of.1.where", "neutral")]),
            (2, {"otherwise": 4}, [("tally_value", "first_of.2.otherwise", "looser")]),
        ],
    )  # fmt: skip
    def test_one_branch(self, place: int, branch: Tree, expected: list[tuple[str, str, str]]) -> None:
        after = [*BRANCHES[:place], branch, *BRANCHES[place + 1 :]]
        assert named(version(BRANCHES), version(after)) == expected

    def test_order(self) -> None:
        """Serious ones of 500 and more come to 8 now."""
        assert named(version(BRANCHES), version([BRANCHES[1], BRANCHES[0], BRANCHES[2]])) == [("tally", "first_of", "looser")]

    def test_removed(self) -> None:
        assert named(version(BRANCHES), version([BRANCHES[0], BRANCHES[2]])) == [("tally", "first_of", "looser")]

    def test_used_the_other_way(self) -> None:
        assert named(version(BRANCHES, 1), version([BRANCHES[1], BRANCHES[0], BRANCHES[2]], 1)) == [
            ("tally", "first_of", "stricter")
        ]

    def test_branch_that_nothing_reaches(self) -> None:
        """Records that the fact's own `where` leaves out say nothing of a value."""
        more: Tree = {"where": {"seriousness": {"is": "minor"}}}
        after = [BRANCHES[0], {**BRANCHES[1], "value": 30}, BRANCHES[2]]
        assert named(version(BRANCHES, **more), version(after, **more)) == [("tally_value", "first_of.1.value", "neutral")]

    def test_another_where_and_other_values(self) -> None:
        """What was left out counts now, with the value that it has now."""
        old = version(
            [{"where": {"amount": {"at_least": 500}}, "value": 3}, {"otherwise": 5}], where={"amount": {"at_least": 500}}
        )
        new = version([{"where": {"amount": {"at_least": 500}}, "value": 3}, {"otherwise": -9}])
        assert ("tally_value", "first_of.1.otherwise", "looser") in named(old, new)
        assert compare_libraries(old, new).direction == "mixed"

    def test_windows_of_values_below_zero(self) -> None:
        """More records make less of a sum of which nothing is above 0."""
        credits = [{**BRANCHES[0], "value": -2}, {"otherwise": 0}]
        assert named(version(credits), version(credits, within="24 months")) == [("window", "within", "looser")]
        assert named(version(BRANCHES), version(BRANCHES, within="24 months")) == [("window", "within", "stricter")]


def drawn(draw: random.Random) -> list[Tree]:
    wheres: list[Tree] = [
        {"amount": {draw.choice(("at_least", "above", "below", "at_most")): draw.choice((0, 100, 500, 1000))}},
        {"seriousness": {"is": draw.choice(("minor", "serious"))}},
        {"not": {"amount": {"at_least": draw.choice((100, 500))}}},
        {"amount": {"at_least": 100, "below": 1000}, "seriousness": {"is": "serious"}},
        {"any": [{"amount": {"is": 500}}, {"seriousness": {"is_not": "minor"}}]},
    ]
    values = (-3, -1, 0, 1, 2, 5, 8)
    entries = [{"where": draw.choice(wheres), "value": draw.choice(values)} for _ in range(draw.randint(0, 3))]
    return [*entries, {"otherwise": draw.choice(values)}]


def edited(draw: random.Random, branches: list[Tree]) -> list[Tree]:
    """One to two edits of branches."""
    after = [dict(branch) for branch in branches]
    for _ in range(draw.choice((1, 1, 2))):
        place = draw.randrange(len(after))
        match draw.choice(("value", "where", "swap", "remove")):
            case "value":
                key = "otherwise" if "otherwise" in after[place] else "value"
                after[place][key] += draw.choice((-2, -1, 1, 3))
            case "where" if "where" in after[place] and len(other := drawn(draw)) > 1:
                after[place]["where"] = other[0]["where"]
            case "swap" if place < len(after) - 2:
                after[place : place + 2] = [after[place + 1], after[place]]
            case "remove" if place < len(after) - 1:
                del after[place]
            case _:
                pass
    return after


def records(draw: random.Random) -> Iterator[Record]:
    for number in range(draw.choice((0, 1, 1, 2, 4))):
        amount = draw.choice((0, 99, 100, 499, 500, 501, 999, 1000, 5000)) * ONE
        fields = {"seriousness": draw.choice(("minor", "serious")), "amount": amount}
        yield Record(f"r{number}", "penalty", AS_OF - draw.choice((0, 100, 500)), fields)


@pytest.mark.parametrize("seed", few(range(300), 60))
def test_no_direction_is_false(seed: int) -> None:
    """Whatever is said to be looser makes nobody's score less, and the other way round."""
    draw = random.Random(f"tallies {seed}")
    branches = drawn(draw)
    wheres: list[Tree | None] = [None, {"amount": {"at_least": 500}}, {"seriousness": {"is": "serious"}}]
    first: Tree = {"where": where} if (where := draw.choice(wheres)) else {}
    second: Tree = {"where": where} if (where := draw.choice((*wheres, first.get("where")))) else {}
    each = draw.choice((-1, -0.5, 2))
    old, new = version(branches, each, **first), version(edited(draw, branches), each, **second)
    direction = compare_libraries(old, new).direction
    compiled = [compile_model(side, side.models["m"]).at(AS_OF) for side in (old, new)]
    for _ in range(60):
        subject = Subject("s", "organisation", ("p/m",), None, {}, tuple(records(draw)))
        before, after = (evaluate(side, subject) for side in compiled)
        assert isinstance(before, Evaluation)
        assert isinstance(after, Evaluation)
        was, now = int(before.facts["acts"]), int(after.facts["acts"])
        better = (now - was) * each
        assert not (better < 0 and direction in ("looser", "neutral", "text")), (direction, was, now, subject.records)
        assert not (better > 0 and direction in ("stricter", "neutral", "text")), (direction, was, now, subject.records)


def test_directions_say_something() -> None:
    """Most edits of one value or order are decided."""
    pairs = [compare_libraries(version(BRANCHES), version(edited(random.Random(seed), BRANCHES))) for seed in range(40)]
    decided = [pair for pair in pairs if pair.direction in ("looser", "stricter", "neutral")]
    assert len(decided) >= 25
