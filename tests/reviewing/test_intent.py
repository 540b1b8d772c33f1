"""Each declared intent against each found direction, and what proofs add."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.model.change import DIRECTIONS, Change, PolicyDiff
from engine.model.comparison import BEYOND, DECLARED, EQUAL, UNKNOWN, JudgedChange, ReviewedPolicy
from engine.model.policy import Policy, Revision
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, NEVER_BETTER, NEVER_WORSE, PROVED, RESULT, Days, Proof
from engine.model.proof import UNKNOWN as UNDECIDED
from engine.reading.library_cache import load_library
from engine.rendering.changes.verdict import declared_text
from engine.reviewing.diff.intent import judge
from engine.reviewing.diff.proof_coverage import COVERED
from engine.reviewing.diff.proof_coverage import UNDECIDED as UNKNOWN_TO_PROOFS
from tests.reviewing.revised import BEFORE

POLICY = load_library([BEFORE]).policies[0]


def new(*revisions: tuple[str, str]) -> Policy:
    added = tuple(Revision(version, "2025-12-01", intent, "试") for version, intent in revisions)
    return replace(POLICY, version=revisions[0][0] if revisions else "2", revisions=(*added, *POLICY.revisions))


def changed(policy: Policy, *directions: str, what: str = "points", model: str | None = "store") -> PolicyDiff:
    changes = [
        Change(what, "changed", "every", model, str(i), "", 1, 2, (), (), direction) for i, direction in enumerate(directions)
    ]
    return PolicyDiff(POLICY, policy, tuple(changes))


def verdict(intent: str, *directions: str) -> str:
    return judge(changed(new(("2", intent)), *directions)).verdict


ALLOWED = {
    "text": {"text"},
    "neutral": {"neutral", "text"},
    "looser": {"looser", "neutral", "text"},
    "stricter": {"stricter", "neutral", "text"},
    "mixed": set(DIRECTIONS),
}


@pytest.mark.parametrize(("intent", "direction"), list(product(DIRECTIONS, DIRECTIONS)))
def test_each(intent: str, direction: str) -> None:
    """What is covered is as declared; what is mixed is not known, but it is more than words."""
    expected = DECLARED if direction in ALLOWED[intent] else UNKNOWN if direction == "mixed" and intent != "text" else BEYOND
    assert verdict(intent, direction) == expected


def test_several() -> None:
    """What is certainly not covered outweighs what is not known."""
    assert verdict("looser", "looser", "text", "neutral") == DECLARED
    assert verdict("looser", "looser", "mixed") == UNKNOWN
    assert verdict("looser", "mixed", "stricter") == BEYOND


def test_nothing_declared() -> None:
    assert judge(changed(new())).verdict == EQUAL
    assert judge(changed(new(), "text")).verdict == UNKNOWN
    assert judge(PolicyDiff(POLICY, None, changed(new(), "mixed").changes)).verdict == UNKNOWN


def test_versions_between() -> None:
    """Every revision that the old version does not have counts; its own does not."""
    judged = judge(changed(new(("3", "looser"), ("2", "stricter")), "stricter", "looser"))
    assert ([revision.version for revision in judged.revisions], judged.intent, judged.verdict) == (
        ["3", "2"],
        "mixed",
        DECLARED,
    )
    same = replace(POLICY, title="另")
    assert (judge(changed(same, "text")).intent, judge(changed(same, "text")).verdict) == (None, UNKNOWN)


def test_outside() -> None:
    judged = judge(changed(new(("2", "looser")), "looser", "stricter", "mixed"))
    assert [change.id for change in judged.outside] == ["1", "2"]


CLAIMS = {"looser": NEVER_WORSE, "stricter": NEVER_BETTER, "neutral": EQUIVALENT, "text": EQUIVALENT}
POINTS = ("models", "store", "dimensions", "compliance", "indicators", "0", "points")
WHEN = ("models", "store", "measures", "fewer", "when")
EVERY = Days((1,), 1, 2)
BOTH = ((RESULT, PROVED), (MEASURES, PROVED))


class TestProofs:
    """They are about all changes together, and each intent needs its own claim."""

    def judgement(
        self, intent: str, direction: str, *answers: tuple[str, str], what: str = "points", model: str = "store",
        path: tuple[str, ...] = POINTS, how: str = "changed", days: Days = EVERY,
    ) -> JudgedChange:  # fmt: skip
        """With an answer about results and measures each."""
        policy = new(("2", intent))
        proofs = [Proof(CLAIMS[intent], policy, "store", about, answer, days=days) for about, answer in answers]
        changed_policy = changed(policy, direction, what=what, model=model)
        changes = tuple(replace(change, new_path=path, how=how) for change in changed_policy.changes)
        return judge(replace(changed_policy, changes=changes), proofs)

    def judged(self, *arguments: Any, **more: Any) -> str:
        return self.judgement(*arguments, **more).verdict

    @pytest.mark.parametrize("intent", ["looser", "stricter", "neutral"])
    def test_mixed(self, intent: str) -> None:
        """Results and measures both have to be proved: a stricter score says nothing of an incentive that came."""
        assert self.judged(intent, "mixed", *BOTH) == DECLARED
        for lacking in (RESULT, MEASURES):
            other = MEASURES if lacking == RESULT else RESULT
            assert self.judged(intent, "mixed", (other, PROVED)) == UNKNOWN
            assert self.judged(intent, "mixed", (other, PROVED), (lacking, UNDECIDED)) == UNKNOWN
            assert self.judged(intent, "mixed", (other, PROVED), (lacking, COUNTEREXAMPLE)) == BEYOND

    def test_undecided_is_no_pass(self) -> None:
        assert self.judged("looser", "looser", (RESULT, UNDECIDED)) == UNKNOWN

    def test_words(self) -> None:
        """That no result differs does not make a number a word."""
        assert self.judged("text", "neutral", *BOTH) == BEYOND

    def test_not_about_it(self) -> None:
        """A proof of another model says nothing."""
        assert self.judged("looser", "mixed", *BOTH, model="clerk") == UNKNOWN

    def test_measures(self) -> None:
        """At the same level they are as much a matter of the intent as the results."""
        assert self.judged("looser", "mixed", *BOTH, what="when", path=WHEN) == DECLARED
        assert self.judged("looser", "looser", (RESULT, PROVED), (MEASURES, COUNTEREXAMPLE)) == BEYOND
        assert self.judged("neutral", "neutral", (RESULT, PROVED), (MEASURES, COUNTEREXAMPLE)) == BEYOND

    def test_a_new_model(self) -> None:
        """Nothing is proved of one that came or went."""
        assert self.judged("looser", "mixed", *BOTH, what="model", path=("models", "store")) == UNKNOWN

    def test_no_days(self) -> None:
        """What is proved on some days covers what has no days, and no window."""
        some = Days((1, 2))
        window = ("models", "store", "facts", "minor", "within")
        assert self.judged("neutral", "mixed", *BOTH, days=some) == DECLARED
        assert self.judged("neutral", "mixed", *BOTH, days=some, what="window", path=window) == UNKNOWN
        assert self.judged("neutral", "mixed", *BOTH, what="window", path=window) == DECLARED

    @pytest.mark.parametrize(("what", "path"), [
        ("weight", ("weight",)), ("feeds", ("feeds",)), ("always", ("applies",)), ("kind", ("kind",)),
        ("terms", ("measures", "fewer", "terms")), ("matter", ("measures", "fewer", "matter")),
        ("item", ("measures", "fewer", "item")), ("kind", ("measures", "fewer", "kind")),
        ("title", ("measures", "fewer", "title")), ("anything", ("facts", "minor", "anything")),
    ])  # fmt: skip
    def test_what_no_proof_speaks_of(self, what: str, path: tuple[str, ...]) -> None:
        for intent in ("looser", "stricter", "neutral"):
            assert self.judged(intent, "mixed", *BOTH, what=what, path=("models", "store", *path)) == UNKNOWN

    def test_another_id(self) -> None:
        assert self.judged("neutral", "mixed", *BOTH, how="renamed") == UNKNOWN

    def test_a_counterexample_marks_its_lines(self) -> None:
        """Where all are of a direction that is declared, those that bear on results; else those that are not."""
        judgement = self.judgement("stricter", "stricter", (RESULT, COUNTEREXAMPLE), (MEASURES, PROVED))
        assert (judgement.verdict, judgement.refuted, len(judgement.outside)) == (BEYOND, True, 1)
        policy = new(("2", "stricter"))
        several = changed(policy, "stricter", "looser", "text")
        judged = judge(several, [Proof(NEVER_BETTER, policy, "store", RESULT, COUNTEREXAMPLE)])
        assert [change.direction for change in judged.outside] == ["looser"]
        words = self.judgement("text", "text", (RESULT, PROVED), (MEASURES, COUNTEREXAMPLE))
        assert (words.verdict, len(words.outside)) == (BEYOND, 1)


def test_no_sentence_contradicts_itself() -> None:
    """`声明放宽，实为放宽：超出声明` is none: each verdict on what was found for what was declared, proved or not."""
    answers = (None, PROVED, UNDECIDED, COUNTEREXAMPLE)
    for intent, answer, directions in product(DIRECTIONS, answers, [*product(DIRECTIONS), *product(DIRECTIONS, DIRECTIONS)]):
        policy = new(("2", intent))
        changed_policy = changed(policy, *directions)
        changed_policy = replace(
            changed_policy, changes=tuple(replace(change, new_path=POINTS) for change in changed_policy.changes)
        )
        proofs = [
            Proof(CLAIMS[intent], policy, "store", about, answer, days=EVERY)
            for about in (RESULT, MEASURES)
            if answer and intent in CLAIMS
        ]
        compared = ReviewedPolicy(
            changed_policy, judge(changed_policy, proofs), ((None, None),) * len(changed_policy.changes), tuple(proofs)
        )
        sentence, outcome = declared_text(compared, "zh"), compared.judged.verdict
        plain = "，实为" in sentence
        within = changed_policy.direction in ALLOWED[intent]
        assert not (plain and within and outcome != DECLARED), (sentence, outcome)
        assert not (plain and not within and outcome == DECLARED), (sentence, outcome)
        assert ("反例" in sentence) == compared.judged.refuted == (answer == COUNTEREXAMPLE and intent != "mixed"), sentence
        assert ("已证明" not in sentence) or outcome == DECLARED, sentence
        assert (outcome == BEYOND) <= bool(compared.judged.outside)


def test_a_new_policy() -> None:
    """There is nothing that it could be like, whatever it declares."""
    for intent in DIRECTIONS:
        added = replace(changed(new(("2", intent)), "mixed", what="policy"), old=None)
        assert judge(added).verdict == UNKNOWN


def test_every_kind_of_change_is_decided_on() -> None:
    """What a diff can call a change stands in the table of what proofs cover, or among what none covers."""
    known = UNKNOWN_TO_PROOFS.union(*COVERED.values())
    for name in kinds_of_change():
        assert name in known, name


def kinds_of_change() -> set[str]:
    """The names that the modules of the diff give: the first text in a call that makes a change, and in a part."""
    kinds: set[str] = set()
    for file in Path("engine/reviewing/diff").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            texts: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                first = node.args[:2] if name in ("part", "listed") else node.args[:1]
                texts = first if name in ("change", "leaf", "element", "part", "moved", "listed", "Change") else []
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                texts = node.value.elts[:1]
            kinds.update(text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str))
    return kinds
