"""The semantic diff: it finds what differs and nothing else, and its directions hold for subjects."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from engine.authoring.mutation.run import mutants
from engine.evaluating.single import compile_model, evaluate
from engine.model.change import PolicyDiff
from engine.model.digest import digest
from engine.model.policy import Policy
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reviewing.diff.policies import compare_libraries, policy_changes
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few
from tests.reviewing import truth
from tests.reviewing.subjects import drawn, subject

SHIPPED = sorted(Path("policies").glob("*.yaml"))


def with_digest(policy: Policy) -> Policy:
    return replace(policy, digest=digest(policy))


def mutated(policy: Policy) -> Iterator[tuple[tuple[object, ...], Policy]]:
    """Mutants and where they stand in the file."""
    for mutated_model in mutants(policy):
        models = {**policy.models, **{model.id: model for model in mutated_model.models}}
        yield mutated_model.mutant.path, with_digest(replace(policy, models=models))


@pytest.mark.parametrize("seed", few(range(30), 2))
def test_equal_digests_and_empty_diffs(seed: int) -> None:
    """Whatever is changed in a policy, the diff is empty where the digest is the same, and nowhere else."""
    draw = random.Random(seed)
    library, _, _ = read_world(world(Seeded(f"diff {seed}"), subjects=1))
    for policy in library.policies:
        for _ in range(20):
            other = with_digest(changed_somewhere(policy, draw))
            assert bool(compare_libraries(policy, other).changes) == (policy.digest != other.digest)


def changed_somewhere(value: Policy, draw: random.Random) -> Policy:
    """The same with one leaf of another value; such policies need not be sound."""
    leaves = list(_leaves(value))
    path = draw.choice(leaves)
    return _put(value, path, draw)  # type: ignore[return-value]


WORDS = ("title", "note", "version", "authority", "document", "article", "law")
"""Fields that may hold any text."""


def _leaves(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "digest":
                yield from _leaves(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*path, key))
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _leaves(part, (*path, place))
    elif not isinstance(value, str) or path[-1] in WORDS:
        yield path


def _put(value: object, path: tuple[object, ...], draw: random.Random) -> object:
    if not path:
        return _other(value, draw)
    first, rest = path[0], path[1:]
    if isinstance(value, Struct):
        return replace(value, **{str(first): _put(getattr(value, str(first)), rest, draw)})
    if isinstance(value, dict):
        return {**value, first: _put(value[first], rest, draw)}
    assert isinstance(value, tuple)
    return tuple(_put(part, rest, draw) if place == first else part for place, part in enumerate(value))


def _other(value: object, draw: random.Random) -> object:
    match value:
        case bool():
            return not value
        case int():
            return value + draw.choice((-1, 1, 10_000))
        case str():
            return draw.choice((value, f"{value}x"))
        case _:
            return value


def text_of(policy: str) -> str:
    return Path(f"policies/{policy}.yaml").read_text(encoding="utf-8")


def diff_of(folder: Path, policy: str, *edits: tuple[str, str]) -> PolicyDiff:
    """A shipped policy before and after edits of its text."""
    libraries = []
    for name, pairs in (("old", ()), ("new", edits)):
        text = text_of(policy)
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        target = folder / name
        target.mkdir(exist_ok=True)
        (target / f"{policy}.yaml").write_text(text, encoding="utf-8")
        libraries.append(read_library(find_files([target])).library)
    changes = policy_changes(libraries[0].policies, libraries[1].policies)
    return changes[0] if changes else PolicyDiff(libraries[0].policies[0], libraries[1].policies[0], ())


def changes_of(changed: PolicyDiff) -> list[tuple[str, str, str, str]]:
    return [(change.what, change.how, change.id, change.direction) for change in changed.changes]


class TestShipped:
    """Edits of the tourism policy, each as a reviewer would tell it."""

    def test_spelling(self, tmp_path: Path) -> None:
        text = text_of("tourism")
        changed = diff_of(
            tmp_path, "tourism", ("policy: tourism", "# 说明\npolicy: tourism"), ("within: 24 months", "within: 2 years")
        )
        assert text
        assert changed.changes == ()

    def test_threshold(self, tmp_path: Path) -> None:
        changed = diff_of(tmp_path, "tourism", ("{at_least: 98, points: 8}", "{at_least: 99, points: 8}"))
        assert changes_of(changed) == [("band", "changed", "contracts", "stricter")]

    def test_window_and_name(self, tmp_path: Path) -> None:
        changed = diff_of(
            tmp_path,
            "tourism",
            ("      minor_penalties:", "      small_penalties:"),
            ("{minor_penalties: -1", "{small_penalties: -1"),
            (
                "within: 24 months\n        where: {seriousness: {is: minor}}",
                "within: 12 months\n        where: {seriousness: {is: minor}}",
            ),
        )
        assert changes_of(changed) == [
            ("fact", "renamed", "small_penalties", "text"),
            ("window", "changed", "small_penalties", "looser"),
        ]

    def test_parameter(self, tmp_path: Path) -> None:
        """It is one change, wherever it stands."""
        changed = diff_of(tmp_path, "tourism", ("value: 700\n", "value: 710\n"))
        assert changes_of(changed) == [("parameter", "changed", "xiangxin_excellent", "stricter")]

    def test_places(self, tmp_path: Path) -> None:
        changed = diff_of(tmp_path, "tourism", ("{at_least: 98, points: 8}", "{at_least: 98, points: 7}"))
        path = changed.changes[0].new_path
        assert path == ("models", "agency", "dimensions", "compliance", "indicators", "contracts", "bands", 0, "points")
        assert changes_of(changed) == [("points", "changed", "contracts", "stricter")]


QUICK = ("bidding",)
"""The others take a quarter of a minute each."""


@pytest.mark.parametrize(
    "file", [pytest.param(file, marks=() if file.stem in QUICK else pytest.mark.long, id=file.stem) for file in SHIPPED]
)
def test_mutants_of_shipped_policies_are_named(file: Path) -> None:
    """Every fifth mutant of each policy."""
    policy = read_library(find_files([file])).library.policies[0]
    for number, (path, other) in enumerate(mutated(policy)):
        if number % 5 == 0:
            changed = compare_libraries(policy, other)
            assert changed.changes
            if path[0] != "parameters":  # which stand in several places
                assert any(meet(change.new_path, path) or meet(change.old_path, path) for change in changed.changes), path


def meet(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    """Whether one path leads to the other, or both into the same element."""
    shared = min(len(first), len(second), 6)
    return first[:shared] == second[:shared]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(24))
def test_directions_hold(seed: int) -> None:
    """Where a mutant is called looser, nobody is worse off; where stricter, nobody better; else nobody differs."""
    library, subjects, as_of = read_world(world(Seeded(f"direction {seed}"), subjects=12))
    draw = random.Random(seed)
    for policy in library.policies:
        every = list(mutated(policy))
        for path, other in draw.sample(every, min(25, len(every))):
            changed = compare_libraries(policy, other)
            moved = truth.Moved()
            for name in (name for name in policy.models if policy.models[name] != other.models[name]):
                before, after = (compile_model(version, version.models[name]) for version in (policy, other))
                values = drawn(policy, before.model)
                whom = [subject for subject in subjects if subject.kind == before.model.kind]
                for whom_asked in (*whom, *(subject(draw, values, as_of) for _ in range(20))):
                    first, second = (evaluate(each.at(as_of), whom_asked, reasoning=False) for each in (before, after))
                    truth.compare(moved, before, after, first, second, whom_asked, {})
            assert moved.contradicts(changed.direction) is None, (policy.id, path)
