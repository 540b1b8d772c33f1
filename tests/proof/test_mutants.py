"""Mutants of the shipped policies: the diff names them, its direction agrees with proofs and with random subjects, which
contradict no proof; counterexamples are documents that replay.

More of them than a lane has time for: `python -m tests.proof.test_mutants 15` puts 15 of each policy to the same.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from functools import cache
from random import Random

import pytest
from msgspec.structs import replace

from engine.authoring.mutation.run import mutants
from engine.evaluating.single import compile_model, evaluate
from engine.model.evaluation import Rejection
from engine.model.library import Library
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.model.proof import (
    COUNTEREXAMPLE,
    EQUIVALENT,
    MEASURES,
    NEVER_BETTER,
    NEVER_WORSE,
    OTHER_LEVELS,
    PROVED,
    RESULT,
    UNKNOWN,
    Proof,
)
from engine.reading.document import read_json
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder
from engine.reading.subject import read_subject
from engine.rendering.subject_document import subject_document
from engine.reviewing.diff.policies import compare_libraries as diff
from engine.reviewing.proof.outcome_differences import outcome_differences
from engine.reviewing.proof.version_pairs import compare_versions
from tests.lanes import few
from tests.proof.subjects import random_subjects
from tests.reviewing.test_diff import meet, with_digest

AS_OF = date(2026, 6, 30).toordinal()
SUBJECTS = 500


@cache
def library() -> Library:
    return load_library([resource_folder("policies")])


def pairs(seed: object, many: int) -> list[tuple[Policy, Policy, Path]]:
    """Each shipped model beside mutants of it, so many a policy, and where these are otherwise."""
    pairs_of_versions = []
    for policy in library().in_force(AS_OF).values():
        mutated = [mutated_model for mutated_model in mutants(policy) if mutated_model.mutant.kind != "alert"]
        for changed_model in Random(f"{seed} {policy.id}").sample(mutated, min(many, len(mutated))):
            model = changed_model.models[0]
            old, new = (replace(policy, models={model.id: version}) for version in (policy.models[model.id], model))
            pairs_of_versions.append((with_digest(old), with_digest(new), changed_model.mutant.path))
    return pairs_of_versions


def check(old: Policy, new: Policy, path: Path, seed: object) -> list[Proof]:
    proofs = compare_versions(old, new, AS_OF)
    for proof in proofs:
        if proof.witness is not None:
            check_witness(proof, old, new)
    direction = check_diff(proofs, old, new, path)
    check_against_random(proofs, old, new, direction, seed)
    assert len(proofs) == 6
    return proofs


NOT_HELD = {"looser": NEVER_WORSE, "stricter": NEVER_BETTER, "neutral": EQUIVALENT, "text": EQUIVALENT}
"""What may not be refuted where a direction is told."""


def check_diff(proofs: list[Proof], old: Policy, new: Policy, path: Path) -> tuple[str, str] | None:
    """The mutation is named, and no proof refutes its direction; what may not be refuted, and of what."""
    changed = diff(old, new)
    assert changed.changes
    if path[0] != "parameters":  # which stand in several places
        assert any(meet(change.new_path, path) or meet(change.old_path, path) for change in changed.changes), path
    measures = all(change.new_path[2:3] == ("measures",) for change in changed.changes)
    claim, about = NOT_HELD.get(changed.direction), MEASURES if measures else RESULT
    refuted = [proof for proof in proofs if proof.answer == COUNTEREXAMPLE and not is_too_large(proof)]
    assert (claim, about) not in {(proof_refuted.claim, proof_refuted.about) for proof_refuted in refuted}, (
        path,
        changed.direction,
    )
    return (claim, about) if claim else None


def is_too_large(proof: Proof) -> bool:
    """Whether a fact beyond all bounds is what makes the difference, which a direction leaves aside."""
    rejected = [outcome for outcome in (proof.witness.outcomes if proof.witness else ()) if isinstance(outcome, Rejection)]
    return any(problem.code == "fact_too_large" for outcome in rejected for problem in outcome.problems)


def check_witness(proof: Proof, old: Policy, new: Policy) -> None:
    """The document reads back as the subject, and its two results differ as they are said to."""
    assert proof.answer == COUNTEREXAMPLE
    witness = proof.witness
    assert witness is not None
    (subject,) = witness.subjects
    tree = read_json(json.dumps(subject_document(subject, new, old), ensure_ascii=False).encode(), "subject")
    read = read_subject(tree, library().catalogue, ())  # evaluations by loaded policies are their results, not delivered
    assert read == subject
    models = [compile_model(version, version.models[proof.model]) for version in (old, new)]
    outcomes = [evaluate(model.at(witness.as_of), read) for model in models]
    differences = outcome_differences(proof.about, *outcomes)
    assert any(proof.claim == EQUIVALENT or difference.worse is (proof.claim == NEVER_WORSE) for difference in differences)
    assert tuple(differences) == witness.differences


def check_against_random(
    proofs: list[Proof], old: Policy, new: Policy, direction: tuple[str, str] | None, seed: object
) -> None:  # fmt: skip
    (model,) = new.models.values()
    as_of = new.nearest(AS_OF)
    evaluators = [compile_model(version, version.models[model.id]).at(as_of) for version in (old, new)]
    proved = {(proof.claim, proof.about) for proof in proofs if proof.answer == PROVED} | ({direction} if direction else set())
    for subject in random_subjects(new, model, as_of, seed, SUBJECTS):
        left, right = (evaluate(evaluator, subject, reasoning=False) for evaluator in evaluators)
        for about in (RESULT, MEASURES):
            differences = outcome_differences(about, left, right)
            assert not (differences and (EQUIVALENT, about) in proved), subject
            for claim, worse in ((NEVER_WORSE, True), (NEVER_BETTER, False)):
                assert not ((claim, about) in proved and any(difference.worse is worse for difference in differences)), subject


@pytest.mark.parametrize("policy", few(["housekeeping", "composite", "intellectual-property", "training"], 2))
def test_a_mutant(policy: str) -> None:
    for old, new, path in pairs("some", 1):
        if old.id == policy:
            check(old, new, path, policy)


@pytest.mark.long
@pytest.mark.parametrize("seed", few(range(3), 1))
def test_many_mutants(seed: int) -> None:
    """Hardly any claim about a mutant of a shipped policy is left undecided, but for measures where levels move."""
    proofs = [proof for old, new, path in pairs(seed, 2) for proof in check(old, new, path, seed)]
    undecided = [proof for proof in proofs if proof.answer == UNKNOWN]
    assert len([proof for proof in undecided if proof.reason != OTHER_LEVELS]) <= len(proofs) // 50, undecided
    assert len(undecided) <= len(proofs) // 20, undecided


if __name__ == "__main__":
    proofs = [proof for old, new, path in pairs("by hand", int(sys.argv[1])) for proof in check(old, new, path, "by hand")]
    answers = Counter(proof.answer for proof in proofs)
    seconds = sorted(proof.seconds for proof in proofs)
    print(
        f"{len(proofs) // 6} mutants, {dict(answers)}, median {seconds[len(seconds) // 2]:.2f} s, longest {seconds[-1]:.2f} s"
    )
