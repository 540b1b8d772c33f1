"""Numbers that a policy names: another value is one change, and hides nothing that differs beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.model.change import PolicyDiff, Used
from engine.model.digest import digest
from engine.model.policy import Model, Policy
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reading.library_cache import load_library
from engine.reviewing.diff.file_numbers import number_at, with_number
from engine.reviewing.diff.policies import compare_libraries
from tests.lanes import few
from tests.reviewing.revised import BEFORE

HEAD = """policy: small
title: 小
version: "1"
status: trial
authority: 示例局
effective: {from: 2025-01-01}
scale: hunan-nine-level
basis:
  plan: {document: 方案}
parameters:
  times: {title: 屡次的次数, value: %s, status: pending, basis: plan}
  other: {title: 另一次数, value: 3, status: set, basis: plan}
models:
  store:
    title: 门店
    kind: organisation
    facts:
      penalties: {title: 处罚次数, count: administrative_penalty}
      late: {title: 近一年处罚次数, count: administrative_penalty, within: 12 months}
    dimensions:
      all:
        title: 守法
        points: 100
        indicators:
          one: {title: 处罚, fact: penalties, points: 50, each: %s, start: 50, basis: plan}
          two:
            title: 近一年处罚
            fact: late
            points: 50
            bands: [{at_least: %s, points: 0}, {otherwise: 50}]
            basis: plan
    vetoes:
      many: {title: 屡次处罚, when: %s, level: D, basis: plan}
    measures:
      watch: {title: 重点监管, kind: routine, matter: supervision, when: {grade: {is: 差}}, basis: plan}
"""
TIMES = "{parameter: times}"


def policy(
    folder: Path, times: int = 3, each: str = "-5", band: str = "4", when: str = f"{{penalties: {{at_least: {TIMES}}}}}"
) -> Policy:
    folder.mkdir(exist_ok=True)
    (folder / "small.yaml").write_text(HEAD % (times, each, band, when), encoding="utf-8")
    return read_library(find_files([folder])).library.policies[0]


def changes_of(changed: PolicyDiff) -> list[tuple[str, str, str]]:
    return [(change.what, change.id, change.direction) for change in changed.changes]


def condition(first: str, second: str) -> str:
    return f"{{penalties: {{at_least: {first}}}, late: {{at_least: {second}}}}}"


class TestNothingHidden:
    def test_equal_number_beside(self, tmp_path: Path) -> None:
        """A written number that goes the same way as the parameter beside it is a change of its own."""
        changed = compare_libraries(
            policy(tmp_path, 3, when=condition(TIMES, "3")), policy(tmp_path, 2, when=condition(TIMES, "2"))
        )
        assert changes_of(changed) == [("parameter", "times", "stricter"), ("when", "many", "stricter")]

    @pytest.mark.parametrize("join", ["all", "any"])
    def test_equal_number_in_a_list(self, tmp_path: Path, join: str) -> None:
        def when(number: int) -> str:
            parts = f"{{penalties: {{at_least: {TIMES}}}}}, {{penalties: {{at_least: {number}}}, late: {{at_least: 1}}}}"
            return f"{{{join}: [{parts}]}}"

        changed = compare_libraries(policy(tmp_path, 3, when=when(3)), policy(tmp_path, 2, when=when(2)))
        assert [change[0] for change in changes_of(changed)] == ["parameter", "when"]

    def test_elsewhere(self, tmp_path: Path) -> None:
        """An equal number in another element never was of the parameter."""
        changed = compare_libraries(policy(tmp_path, 3, band="3"), policy(tmp_path, 2, band="2"))
        assert changes_of(changed) == [("parameter", "times", "stricter"), ("band", "two", "stricter")]

    def test_opposite(self, tmp_path: Path) -> None:
        """One goes up where the other goes down."""
        changed = compare_libraries(
            policy(tmp_path, 3, when=condition(TIMES, "2")), policy(tmp_path, 2, when=condition(TIMES, "3"))
        )
        assert changes_of(changed) == [("parameter", "times", "stricter"), ("when", "many", "looser")]

    def test_alone(self, tmp_path: Path) -> None:
        assert changes_of(compare_libraries(policy(tmp_path, 3), policy(tmp_path, 2))) == [("parameter", "times", "stricter")]


class TestUses:
    """A number becomes a parameter, or the other way round, or another one: a line for each place."""

    def test_both_places(self, tmp_path: Path) -> None:
        changed = compare_libraries(policy(tmp_path, when=condition("3", "3")), policy(tmp_path, when=condition(TIMES, TIMES)))
        assert [(change.what, change.new_path[-2:]) for change in changed.changes] == [
            ("parameter_use", ("penalties", "at_least")), ("parameter_use", ("late", "at_least")),
        ]  # fmt: skip
        for change in changed.changes:
            assert change.old == Used(30_000, None)
            assert isinstance(change.new, Used)
            assert change.new.parameter is not None
            assert (change.new.parameter.id, change.new.parameter.pending, change.title) == ("times", True, "屡次处罚")

    def test_beside_other_changes(self, tmp_path: Path) -> None:
        """They are told whatever else differs, a number that is another one at the same place included."""
        old, new = policy(tmp_path, when=condition("4", "3")), policy(tmp_path, each="-6", when=condition(TIMES, "3"))
        assert changes_of(compare_libraries(old, new)) == [
            ("each", "one", "stricter"), ("when", "many", "stricter"), ("parameter_use", "many", "neutral"),
        ]  # fmt: skip

    def test_back_and_another(self, tmp_path: Path) -> None:
        other = "{parameter: other}"
        for before, after in ((TIMES, "3"), (TIMES, other)):
            old, new = policy(tmp_path, when=condition(before, "3")), policy(tmp_path, when=condition(after, "3"))
            assert changes_of(compare_libraries(old, new)) == [("parameter_use", "many", "neutral")]

    def test_points(self, tmp_path: Path) -> None:
        old, new = policy(tmp_path, band="3"), policy(tmp_path, band=TIMES)
        (use,) = compare_libraries(old, new).changes
        assert (use.what, use.new_path[-3:]) == ("parameter_use", ("bands", 0, "at_least"))


SHIPPED = [*load_library([BEFORE]).policies, *load_library([Path("policies")]).policies]


@pytest.mark.parametrize("shipped", few(SHIPPED, 3), ids=lambda policy: policy.id)
def test_every_use_is_found(shipped: Policy) -> None:
    """Wherever a parameter stands, its number is found there, another one can be put in its place, and that is the change."""
    for model in shipped.models.values():
        for use in model.parameter_uses:
            value = shipped.parameters[use.parameter].value
            number = value if use.complement is None else use.complement - value
            assert number_at(model, use.path) == number, use.path
            assert number_at(with_number(model, use.path, number + 1), use.path) == number + 1


@pytest.mark.parametrize("shipped", few(SHIPPED, 3), ids=lambda policy: policy.id)
def test_a_value_is_one_change(shipped: Policy) -> None:
    for name, parameter in shipped.parameters.items():
        other = replace(parameter, value=parameter.value + 100)
        models = {key: _with(model, name, other.value) for key, model in shipped.models.items()}
        new = replace(shipped, parameters={**shipped.parameters, name: other}, models=models)
        new = replace(new, digest=digest(new))
        assert [(change.what, change.id) for change in compare_libraries(shipped, new).changes] == [("parameter", name)]


def _with(model: Model, name: str, value: int) -> Model:
    for use in model.parameter_uses:
        if use.parameter == name:
            model = with_number(model, use.path, value if use.complement is None else use.complement - value)
    return model
