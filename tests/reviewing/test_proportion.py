"""No record costs more, or bears longer, than is told of its category: subjects with and without it, evaluated by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.authoring.best_subject import best_subject
from engine.evaluating.single import compile_model, evaluate
from engine.model.evaluation import Evaluation, Outcome
from engine.model.policy import Policy
from engine.model.proof import COUNTEREXAMPLE, DISPROVED, EARLIER_RESULTS, PROVED, UNKNOWN, Proof
from engine.model.proportion import BY_BASIS, BY_TIME, NEVER_ENDS, NOT_KNOWN, WITH_STATE
from engine.model.subject import Subject
from engine.reading.library_cache import load_library
from engine.reviewing.proportion.claims import proportion
from engine.reviewing.proportion.influence import influences
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few
from tests.language.examples import BASE

POLICIES = Path(__file__).resolve().parents[2] / "policies"
DAY = date(2025, 12, 31).toordinal()
RESULT = ("score", "level", "grade", "vetoes", "measures", "weight")


def results(outcome: Outcome) -> object:
    return [getattr(outcome, name) for name in RESULT] if isinstance(outcome, Evaluation) else type(outcome)


def without(subject: Subject, name: str) -> Subject:
    return replace(subject, records=tuple(record for record in subject.records if record.id != name))


def score_of(outcome: Evaluation) -> int:
    """Before any veto."""
    assert outcome.reasoning is not None
    return outcome.reasoning.rounded_score or 0


def all_adverse(policy: Policy) -> Policy:
    """With every category that is one of records against somebody."""
    return replace(
        policy,
        categories={
            name: category if category.derived else replace(category, direction="adverse")
            for name, category in policy.categories.items()
        },
    )


@pytest.mark.parametrize("seed", few(range(800), 15))
def test_random(seed: int) -> None:
    """Each adverse record of each subject taken away: on the day, and when its time is over."""
    library, subjects, as_of = read_world(world(Seeded(f"proportion {seed}"), subjects=6))
    for policy in map(all_adverse, library.policies):
        for model in policy.models.values():
            known = {influence.category: influence for influence in influences(policy, model)}
            compiled = compile_model(policy, model)
            for subject in (each for each in subjects if each.kind == model.kind):
                for record in subject.records:
                    category = policy.categories.get(record.category)
                    if category is None or category.derived or category.not_collected:
                        continue
                    influence = known.get(record.category)
                    less = without(subject, record.id)
                    if influence is not None and influence.points is not None:
                        before, after = (evaluate(compiled.at(as_of), each) for each in (less, subject))
                        if isinstance(before, Evaluation) and isinstance(after, Evaluation):
                            assert score_of(before) - score_of(after) <= influence.points
                    if influence is None or influence.end == BY_TIME:
                        gone = record.date + (0 if influence is None else influence.days or 0)
                        for day in (gone, gone + 1, gone + 45):
                            outcomes = [results(evaluate(compiled.at(day), each)) for each in (subject, less)]
                            assert outcomes[0] == outcomes[1], (subject.id, record.id, day)


def claims(policy: Policy) -> dict[str, Proof]:
    return {proof.about: proof for proof in proportion(policy, DAY, best_subject)}


def shop(*edits: tuple[str, str], catalogue: tuple[tuple[str, str], ...] = (), folder: Path) -> Policy:
    """The example policy of the language with some of its text another."""
    from shutil import copytree

    copytree(BASE / "policies", folder / "policies")
    for name, changes in (("example.yaml", edits), ("common/catalogue.yaml", catalogue)):
        file = folder / "policies" / name
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
    (policy,) = load_library([folder / "policies"]).policies
    return policy


NAMES = sorted({policy.id for policy in load_library([POLICIES]).policies})


@pytest.mark.parametrize("name", few(["housekeeping", *(name for name in NAMES if name != "housekeeping")], 1))
def test_shipped(name: str) -> None:
    """Every adverse category of every shipped policy ends, by time or with its state, and examples bear the bounds out."""
    costs = 0
    for policy in load_library([POLICIES]).versions(name):
        for proof in proportion(policy, policy.nearest(DAY), best_subject):
            influence = proof.influence
            assert influence is not None
            assert proof.answer == (UNKNOWN if influence.by_results else PROVED), (policy.id, proof.model, proof.about)
            assert influence.end in (BY_TIME, WITH_STATE)
            if proof.costs is not None:
                assert influence.points is not None
                assert 0 <= proof.costs <= influence.points
                costs += proof.costs == influence.points
            if proof.witness is not None and influence.days is not None:
                record = proof.witness.subjects[1].records[-1]
                assert influence.days - 2 <= proof.witness.as_of - record.date + 1 <= influence.days
    assert costs or name in ("joint", "intellectual-property", "park")


ADVERSE = (("    title: 行政处罚\n", "    title: 行政处罚\n    direction: adverse\n"),)
FOR_GOOD = ("count: penalty, within: 24 months", "count: penalty")


def test_two_years(tmp_path: Path) -> None:
    """So many points, until the day before the second anniversary: shown on that day, and no longer on the next."""
    (proof,) = claims(shop(catalogue=ADVERSE, folder=tmp_path)).values()
    influence, witness = proof.influence, proof.witness
    assert influence is not None
    assert witness is not None
    assert (proof.answer, influence.end, influence.days, influence.fact) == (PROVED, BY_TIME, 731, "penalties")
    assert (influence.points, proof.costs, influence.vetoes) == (15_0000, 15_0000, ("many-penalties",))
    act = witness.subjects[1].records[-1]
    first, last = date.fromordinal(act.date), date.fromordinal(witness.as_of + 1)
    assert (last.year - first.year, last.month, last.day) == (2, first.month, first.day)


def test_for_good(tmp_path: Path) -> None:
    """What counts for ever is an error with a subject that fares badly ten years later, unless its vetoes alone rest on it and
    their basis says so; what is a state ends with it.
    """
    points, veto, basis, state = (tmp_path / name for name in ("points", "veto", "basis", "state"))
    (proof,) = claims(shop(FOR_GOOD, catalogue=ADVERSE, folder=points)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (COUNTEREXAMPLE, NEVER_ENDS)
    assert proof.witness is not None
    assert proof.witness.as_of - proof.witness.subjects[1].records[-1].date > 3650
    assert isinstance(proof.witness.outcomes[1], Evaluation)
    assert proof.witness.outcomes[1].grade == "差"
    no_points = ("each: -15, basis: plan}", "each: 0, start: 60, basis: plan}")
    instead = ("fact: penalties, points: 60, each: 0, start: 60", "fact: satisfaction, points: 60, each: 0, start: 60")
    (proof,) = claims(shop(FOR_GOOD, no_points, instead, catalogue=ADVERSE, folder=veto)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (COUNTEREXAMPLE, NEVER_ENDS)
    unlimited = ("level: D, basis: plan}", "level: D, unlimited: true, basis: plan}")
    (proof,) = claims(shop(FOR_GOOD, no_points, instead, unlimited, catalogue=ADVERSE, folder=basis)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (PROVED, BY_BASIS)
    lasting = (("direction: adverse\n", "direction: adverse\n    lasting: true\n"),)
    (proof,) = claims(shop(FOR_GOOD, catalogue=ADVERSE + lasting, folder=state)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (PROVED, WITH_STATE)


def test_points_for_good(tmp_path: Path) -> None:
    """Nobody fares badly by it, so that it is no error; it is said."""
    few_points = ("points: 60, each: -15", "points: 60, each: -1"), ("{at_least: 3}}, level: D", "{at_least: 900}}, level: D")
    (proof,) = claims(shop(FOR_GOOD, *few_points, catalogue=ADVERSE, folder=tmp_path)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (DISPROVED, NEVER_ENDS)


def test_earlier_results(tmp_path: Path) -> None:
    """Whose level is held to the last one can stay there for good: nothing is claimed."""
    held = (
        "level: D, basis: plan}",
        "level: D, basis: plan}\n      held: {title: 不升, when: {satisfaction: {at_least: 0}}, above_previous_by: {levels: 0}, basis: plan}",
    )
    (proof,) = claims(shop(held, catalogue=ADVERSE, folder=tmp_path)).values()
    assert (proof.answer, proof.reason, proof.influence and proof.influence.end) == (UNKNOWN, EARLIER_RESULTS, BY_TIME)


def test_not_collected(tmp_path: Path) -> None:
    """The first of a kind that was not collected says for good that it is."""
    adverse = (("    title: 投诉\n", "    title: 投诉\n    direction: adverse\n"),)
    complaints = ("count: penalty, within: 24 months", "count: complaint, within: 24 months, if_missing: 1")
    (proof,) = claims(shop(complaints, catalogue=adverse, folder=tmp_path)).values()
    assert (proof.answer, proof.influence and proof.influence.end) == (UNKNOWN, NOT_KNOWN)
