"""Directions: what they rest on, case by case, and random pairs and edits of which none may be false."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.model.condition import AllOf, Operator
from engine.model.condition import Comparison as Compare
from engine.model.number import ONE
from engine.model.period import PERIODS, Period, Window, read_period, read_window
from engine.model.policy import Measure, MeasureKind, Model, Policy, RejectMissing, Veto
from engine.model.scale import Level
from engine.model.scoring import Dimension, Each, Form
from engine.reviewing.diff import fact_monotonicity
from engine.reviewing.diff.form_direction import form_direction
from engine.reviewing.diff.level_monotonicity import helps, level_helps
from engine.reviewing.diff.policies import compare_libraries
from tests.reviewing import directions, held_edits
from tests.reviewing.edits import shipped
from tests.reviewing.form_pairs import base
from tests.reviewing.test_diff import changes_of, diff_of, with_digest


class TestWhatAFactReaches:
    """A fact that a routine measure reads brings something, though neither better nor worse."""

    @pytest.mark.parametrize(
        ("policy", "before", "after", "what"),
        [
            ("environment", "during: last year\n        where: {grade: {is: 差}}", "during: last year\n        where: {grade: {one_of: [中, 差]}}",
             ("where", "changed", "poor_last_year", "mixed")),
            ("intellectual-property", "within: 12 months\n        where: {degree: {is: serious}", "within: 24 months\n        where: {degree: {is: serious}",
             ("window", "changed", "recent_serious_acts", "mixed")),
            ("medical", "sum: unpaid_medical_bill.amount\n", "sum: unpaid_medical_bill.amount\n        within: 12 months\n",
             ("window", "added", "unpaid_amount", "mixed")),
        ],
    )  # fmt: skip
    def test_routine(self, tmp_path: Path, policy: str, before: str, after: str, what: Any) -> None:
        assert what in changes_of(diff_of(tmp_path, policy, (before, after)))

    def test_routine_with_a_restriction(self, tmp_path: Path) -> None:
        """A notice under the same condition comes and goes with what it gives notice of."""
        edit = ("exists: serious_dishonesty_listing", "exists: serious_dishonesty_listing, within: 12 months")
        assert {(what, way) for what, _, _, way in changes_of(diff_of(tmp_path, "joint", edit))} == {("window", "looser")}

    def test_alerts_alone(self, tmp_path: Path) -> None:
        edit = ("when: {recent_complaints: {at_least: 3}}", "when: {recent_complaints: {at_least: 5}}")
        assert changes_of(diff_of(tmp_path, "eldercare", edit)) == [("when", "changed", "complaint-surge", "neutral")]

    @pytest.mark.long
    def test_rejecting(self) -> None:
        """Whom a fact rejects may be others, though nothing else reads it."""
        model = main()
        fact = replace(model.facts["hours"], if_missing=RejectMissing())
        other = replace(fact, source=model.facts["percent"].source)
        changes = of_models(*(replace(model, facts={**model.facts, "hours": version}) for version in (fact, other)))
        assert changes == [("fact", "mixed")]


class TestSums:
    """Several facts by name, at the bounds of an item."""

    @pytest.mark.long
    def test_keys_in_another_order(self) -> None:
        old = Each((("complaints", -2 * ONE), ("penalties", -ONE)), 0)
        new = Each((("complaints", -4 * ONE), ("penalties", -ONE)), 10 * ONE)
        turned = Each(new.points[::-1], new.start)
        for form in (new, turned):
            assert of_forms(old, form, -15 * ONE) == [("each", "stricter"), ("start", "looser")]
            assert form_direction((old, -15 * ONE, None), (form, -15 * ONE, None), base(), main()) == "mixed"

    def test_the_order_alone(self) -> None:
        old = Each((("complaints", -2 * ONE), ("penalties", -ONE)), 0)
        assert of_forms(old, Each(old.points[::-1], 0), -15 * ONE) == []

    @pytest.mark.parametrize("low", [None, -15 * ONE, 0])
    def test_signs(self, low: int | None) -> None:
        """What one fact gives more, another may take."""
        old = Each((("awards", ONE), ("penalties", -ONE)), 0)
        new = Each((("awards", 2 * ONE), ("penalties", -2 * ONE)), 0)
        assert form_direction((old, low, None), (new, low, None), base(), main()) == ("looser" if low == 0 else "mixed")

    def test_another_fact_as_well(self) -> None:
        old = Each((("penalties", -ONE),), 0)
        new = Each((("penalties", -ONE), ("complaints", -ONE)), 0)
        assert form_direction((old, -5 * ONE, None), (new, -5 * ONE, None), base(), main()) == "stricter"


class TestBetterThatBringsWorse:
    """A veto, or fewer incentives, from a better score."""

    def test_veto_on_a_score(self) -> None:
        """One point more, and the veto holds."""
        above = AllOf((Compare("score", "at_least", 90 * ONE), Compare("penalties", "at_least", ONE)))
        model = replace(main(), vetoes=(Veto("v", "否决", above, "D", None, 0, 0, ()),))
        assert not helps(policy(), model).score
        pair = [with_form(model, Each((("penalties", amount * ONE),), 100 * ONE)) for amount in (-11, -10)]
        assert of_models(*pair) == [("each", "mixed")]
        below = replace(model, vetoes=(replace(model.vetoes[0], when=Compare("score", "below", 60 * ONE)),))
        assert of_models(*(replace(model, vetoes=below.vetoes) for model in pair)) == [("each", "looser")]

    def test_measures_in_place_of_others(self) -> None:
        good, best = (measure(name, "incentive", grade) for name, grade in (("reduced", "良"), ("free", "优")))
        worst = measure("no", "restriction", "差")
        model = replace(main(), measures=(good, best, worst))
        assert level_helps(policy(), model)
        assert not level_helps(policy(), replace(model, measures=(good,)))
        assert not level_helps(policy(), replace(model, measures=(replace(worst, when=Compare("grade", "is", "优")),)))

    def test_shipped(self) -> None:
        """In every policy that is shipped, better is better."""
        pairs = [(policy, model) for policy in shipped().library.policies for model in policy.models.values()]
        assert all(helps(fact, model).score for fact, model in pairs)


class TestWholeNumbers:
    """`at_least 3` is `above 2` where there is nothing between them."""

    @pytest.mark.parametrize(
        ("fact", "before", "after", "expected"),
        [
            ("penalties", ("at_least", 3), ("above", 2), "neutral"),
            ("staff", ("at_least", 3), ("at_least", 2.5), "neutral"),
            ("hours", ("at_least", 3), ("above", 2), "stricter"),
            ("hours", ("at_least", 3), ("above", 2.9999), "neutral"),
            ("percent", ("at_most", 100), ("at_least", 0), "neutral"),
            ("penalties", ("at_least", 3), ("above", 3), "looser"),
            ("score", ("at_least", 80), ("above", 79.99), "neutral"),
        ],
    )
    def test_in_a_veto(self, fact: str, before: tuple[Operator, float], after: tuple[Operator, float], expected: str) -> None:
        vetoes = [Veto("v", "否决", Compare(fact, name, round(at * ONE)), "D", None, 0, 0, ()) for name, at in (before, after)]
        changes = of_models(*(replace(main(), vetoes=(veto,)) for veto in vetoes))
        expected = "mixed" if fact == "score" and expected != "neutral" else expected
        assert changes == [("when", expected)]

    def test_in_a_filter(self, tmp_path: Path) -> None:
        edit = ("where: {passed: {is: true}}", "where: {not: {passed: {is: false}}}")
        assert changes_of(diff_of(tmp_path, "housekeeping", edit)) == [("where", "changed", "passed_inspections", "neutral")]

    def test_in_bands(self, tmp_path: Path) -> None:
        edit = ("when: {general_penalties: {at_least: 3}}", "when: {general_penalties: {above: 2}}")
        assert {way for *_, way in changes_of(diff_of(tmp_path, "housekeeping", edit))} == {"neutral"}


class TestNoWords:
    """What is carried out is more than words."""

    def test_the_item_of_a_restriction(self, tmp_path: Path) -> None:
        changed = diff_of(tmp_path, "housekeeping", ("item: restrict-commendation", "item: restrict-market-entry"))
        assert {(what, way) for what, _, _, way in changes_of(changed)} >= {("item", "mixed")}
        assert changed.direction == "mixed"

    def test_a_measure_that_becomes_a_restriction(self) -> None:
        routine = measure("more", "routine", "中")
        other = replace(routine, kind="restriction", item="restrict-commendation")
        changes = of_models(*(replace(main(), measures=(each,)) for each in (routine, other)))
        assert changes == [("kind", "stricter"), ("item", "stricter")]

    def test_severity(self, tmp_path: Path) -> None:
        changed = diff_of(tmp_path, "eldercare", ("severity: warning", "severity: serious"))
        assert {way for *_, way in changes_of(changed)} == {"neutral"}


class TestScale:
    """The grade of a level, where the order of grades is known."""

    def test_a_worse_grade(self) -> None:
        assert of_scale("B-", "中") == "stricter"
        assert of_scale("C+", "良") == "looser"

    def test_between_two_scores(self) -> None:
        """No score is 84.995, so that a line there is one at 85."""
        old = with_digest(policy())
        levels = tuple(replace(level, at_least=849_950) if level.name == "B+" else level for level in old.scale.levels)
        assert compare_libraries(old, with_digest(replace(old, scale=replace(old.scale, levels=levels)))).direction == "neutral"

    def test_lowered_by_grades(self) -> None:
        """Who is lowered to the best level of a worse grade may come out better for it."""
        assert of_scale("B-", "中", lower_grades=1) == "mixed"


WITHIN = (
    "1 month",
    "3 months",
    "12 months",
    "24 months",
    "28 days",
    "31 days",
    "92 days",
    "365 days",
    "366 days",
    "731 days",
    "750 days",
)
WINDOWS = [window for window in (*map(read_window, WITHIN), *map(read_period, PERIODS)) if window is not None]
assert len(WINDOWS) == len(WITHIN) + len(PERIODS)


class TestWindows:
    """One that has all days of another on every day."""

    @pytest.mark.parametrize("window", WINDOWS, ids=str)
    def test_every_day(self, window: Window | Period) -> None:
        for other in WINDOWS:
            for day in range(date(2023, 12, 1).toordinal(), date(2028, 12, 31).toordinal()):
                floor, least = window.floor(day), other.floor(day)
                assert not fact_monotonicity.holds(window, other) or (
                    floor <= least and other.last(least, day) <= window.last(floor, day)
                )

    def test_shipped(self, tmp_path: Path) -> None:
        """近一年 is more than this year, for a fact that takes points."""
        edit = (
            "title: 近一年查证属实的投诉件数\n        count: complaint\n        within: 12 months",
            "title: 近一年查证属实的投诉件数\n        count: complaint\n        during: this year",
        )
        assert ("window", "changed", "valid_complaints", "looser") in changes_of(diff_of(tmp_path, "housekeeping", edit))


# What is compared


def main() -> Model:
    return base().models["main"]


def policy() -> Policy:
    """With the nine levels."""
    scale = next(policy.scale for policy in shipped().library.policies if policy.id == "housekeeping")
    return replace(base(), scale=scale)


def measure(name: str, kind: MeasureKind, grade: str) -> Measure:
    return Measure(name, name, kind, "service", Compare("grade", "is", grade), None, {}, ())


def with_form(model: Model, form: Form) -> Model:
    dimension: Dimension = model.dimensions[0]
    return replace(model, dimensions=(replace(dimension, indicators=(replace(dimension.indicators[0], form=form),)),))


def of_models(old: Model, new: Model) -> list[tuple[str, str]]:
    pair = [with_digest(replace(policy(), models={"main": model})) for model in (old, new)]
    return [(change.what, change.direction) for change in compare_libraries(*pair).changes]


def of_forms(old: Form, new: Form, at_least: int | None) -> list[tuple[str, str]]:
    model = main()
    assert model.adjustments is not None
    items = [replace(model.adjustments.items[0], form=form, at_least=at_least) for form in (old, new)]
    return of_models(*(replace(model, adjustments=replace(model.adjustments, items=(item,))) for item in items))


def of_scale(level: str, grade: str, lower_grades: int = 0) -> str:
    old = policy()
    vetoes = (Veto("v", "否决", Compare("penalties", "at_least", ONE), "B", None, lower_grades, 0, ()),)
    old = with_digest(replace(old, models={"main": replace(main(), vetoes=vetoes)}))
    levels = tuple(
        Level(level_of_scale.name, level_of_scale.at_least, grade if level_of_scale.name == level else level_of_scale.grade)
        for level_of_scale in old.scale.levels
    )
    return compare_libraries(old, with_digest(replace(old, scale=replace(old.scale, levels=levels)))).direction


# At random


@pytest.mark.parametrize("seed", ["0", *(pytest.param(f"long {n}", marks=pytest.mark.long) for n in range(10))])
def test_no_false_direction_of_forms(seed: str) -> None:
    tally, false = directions.forms(seed, 150 if seed == "0" else 1_000)
    assert not false
    assert tally["whole looser"] + tally["whole stricter"] > 40


@pytest.mark.long
@pytest.mark.parametrize("seed", ["0", *(f"long {n}" for n in range(10))])
def test_no_false_direction_of_edits(seed: str) -> None:
    tally, false = held_edits.hold(seed, 6)
    assert not false
    assert sum(tally.values()) > 5
