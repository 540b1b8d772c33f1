"""Each declared intent against each found direction, and what proofs add."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

from engine.model.change import DIRECTIONS, Change, Changed
from engine.model.comparison import BEYOND, DECLARED, EQUAL, UNKNOWN
from engine.model.policy import Policy, Revision
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, NEVER_BETTER, NEVER_WORSE, PROVED, RESULT, Proof
from engine.model.proof import UNKNOWN as UNDECIDED
from engine.reading.cache import load_library
from engine.reviewing.diff.intent import judge
from tests.reviewing.revised import BEFORE

POLICY = load_library([BEFORE]).policies[0]


def new(*revisions: tuple[str, str]) -> Policy:
    added = tuple(Revision(version, "2025-12-01", intent, "试") for version, intent in revisions)
    return replace(POLICY, version=revisions[0][0] if revisions else "2", revisions=(*added, *POLICY.revisions))


def changed(policy: Policy, *directions: str, what: str = "points", model: str | None = "store") -> Changed:
    changes = [Change(what, "changed", "every", model, str(i), "", 1, 2, (), (), one) for i, one in enumerate(directions)]
    return Changed(POLICY, policy, tuple(changes))


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
    assert judge(Changed(POLICY, None, changed(new(), "mixed").changes)).verdict == UNKNOWN


def test_versions_between() -> None:
    """Every revision that the old version does not have counts; its own does not."""
    judged = judge(changed(new(("3", "looser"), ("2", "stricter")), "stricter", "looser"))
    assert ([one.version for one in judged.revisions], judged.intent, judged.verdict) == (["3", "2"], "mixed", DECLARED)
    same = replace(POLICY, title="另")
    assert (judge(changed(same, "text")).intent, judge(changed(same, "text")).verdict) == (None, UNKNOWN)


def test_outside() -> None:
    judged = judge(changed(new(("2", "looser")), "looser", "stricter", "mixed"))
    assert [one.id for one in judged.outside] == ["1", "2"]


CLAIMS = {"looser": NEVER_WORSE, "stricter": NEVER_BETTER, "neutral": EQUIVALENT, "text": EQUIVALENT}


class TestProofs:
    """They are about all changes together, and each intent needs its own claim."""

    def judged(
        self, intent: str, direction: str, *answers: tuple[str, str], model: str = "store", path: tuple[str, ...] = ()
    ) -> str:
        """With an answer about results and measures each."""
        policy = new(("2", intent))
        proofs = [Proof(CLAIMS[intent], policy, "store", about, answer) for about, answer in answers]
        found = changed(policy, direction, model=model)
        changes = tuple(replace(one, new_path=path) for one in found.changes)
        return judge(replace(found, changes=changes), proofs).verdict

    @pytest.mark.parametrize("intent", ["looser", "stricter", "neutral"])
    def test_mixed(self, intent: str) -> None:
        assert self.judged(intent, "mixed", (RESULT, PROVED)) == DECLARED
        assert self.judged(intent, "mixed", (RESULT, UNDECIDED)) == UNKNOWN
        assert self.judged(intent, "mixed", (RESULT, COUNTEREXAMPLE)) == BEYOND

    def test_undecided_is_no_pass(self) -> None:
        assert self.judged("looser", "looser", (RESULT, UNDECIDED)) == UNKNOWN

    def test_words(self) -> None:
        """That no result differs does not make a number a word."""
        assert self.judged("text", "neutral", (RESULT, PROVED)) == BEYOND

    def test_not_about_it(self) -> None:
        """A proof of another model says nothing."""
        assert self.judged("looser", "mixed", (RESULT, PROVED), model="clerk") == UNKNOWN

    def test_measures(self) -> None:
        """A measure that differs needs its own proof; where the level does, others come and go by themselves."""
        measure = ("models", "store", "measures", "fewer", "when")
        assert self.judged("looser", "mixed", (RESULT, PROVED), path=measure) == UNKNOWN
        assert self.judged("looser", "mixed", (RESULT, PROVED), (MEASURES, PROVED), path=measure) == DECLARED
        assert self.judged("looser", "looser", (RESULT, PROVED), (MEASURES, COUNTEREXAMPLE)) == DECLARED
        assert self.judged("neutral", "neutral", (RESULT, PROVED), (MEASURES, COUNTEREXAMPLE)) == BEYOND

    def test_a_new_model(self) -> None:
        """Nothing is proved of one that came or went."""
        policy = new(("2", "looser"))
        found = changed(policy, "mixed", what="model")
        assert judge(found, [Proof(NEVER_WORSE, policy, "store", RESULT, PROVED)]).verdict == UNKNOWN
