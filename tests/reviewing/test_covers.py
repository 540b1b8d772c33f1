"""What proofs may not cover: revisions of a shipped policy that they say nothing about, or not on every day."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.comparison import BEYOND, DECLARED, UNKNOWN
from engine.model.period import read_day
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, OTHER_CATALOGUE, PROVED, RESULT
from engine.model.proof import UNKNOWN as UNDECIDED
from tests.reviewing.trial import judged

HEAD = "    weight: {parameter: industry_weight}\n    facts:\n      # 守法合规"
PAST = "        exists: previous_evaluation\n        during: last year\n        where: {grade: "
MINOR = "近一年轻微行政处罚次数\n        count: administrative_penalty\n        "
BROKEN = "近两年未履行的信用承诺数\n        count: credit_commitment\n        "


def head(old: str, new: str) -> tuple[str, str]:
    return HEAD, HEAD.replace(old, new)


@pytest.mark.parametrize(
    ("edit", "what", "verdict"),
    [
        (("权重\n    value: 1\n", "权重\n    value: 5\n"), "parameter", UNKNOWN),
        (head("{parameter: industry_weight}", "5"), "weight", UNKNOWN),
        (head("    facts", "    feeds: none\n    facts"), "feeds", UNKNOWN),
        (head("    facts", "    applies: always\n    facts"), "always", UNKNOWN),
        (("抽查比例: 61%至100%", "抽查比例: 20%至30%"), "terms", BEYOND),
    ],
    ids=["parameter", "weight", "feeds", "applies", "terms"],
)
def test_neutral(edit: tuple[str, str], what: str, verdict: str, tmp_path: Path) -> None:
    """That no result of its own differs does not make it neutral to those who read its results."""
    _, judged_change, proofs = judged(tmp_path, "housekeeping", "neutral", [edit])
    assert (judged_change.verdict, judged_change.outside[0].what) == (verdict, what)
    alike = {proof.answer for proof in proofs if (proof.claim, proof.about) == (EQUIVALENT, MEASURES)}
    assert alike == ({PROVED} if verdict == UNKNOWN else {PROVED, COUNTEREXAMPLE})


def test_a_looser_incentive_beside_a_stricter_score(tmp_path: Path) -> None:
    """It is held to the intent among those of the same level."""
    edits = [
        ("general_penalties: -5", "general_penalties: -6"),
        (f"{PAST}{{is: 优}}}}", f"{PAST}{{one_of: [优, 良]}}}}"),
    ]
    _, judged_change, _ = judged(tmp_path, "housekeeping", "stricter", edits)
    assert (judged_change.verdict, judged_change.refuted, [change.what for change in judged_change.outside]) == (
        BEYOND,
        True,
        ["where"],
    )


@pytest.mark.parametrize(
    ("edit", "as_of"),
    [
        pytest.param((f"{MINOR}within: 12 months", f"{MINOR}during: this year"), "2025-12-31", marks=pytest.mark.long),
        ((f"{BROKEN}within: 24 months", f"{BROKEN}within: 730 days"), "2026-06-30"),
    ],
    ids=["period", "days"],
)
def test_a_window_of_another_kind(edit: tuple[str, str], as_of: str, tmp_path: Path) -> None:
    """Equal on the day that is asked about, and not on every day."""
    _, judged_change, proofs = judged(tmp_path, "housekeeping", "neutral", [edit], read_day(as_of) or 0)
    (counterexample,) = [proof for proof in proofs if (proof.claim, proof.about) == (EQUIVALENT, RESULT) and proof.witness]
    assert (judged_change.verdict, counterexample.days.listed[0]) == (BEYOND, read_day(as_of))
    assert counterexample.witness is not None
    assert counterexample.witness.as_of != read_day(as_of)
    assert counterexample.days.every


def test_stricter(tmp_path: Path) -> None:
    """What is proved on every day is covered."""
    form = "only_when: {inspections: {at_least: 1}}"
    _, judged_change, proofs = judged(tmp_path, "housekeeping", "neutral", [(form, "only_when: {inspections: {above: 0}}")])
    assert judged_change.verdict == DECLARED
    assert all(proof.days.every for proof in proofs)


CATEGORY = """
  unread_here:
    title: 没有政策读的
    kinds: [organisation]
    fields: {}
"""


WORDS = ("title: 列入经营异常名录,", "title: 在经营异常名录中,")


UNREAD = ("categories:\n", f"categories:{CATEGORY}")
READ = ("price: 价格}, optional: true}", "price: 价格}, optional: false}")


@pytest.mark.parametrize(("common", "read"), [([], False), ([UNREAD], False), ([READ], True)])
def test_catalogues(common: list[tuple[str, str]], read: bool, tmp_path: Path) -> None:
    """Of a model that reads what the catalogues do not take alike nothing is proved, of others what holds of whom both take."""
    _, judged_change, proofs = judged(tmp_path, "housekeeping", "text", [WORDS], common=common)
    firm = {(proof.answer, proof.reason) for proof in proofs if proof.model == "enterprise"}
    assert firm == {(UNDECIDED, OTHER_CATALOGUE) if read else (PROVED, None)}
    assert judged_change.verdict == (BEYOND if read else DECLARED)
