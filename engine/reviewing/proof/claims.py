"""What must hold of one version of a policy, and what somebody should come to, for every subject that the catalogue allows."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import z3
from msgspec import Struct
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.coverage_targets import coverage_targets
from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.evaluating.symbolic.conditions import as_term, number_of
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import LAST_LEVEL_TERM, World, facts, world
from engine.evaluating.symbolic.level import rank_of_score
from engine.evaluating.symbolic.records import NotModelled
from engine.model.catalogue import PREVIOUS
from engine.model.evaluation import Evaluation
from engine.model.policy import Model, Policy, Veto
from engine.model.proof import (
    COUNTEREXAMPLE,
    DISPROVED,
    MODELLED,
    PROVED,
    REACHED,
    RESULTS_ASSUMED,
    TOGETHER,
    UNKNOWN,
    VETO_LEVEL,
    Answer,
    ClaimKind,
    Proof,
    Witness,
)  # fmt: skip
from engine.model.subject import Subject
from engine.reviewing.proof.direction import directions
from engine.reviewing.proof.missing_information import missing_information
from engine.reviewing.proof.search import search
from engine.reviewing.proof.solver_turn import in_turn
from engine.reviewing.proof.targets import Target, targets


class Claim(Struct, frozen=True):
    """A model about which is asked: its subjects, what it concludes from them, and the single evaluator of it."""

    policy: Policy
    model: Model
    world: World
    side: Symbolic
    compiled: Compiled
    timeout: float


@in_turn
def prove(
    policy: Policy, as_of: int, timeout: float = 10.0, loaded: Collection[str] = (), stays: bool = True
) -> list[Proof]:  # fmt: skip
    """Every claim about a policy's models, as of a day (an ordinal); `timeout` is in seconds, for each claim.

    Results of the `loaded` policies (by id) are none that a subject could simply have. Of a version that does not stay
    (Library.stays) it is not asked what missing information does.

    Each level, veto, measure, exclusion, band, choice and branch is reached; vetoes end in their levels; facts go in their
    directions; no incentive and restriction in one matter together; nobody fares badly because information is missing.
    """
    proofs: list[Proof] = []
    for model in policy.models.values():
        try:
            subjects = world([(policy, model)], as_of)
            side = evaluate_symbolically(policy, model, *facts(subjects, policy, model), subjects.texts)
        except NotModelled as error:
            proofs.append(Proof(MODELLED, policy, model.id, model.id, UNKNOWN, ("models", model.id), error.code))
            continue
        claim = Claim(policy, model, subjects, side, compile_model(policy, model), timeout)
        proofs += [*_reached(claim), *_vetoes(claim), *_together(claim)]
        proofs += directions(policy, model, as_of, timeout)
        proofs += missing_information(policy, model, as_of, timeout) if stays else ()
    return [_without_results(proof, loaded) for proof in proofs]


def _without_results(proof: Proof, loaded: Collection[str]) -> Proof:
    """What rests on results of loaded policies shows nothing for sure."""
    records = (record for subject in (proof.witness.subjects if proof.witness else ()) for record in subject.records)
    derived = (record for record in records if proof.policy.categories[record.category].derived)
    if any(record.category != PREVIOUS and record.fields.get("policy") in loaded for record in derived):
        return replace(proof, answer=UNKNOWN, reason=RESULTS_ASSUMED)
    return proof


def _proof(claim: Claim, kind: ClaimKind, about: str, answer: Answer, path: tuple[str | int, ...]) -> Proof:
    return Proof(kind, claim.policy, claim.model.id, about, answer, ("models", claim.model.id, *path))


def _reached(claim: Claim) -> Iterator[Proof]:
    """What some subject comes to; a subject that is found for one target may come to others too."""
    known: set[Target] = set()
    all_parts = list(coverage_targets(claim.policy, claim.model))
    for target, goal in targets(claim.side, claim.world.texts):
        proof = _proof(claim, REACHED, target.kind, PROVED, target.path)
        if target in known:
            yield proof
            continue
        began = time.monotonic()

        def replay(subjects: tuple[Subject, ...], target: Target = target) -> Witness | None:
            outcome = evaluate(claim.compiled.at(claim.world.as_of), subjects[0])
            known.update(Target(part.kind, part.path) for part in all_parts if part.reaches(outcome))
            if isinstance(outcome, Evaluation) and outcome.level is not None:
                known.add(Target("level", ("levels", outcome.level)))
            return Witness(claim.world.as_of, subjects, (outcome,)) if target in known else None

        answered = search([claim.world], [goal], replay, claim.timeout, minimise=False)
        if answered.reason:  # a smaller subject is more easily made
            answered = search([claim.world], [goal], replay, claim.timeout)
        answer = DISPROVED if answered.nothing else PROVED if answered.witness else UNKNOWN
        yield replace(proof, answer=answer, reason=answered.reason, seconds=time.monotonic() - began)


def _never(claim: Claim, proof: Proof, goal: Term, against: Any) -> Proof:
    """A claim that no subject is as the goal says; `against` says so of an evaluation."""

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcome = evaluate(claim.compiled.at(claim.world.as_of), subjects[0])
        violated = isinstance(outcome, Evaluation) and against(outcome)
        return Witness(claim.world.as_of, subjects, (outcome,)) if violated else None

    began = time.monotonic()
    answered = search([claim.world], [claim.side.evaluated, goal], replay, claim.timeout, [[goal]])
    answer = PROVED if answered.nothing else COUNTEREXAMPLE if answered.witness else UNKNOWN
    seconds = time.monotonic() - began
    return replace(proof, answer=answer, reason=answered.reason, witness=answered.witness, seconds=seconds)


def _vetoes(claim: Claim) -> Iterator[Proof]:
    """A veto that holds leaves nobody above its level or score, or where the score alone had put them."""
    for veto in claim.model.vetoes:
        proof = _proof(claim, VETO_LEVEL, veto.id, PROVED, ("vetoes", veto.id))
        goal = z3.And(claim.side.vetoes[veto.id], z3.Or(list(_escapes(claim, veto))))
        yield _never(claim, proof, goal, lambda outcome, veto=veto: veto.id in outcome.vetoes and _escaped(outcome, veto))


def _escapes(claim: Claim, veto: Veto) -> Iterator[Term]:
    side, scale = claim.side, claim.policy.scale
    if veto.level is not None and side.rank is not None:
        yield side.rank < scale.names.index(veto.level)
    if veto.score_at_most is not None and side.score is not None:
        yield side.score.term > veto.score_at_most
    if veto.above_previous is not None and side.rank is not None:
        last = as_term(side.facts[LAST_LEVEL_TERM])
        for earlier, name in enumerate(scale.names):
            too_good = [rank for rank in range(earlier) if scale.no_better_than(rank, earlier, veto.above_previous) != rank]
            yield z3.And(last == number_of(name, claim.world.texts), z3.Or([side.rank == rank for rank in too_good]))
    if side.score is not None and side.rank is not None:
        before = rank_of_score(side.score, scale)
        for rank in range(len(scale.levels)):
            lowered = scale.lower_by_levels(scale.lower_by_grades(rank, veto.lower_grades), veto.lower_levels)
            yield z3.And(before == rank, side.rank < lowered)


def _escaped(outcome: Evaluation, veto: Veto) -> bool:
    scale = outcome.policy.scale
    rank = scale.names.index(outcome.level or "")
    if veto.level is not None and rank < scale.names.index(veto.level):
        return True
    last = outcome.reasoning.last_level if outcome.reasoning else None
    if veto.above_previous is not None and last in scale.names:
        if scale.no_better_than(rank, scale.names.index(last), veto.above_previous) != rank:
            return True
    if outcome.score is None:
        return False
    before = scale.rank_of_score(outcome.score)
    lowered = scale.lower_by_levels(scale.lower_by_grades(before, veto.lower_grades), veto.lower_levels)
    return rank < lowered or (veto.score_at_most is not None and outcome.score > veto.score_at_most)


def _together(claim: Claim) -> Iterator[Proof]:
    """In no matter an incentive and a restriction at once."""
    measures, holds = claim.model.measures, claim.side.measures
    for matter in dict.fromkeys(measure.matter for measure in measures):
        kinds = {
            kind: [measure.id for measure in measures if (measure.kind, measure.matter) == (kind, matter)]
            for kind in ("incentive", "restriction")
        }
        if all(kinds.values()):
            goal = z3.And([z3.Or([holds[name] for name in names]) for names in kinds.values()])
            proof = _proof(claim, TOGETHER, matter, PROVED, ("measures", kinds["restriction"][0]))
            yield _never(claim, proof, goal, lambda outcome, kinds=kinds: _both(outcome, list(kinds.values())))


def _both(outcome: Evaluation, groups: Sequence[Sequence[str]]) -> bool:
    return all(set(names) & set(outcome.measures) for names in groups)
