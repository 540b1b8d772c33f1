"""Counterexamples with ordinary values: whatever is tried, the answer stays, and nothing is there that the catalogue refuses."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from msgspec.structs import replace

from engine.model.catalogue import Field
from engine.model.number import ONE
from engine.model.policy import Policy
from engine.model.proof import Witness
from engine.model.subject import Record, Subject
from engine.reading.library import read_library
from engine.reading.revisions import side_files
from engine.reading.shipped import shipped
from engine.reviewing.proof.plausible import plausible

HOUSEKEEPING = next(
    one for one in read_library(side_files(str(shipped("policies")))).library.policies if one.id == "housekeeping"
)  # fmt: skip
VERSIONS = [(HOUSEKEEPING, HOUSEKEEPING.models["enterprise"])]
DAY = 739_981


def subject(attributes: dict[str, int], *records: Record) -> Subject:
    return Subject("S1", "organisation", ("housekeeping/enterprise",), None, attributes, records)


def training(hours: int, at: int = 1) -> Record:
    return Record(f"R{at}", "training_hours", DAY, {"hours": hours * ONE})


def made(first: Subject, holds: Callable[[Subject], bool], smallest: bool = False, seconds: float = 5.0) -> Subject:
    """What becomes of a subject that shows something, where others show it too if it holds of them."""

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        return Witness(DAY, subjects, ()) if holds(subjects[0]) else None

    assert holds(first)
    found = plausible(Witness(DAY, (first,), (), smallest=smallest), VERSIONS, replay, seconds)
    assert found.smallest == smallest
    (one,) = found.subjects
    assert holds(one)
    return one


def hours(one: Subject) -> int:
    return sum(int(record.fields["hours"]) for record in one.records if record.category == "training_hours")


def test_bounded() -> None:
    """An amount of 10^11 where 40 would do."""
    assert hours(made(subject({}, training(10**11)), lambda one: hours(one) >= 40 * ONE, smallest=True)) == 40 * ONE


def test_step_by_step() -> None:
    """A threshold that no ordinary number is just above."""
    assert hours(made(subject({}, training(10**11)), lambda one: hours(one) > 123_456_789 * ONE)) <= 300_000_000 * ONE


def test_fewer() -> None:
    """Ten records where one would do, unless it is known that nothing smaller does."""
    ten = [training(8, at) for at in range(10)]
    assert len(made(subject({}, *ten), lambda one: hours(one) >= 8 * ONE).records) == 1
    assert len(made(subject({}, *ten), lambda one: hours(one) >= 8 * ONE, smallest=True).records) == 10


def test_parts_of_wholes() -> None:
    """No more of the staff are certified than there are."""
    found = made(
        subject({"staff": 0, "certified_staff": 320_000 * ONE}),
        lambda one: one.attributes["certified_staff"] >= 8 * ONE // 10,
        smallest=True,
    )
    assert ONE <= found.attributes["certified_staff"] <= found.attributes["staff"]


def test_several_parts() -> None:
    """Parts of one whole that have to be as many as it is."""
    parts = ("certified_staff", "insured_staff", "credit_files")
    found = made(
        subject(dict.fromkeys(("staff", *parts), 100_000 * ONE)),
        lambda one: all(one.attributes[part] >= one.attributes["staff"] >= ONE for part in parts),
        smallest=True,
    )
    assert set(found.attributes.values()) == {ONE}


def test_no_other_answer() -> None:
    """What no other subject shows stays as it is, and two subjects side by side are left alone."""
    odd = subject({"staff": 7 * ONE + 1}, training(10**11))
    assert made(odd, lambda one: one == odd) == odd
    pair = Witness(DAY, (odd, odd), ())
    assert plausible(pair, VERSIONS, lambda _: None, 1.0) is pair


def test_time() -> None:
    """It ends in time, whatever there is to try."""
    many = subject({}, *(training(10**11 - at, at) for at in range(2_000)))
    began = time.monotonic()
    made(many, lambda one: len(one.records) > 100, seconds=0.2)
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
    plausible(Witness(DAY, (subject({}, training(10**11)),), (), smallest=True), versions, replay, 1.0)
    assert tried
    assert all(7 * ONE <= one <= 9 * ONE for one in tried)
