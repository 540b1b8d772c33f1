"""Counterexamples with ordinary values: whatever is tried, the answer stays, and nothing is there that the catalogue refuses."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from engine.evaluating.single import compile_model, evaluate
from engine.model.catalogue import Catalogue, Field
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.policy import Model, Policy
from engine.model.problem import SubjectError
from engine.model.proof import Witness
from engine.model.subject import Record, Subject
from engine.reading.library import read_library
from engine.reading.resources import resource_folder
from engine.reading.revisions import side_files
from engine.reading.subject import read_subject
from engine.rendering.subject_document import subject_document
from engine.reviewing.proof.plausible_witness import plausible_witness
from tests.lanes import few
from tests.proof.subjects import random_subjects

LIBRARY = read_library(side_files(str(resource_folder("policies")))).library
HOUSEKEEPING = next(policy for policy in LIBRARY.policies if policy.id == "housekeeping")
VERSIONS = [(HOUSEKEEPING, HOUSEKEEPING.models["enterprise"])]
DAY = 739_981


def subject(attributes: dict[str, int], *records: Record) -> Subject:
    return Subject("S1", "organisation", ("housekeeping/enterprise",), None, attributes, records)


def training(hours: int, at: int = 1) -> Record:
    return Record(f"R{at}", "training_hours", DAY, {"hours": hours * ONE})


def made_plausible(first: Subject, holds: Callable[[Subject], bool], smallest: bool = False, seconds: float = 5.0) -> Subject:
    """What becomes of a subject that shows something, where others show it too if it holds of them."""

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        return Witness(DAY, subjects, ()) if holds(subjects[0]) else None

    assert holds(first)
    witness = plausible_witness(Witness(DAY, (first,), (), smallest=smallest), VERSIONS, replay, seconds)
    assert witness.smallest == smallest
    (candidate,) = witness.subjects
    assert holds(candidate)
    return candidate


def hours(candidate: Subject) -> int:
    return sum(int(record.fields["hours"]) for record in candidate.records if record.category == "training_hours")


def test_bounded() -> None:
    """An amount of 10^11 where 40 would do."""
    assert (
        hours(made_plausible(subject({}, training(10**11)), lambda candidate: hours(candidate) >= 40 * ONE, smallest=True))
        == 40 * ONE
    )


def test_step_by_step() -> None:
    """A threshold that no ordinary number is just above."""
    assert (
        hours(made_plausible(subject({}, training(10**11)), lambda candidate: hours(candidate) > 123_456_789 * ONE))
        <= 300_000_000 * ONE
    )


def test_fewer() -> None:
    """Ten records where one would do, unless it is known that nothing smaller does."""
    ten = [training(8, at) for at in range(10)]
    assert len(made_plausible(subject({}, *ten), lambda candidate: hours(candidate) >= 8 * ONE).records) == 1
    assert len(made_plausible(subject({}, *ten), lambda candidate: hours(candidate) >= 8 * ONE, smallest=True).records) == 10


def number(candidate: Subject, name: str) -> int:
    """An attribute, in counts of 0.0001."""
    value = candidate.attributes[name]
    assert isinstance(value, int)
    return value


def test_parts_of_wholes() -> None:
    """No more of the staff are certified than there are."""
    plausible = made_plausible(
        subject({"staff": 0, "certified_staff": 320_000 * ONE}),
        lambda candidate: number(candidate, "certified_staff") >= 8 * ONE // 10,
        smallest=True,
    )
    assert ONE <= number(plausible, "certified_staff") <= number(plausible, "staff")


def test_several_parts() -> None:
    """Parts of one whole that have to be as many as it is."""
    parts = ("certified_staff", "insured_staff", "credit_files")
    plausible = made_plausible(
        subject(dict.fromkeys(("staff", *parts), 100_000 * ONE)),
        lambda candidate: all(number(candidate, part) >= number(candidate, "staff") >= ONE for part in parts),
        smallest=True,
    )
    assert set(plausible.attributes.values()) == {ONE}


def test_no_other_answer() -> None:
    """What no other subject shows stays as it is, and two subjects side by side are left alone."""
    odd = subject({"staff": 7 * ONE + 1}, training(10**11))
    assert made_plausible(odd, lambda candidate: candidate == odd) == odd
    pair = Witness(DAY, (odd, odd), ())
    assert plausible_witness(pair, VERSIONS, lambda _: None, 1.0) is pair


def test_time() -> None:
    """It ends in time, whatever there is to try."""
    many = subject({}, *(training(10**11 - at, at) for at in range(2_000)))
    began = time.monotonic()
    made_plausible(many, lambda candidate: len(candidate.records) > 100, seconds=0.2)
    assert time.monotonic() - began < 2


def test_allowed() -> None:
    """Values stay within what the catalogue takes."""
    low = Field("学时", "integer", at_least=7 * ONE, at_most=9 * ONE)
    category = replace(HOUSEKEEPING.categories["training_hours"], fields={"hours": low})
    bounded: Policy = replace(HOUSEKEEPING, categories={**HOUSEKEEPING.categories, "training_hours": category})
    random.seed(1)
    tried: list[int] = []

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        tried.append(hours(subjects[0]))
        return Witness(DAY, subjects, ()) if random.random() < 0.5 else None

    versions = [(bounded, bounded.models["enterprise"])]
    plausible_witness(Witness(DAY, (subject({}, training(10**11)),), (), smallest=True), versions, replay, 1.0)
    assert tried
    assert all(7 * ONE <= candidate <= 9 * ONE for candidate in tried)


def check_kept(policy: Policy, model: Model, candidate: Subject, seconds: float) -> Subject:
    """What becomes of a subject where those show the same who have its level, vetoes and measures; the catalogue takes both."""
    evaluator = compile_model(policy, model).at(DAY)

    def facts_of(of: Subject) -> object:
        outcome = evaluate(evaluator, of)
        return (outcome.level, outcome.vetoes, outcome.measures) if isinstance(outcome, Evaluation) else type(outcome)

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        return Witness(DAY, subjects, ()) if facts_of(subjects[0]) == facts else None

    facts = facts_of(candidate)
    (plausible,) = plausible_witness(Witness(DAY, (candidate,), ()), [(policy, model)], replay, seconds).subjects
    assert facts_of(plausible) == facts
    assert len(plausible.records) <= len(candidate.records)
    assert plausible.attributes.keys() == candidate.attributes.keys()
    if refused(policy, candidate) is None:
        assert refused(policy, plausible) is None, refused(policy, plausible)
    return plausible


def refused(policy: Policy, candidate: Subject) -> SubjectError | None:
    """Why the catalogue does not take a subject."""
    try:
        named = replace(candidate, id="S1", models=(f"{policy.id}/x",), members=())
        read_subject(subject_document(named, policy), Catalogue(policy.categories, policy.attributes), (), check_id=False)
    except SubjectError as error:
        return error
    return None


@pytest.mark.parametrize("policy", few(LIBRARY.policies, 3), ids=lambda candidate: candidate.id)
def test_random(policy: Policy) -> None:
    tried(policy, 1, 0, 0.1)


def tried(policy: Policy, many: int, seed: object, seconds: float) -> None:
    """So many random subjects of each model of a policy."""
    for model in policy.models.values():
        for candidate in random_subjects(policy, model, DAY, seed, many):
            check_kept(policy, model, candidate, seconds)
