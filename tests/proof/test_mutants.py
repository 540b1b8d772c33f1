"""Mutants of the shipped policies: counterexamples are documents that replay, and random subjects contradict no proof."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from random import Random

import pytest
from msgspec.structs import replace

from engine.authoring.mutation.run import mutants
from engine.evaluating.single import compile_model, evaluate
from engine.model.library import Library
from engine.model.policy import Policy
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, NEVER_WORSE, PROVED, RESULT, UNKNOWN, Proof
from engine.reading.cache import load_library
from engine.reading.document import read_json
from engine.reading.shipped import shipped
from engine.reading.subject import read_subject
from engine.reviewing.proof.pairs import compare, differences
from engine.telling.document import document
from tests.proof.subjects import random_subjects

AS_OF = date(2026, 6, 30).toordinal()
SUBJECTS = 500


@cache
def library() -> Library:
    return load_library([shipped("policies")])


def pairs(seed: object, many: int) -> list[tuple[Policy, Policy]]:
    """Each shipped model beside mutants of it, so many a policy."""
    found = []
    for policy in library().policies:
        mutated = [one for one in mutants(policy) if one.mutant.kind != "alert"]
        for one in Random(f"{seed} {policy.id}").sample(mutated, min(many, len(mutated))):
            model = one.models[0]
            old = replace(policy, models={model.id: policy.models[model.id]})
            found.append((old, replace(policy, models={model.id: model})))
    return found


def check(old: Policy, new: Policy, seed: object) -> list[Proof]:
    proofs = compare(old, new, AS_OF)
    for proof in proofs:
        if proof.witness is not None:
            check_witness(proof, old, new)
    check_against_random(proofs, old, new, seed)
    assert len(proofs) == 6
    return proofs


def check_witness(proof: Proof, old: Policy, new: Policy) -> None:
    """The document reads back as the subject, and its two results differ as they are said to."""
    assert proof.answer == COUNTEREXAMPLE
    witness = proof.witness
    assert witness is not None
    (subject,) = witness.subjects
    tree = read_json(json.dumps(document(subject, new, old), ensure_ascii=False).encode(), "subject")
    read = read_subject(tree, library().catalogue, ())  # evaluations by loaded policies are their results, not delivered
    assert read == subject
    outcomes = [evaluate(compile_model(one, one.models[proof.model]), read, AS_OF) for one in (old, new)]
    found = differences(proof.about, *outcomes)
    assert any(proof.claim == EQUIVALENT or one.worse is (proof.claim == NEVER_WORSE) for one in found)
    assert tuple(found) == witness.differences


def check_against_random(proofs: list[Proof], old: Policy, new: Policy, seed: object) -> None:
    (model,) = new.models.values()
    compiled = [compile_model(one, one.models[model.id]) for one in (old, new)]
    proved = {(proof.claim, proof.about) for proof in proofs if proof.answer == PROVED}
    for subject in random_subjects(new, model, AS_OF, seed, SUBJECTS):
        left, right = (evaluate(one, subject, AS_OF, reasoning=False) for one in compiled)
        for about in (RESULT, MEASURES):
            found = differences(about, left, right)
            assert not (found and (EQUIVALENT, about) in proved), subject
            for claim, worse in ((NEVER_WORSE, True), ("never_better", False)):
                assert not ((claim, about) in proved and any(one.worse is worse for one in found)), subject


@pytest.mark.parametrize("policy", ["housekeeping", "composite", "intellectual-property", "training"])
def test_a_mutant(policy: str) -> None:
    for old, new in pairs("some", 1):
        if old.id == policy:
            check(old, new, policy)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_many_mutants(seed: int) -> None:
    """Hardly any claim about a mutant of a shipped policy is left undecided."""
    proofs = [proof for old, new in pairs(seed, 2) for proof in check(old, new, seed)]
    undecided = [proof for proof in proofs if proof.answer == UNKNOWN]
    assert len(undecided) <= len(proofs) // 50, undecided
