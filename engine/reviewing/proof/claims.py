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
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import World, facts, world
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
    Proof,
    Witness,
)  # fmt: skip
from engine.model.subject import Subject
from engine.reviewing.proof.direction import directions
from engine.reviewing.proof.search import search
from engine.reviewing.proof.targets import Target, targets


class Claim(Struct, frozen=True):
    """A model about which is asked: its subjects, what it concludes from them, and the single evaluator of it."""

    policy: Policy
    model: Model
    made: World
    side: Symbolic
    compiled: Compiled
    timeout: float


def prove(policy: Policy, as_of: int, timeout: float = 10.0, loaded: Collection[str] = ()) -> list[Proof]:
    """Every claim about a policy's models, as of a day (an ordinal); `timeout` is in seconds, for each claim.

    Results of the `loaded` policies (by id) are none that a subject could simply have.

    Each level, veto, measure, exclusion, band, choice and branch is reached; vetoes end in their levels; facts go in their
    directions; no incentive and restriction in one matter together.
    """
    found: list[Proof] = []
    for model in policy.models.values():
        try:
            made = world([(policy, model)], as_of)
            side = evaluate_symbolically(policy, model, *facts(made, policy, model), made.texts)
        except NotModelled as error:
            found.append(Proof(MODELLED, policy, model.id, model.id, UNKNOWN, ("models", model.id), error.code))
            continue
        asked = Claim(policy, model, made, side, compile_model(policy, model), timeout)
        found += [*_reached(asked), *_vetoes(asked), *_together(asked)]
        found += directions(policy, model, as_of, timeout)
    return [_without_results(one, loaded) for one in found]


def _without_results(proof: Proof, loaded: Collection[str]) -> Proof:
    """What rests on results of loaded policies shows nothing for sure."""
    records = (record for one in (proof.witness.subjects if proof.witness else ()) for record in one.records)
    derived = (record for record in records if proof.policy.categories[record.category].derived)
    if any(record.category != PREVIOUS and record.fields.get("policy") in loaded for record in derived):
        return replace(proof, answer=UNKNOWN, reason=RESULTS_ASSUMED)
    return proof


def _proof(asked: Claim, claim: str, about: str, answer: str, path: tuple[str | int, ...]) -> Proof:
    return Proof(claim, asked.policy, asked.model.id, about, answer, ("models", asked.model.id, *path))


def _reached(asked: Claim) -> Iterator[Proof]:
    """What some subject comes to; a subject that is found for one target may come to others too."""
    known: set[Target] = set()
    all_parts = list(coverage_targets(asked.model, asked.policy.scale))
    for target, goal in targets(asked.side, asked.made.texts):
        proof = _proof(asked, REACHED, target.kind, PROVED, target.path)
        if target in known:
            yield proof
            continue
        began = time.monotonic()

        def replay(subjects: tuple[Subject, ...], target: Target = target) -> Witness | None:
            outcome = evaluate(asked.compiled.at(asked.made.as_of), subjects[0])
            known.update(Target(one.kind, one.path) for one in all_parts if one.reaches(outcome))
            if isinstance(outcome, Evaluation) and outcome.level is not None:
                known.add(Target("level", ("levels", outcome.level)))
            return Witness(asked.made.as_of, subjects, (outcome,)) if target in known else None

        found = search([asked.made], [goal], replay, asked.timeout, minimise=False)
        if found.reason:  # a smaller subject is more easily made
            found = search([asked.made], [goal], replay, asked.timeout)
        answer = DISPROVED if found.nothing else PROVED if found.witness else UNKNOWN
        yield replace(proof, answer=answer, reason=found.reason, seconds=time.monotonic() - began)


def _never(asked: Claim, proof: Proof, goal: Term, against: Any) -> Proof:
    """A claim that no subject is as the goal says; `against` says so of an evaluation."""

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcome = evaluate(asked.compiled.at(asked.made.as_of), subjects[0])
        violated = isinstance(outcome, Evaluation) and against(outcome)
        return Witness(asked.made.as_of, subjects, (outcome,)) if violated else None

    began = time.monotonic()
    found = search([asked.made], [asked.side.evaluated, goal], replay, asked.timeout, [[goal]])
    answer = PROVED if found.nothing else COUNTEREXAMPLE if found.witness else UNKNOWN
    seconds = time.monotonic() - began
    return replace(proof, answer=answer, reason=found.reason, witness=found.witness, seconds=seconds)


def _vetoes(asked: Claim) -> Iterator[Proof]:
    """A veto that holds leaves nobody above its level or score, or where the score alone had put them."""
    for veto in asked.model.vetoes:
        proof = _proof(asked, VETO_LEVEL, veto.id, PROVED, ("vetoes", veto.id))
        goal = z3.And(asked.side.vetoes[veto.id], z3.Or(list(_escapes(asked, veto))))
        yield _never(asked, proof, goal, lambda outcome, veto=veto: veto.id in outcome.vetoes and _escaped(outcome, veto))


def _escapes(asked: Claim, veto: Veto) -> Iterator[Term]:
    side, scale = asked.side, asked.policy.scale
    if veto.level is not None and side.rank is not None:
        yield side.rank < scale.names.index(veto.level)
    if veto.score_at_most is not None and side.score is not None:
        yield side.score.term > veto.score_at_most
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
    if outcome.score is None:
        return False
    before = scale.rank_of_score(outcome.score)
    lowered = scale.lower_by_levels(scale.lower_by_grades(before, veto.lower_grades), veto.lower_levels)
    return rank < lowered or (veto.score_at_most is not None and outcome.score > veto.score_at_most)


def _together(asked: Claim) -> Iterator[Proof]:
    """In no matter an incentive and a restriction at once."""
    measures, holds = asked.model.measures, asked.side.measures
    for matter in dict.fromkeys(one.matter for one in measures):
        kinds = {
            kind: [one.id for one in measures if (one.kind, one.matter) == (kind, matter)]
            for kind in ("incentive", "restriction")
        }
        if all(kinds.values()):
            goal = z3.And([z3.Or([holds[name] for name in names]) for names in kinds.values()])
            proof = _proof(asked, TOGETHER, matter, PROVED, ("measures", kinds["restriction"][0]))
            yield _never(asked, proof, goal, lambda outcome, kinds=kinds: _both(outcome, list(kinds.values())))


def _both(outcome: Evaluation, groups: Sequence[Sequence[str]]) -> bool:
    return all(set(names) & set(outcome.measures) for names in groups)
