"""Whether two versions of a policy come to the same for every subject that the catalogue allows, or never to worse or better."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from math import gcd
from typing import Any

import z3
from msgspec.structs import replace

from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import World, facts, world
from engine.evaluating.symbolic.records import NotModelled
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.policy import Model, Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    EQUIVALENT,
    MEASURES,
    NEVER_BETTER,
    NEVER_WORSE,
    NOT_COMPARABLE,
    OTHER_CATALOGUE,
    PROVED,
    RESULT,
    UNKNOWN,
    Difference,
    Proof,
    Witness,
)  # fmt: skip
from engine.model.scale import Scale
from engine.model.subject import Subject
from engine.reviewing.diff.accepted import same_data
from engine.reviewing.proof.lemmas import Lemmas, from_parts, lemmas
from engine.reviewing.proof.plausible import plausible
from engine.reviewing.proof.search import Found, search

Term = Any

ORDINARY = 0.1
"""The share of the time that may go into making a subject ordinary."""

_PLACES = ("evaluated", "not_evaluated", "rejected")
"""Outcomes, best first: to be evaluated no more is worse, whatever came of it before."""


def compare(old: Policy, new: Policy, as_of: int, timeout: float = 9.5) -> list[Proof]:
    """For each model that both versions have: equivalent, never worse, never better, in its results and in its measures.

    As of a day (an ordinal), by the rules of both, whichever is in force; `timeout` is in seconds, for each of the questions
    that is asked of the solver.
    """
    found: list[Proof] = []
    for name, model in new.models.items():
        before = old.models.get(name)
        if before is not None and before.kind == model.kind:
            found += _with_all_witnesses(list(_model(old, before, new, model, as_of, timeout)))
    return found


def _with_all_witnesses(proofs: Sequence[Proof]) -> Iterator[Proof]:
    """What one claim was refuted by may refute another one that was not decided."""
    shown = [one.witness for one in proofs if one.witness is not None]
    for proof in proofs:
        if proof.answer == UNKNOWN:
            for witness in shown:
                found = tuple(differences(proof.about, *witness.outcomes))
                if _against(proof.claim, found):
                    least = replace(witness, differences=found, smallest=False)
                    proof = replace(proof, answer=COUNTEREXAMPLE, reason=None, witness=least)
                    break
        yield proof


def _undecided(new: Policy, model: Model, matters: Sequence[str], reason: str) -> Iterator[Proof]:
    for about in matters:
        for claim in (EQUIVALENT, NEVER_WORSE, NEVER_BETTER):
            yield Proof(claim, new, model.id, about, UNKNOWN, reason=reason)


def _model(old: Policy, before: Model, new: Policy, model: Model, as_of: int, timeout: float) -> Iterator[Proof]:
    if not same_data(old, new):
        yield from _undecided(new, model, (RESULT, MEASURES), OTHER_CATALOGUE)
        return
    try:
        made = world([(old, before), (new, model)], as_of)
        sides = [evaluate_symbolically(policy, one, *facts(made, policy, one), made.texts) for policy, one in made.models]
    except NotModelled as error:
        yield from _undecided(new, model, (RESULT, MEASURES), error.code)
        return
    compiled = (compile_model(old, before), compile_model(new, model))
    comparable = _comparable(old.scale, before, new.scale, model)
    began = time.monotonic()
    proved = lemmas(made.rules, sides[0], sides[1], timeout / 4)
    spent = time.monotonic() - began
    for about in (RESULT, MEASURES):
        if about == RESULT and not comparable:
            yield from _undecided(new, model, (about,), NOT_COMPARABLE)
            continue
        for proof in _about(about, made, proved, sides, compiled, timeout - spent):
            yield replace(proof, seconds=proof.seconds + spent) if proof.seconds else proof


def _about(
    about: str, made: World, proved: Lemmas, sides: Sequence[Symbolic], compiled: Sequence[Compiled], timeout: float
) -> Iterator[Proof]:
    """The three claims; what makes for worse or better makes for unlike, and in results nothing else does."""
    new = sides[1]
    proofs: dict[str, Proof] = {}
    for claim in (NEVER_WORSE, NEVER_BETTER):
        goal = _worse(about, *(sides if claim == NEVER_WORSE else reversed(sides)))
        proofs[claim] = _ask(claim, about, made, proved, goal, compiled, timeout, new)
    both = list(proofs.values())
    shown = [one for one in both if one.witness is not None]
    if shown:
        least = min(shown, key=lambda one: _size(one.witness))
        sure = all(one.answer != UNKNOWN for one in both) and about == RESULT
        witness = least.witness
        assert witness is not None
        smallest = sure and witness.smallest
        yield replace(least, claim=EQUIVALENT, witness=replace(witness, smallest=smallest), seconds=0.0)
    elif about == RESULT:
        undecided = next((one for one in both if one.answer == UNKNOWN), None)
        yield replace(undecided or both[0], claim=EQUIVALENT, seconds=0.0)
    else:
        yield _ask(EQUIVALENT, about, made, proved, unlike_measures(*sides), compiled, timeout, new)
    yield from both


def _size(witness: Witness | None) -> int:
    subjects = witness.subjects if witness else ()
    return sum(len(one.records) + len(one.attributes) + len(one.members) for one in subjects)


def _ask(
    claim: str, about: str, made: World, proved: Lemmas, goal: Term, compiled: Sequence[Compiled], timeout: float, new: Symbolic
) -> Proof:  # fmt: skip
    """Whether no subject is as the goal says."""

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcomes = tuple(evaluate(one, subjects[0], made.as_of) for one in compiled)
        found = tuple(differences(about, *outcomes))
        return Witness(made.as_of, subjects, outcomes, found) if _against(claim, found) else None

    began = time.monotonic()
    if z3.is_false(z3.simplify(goal)):
        found = Found(nothing=True)
    else:
        found = search([made], [goal, *proved.proved], replay, timeout, from_parts(proved, goal))
        if found.witness is not None:
            found = replace(found, witness=plausible(found.witness, made.models, replay, ORDINARY * timeout))
    answer = PROVED if found.nothing else COUNTEREXAMPLE if found.witness else UNKNOWN
    seconds = time.monotonic() - began
    return Proof(claim, new.policy, new.model.id, about, answer, (), found.reason, found.witness, seconds)


def _against(claim: str, found: Sequence[Difference]) -> bool:
    """Whether differences refute a claim."""
    return any(claim == EQUIVALENT or one.worse is (claim == NEVER_WORSE) for one in found)


def _comparable(old: Scale, before: Model, new: Scale, model: Model) -> bool:
    """Whether the levels of both mean the same, best first, and both have the same of score and level."""
    same = before.scores == model.scores and before.grades == model.grades
    return same and (not model.grades or (old.names == new.names and old.grades == new.grades))


# In terms


def _worse(about: str, old: Symbolic, new: Symbolic) -> Term:
    """Whether the second is worse for a subject than the first."""
    if about == MEASURES:
        return z3.Or([z3.And(one, z3.Not(other)) for one, other in _kept(old, new)] or [z3.BoolVal(False)])
    lost = [z3.And(z3.Not(old.rejected), new.rejected), z3.And(old.evaluated, new.excluded)]
    found: list[Term] = []
    if old.score is not None and new.score is not None:
        common = gcd(old.policy.scale.full, new.policy.scale.full)
        found.append(new.score.term * (old.policy.scale.full // common) < old.score.term * (new.policy.scale.full // common))
    if old.rank is not None and new.rank is not None:
        found.append(new.rank > old.rank)
        if [one.grade for one in old.policy.scale.levels] != [one.grade for one in new.policy.scale.levels]:
            found.append(_grade(new) > _grade(old))
        found.append(z3.And(new.vetoed, z3.Not(old.vetoed)))
    return z3.Or([*lost, z3.And([old.evaluated, new.evaluated, z3.Or(found)])]) if found else z3.Or(lost)


def _grade(side: Symbolic) -> Term:
    scale = side.policy.scale
    found: Term = z3.IntVal(len(scale.grades) - 1)
    for rank, level in enumerate(scale.levels):
        found = z3.If(side.rank == rank, scale.grades.index(level.grade), found)
    return found


def _kept(old: Symbolic, new: Symbolic) -> Iterator[tuple[Term, Term]]:
    """Pairs of which the second is to hold wherever the first does: incentives stay, restrictions were there before."""
    for name in of_kind(old.model, "incentive"):
        yield _applies(old, name), _applies(new, name) if name in of_kind(new.model, "incentive") else z3.BoolVal(False)
    for name in of_kind(new.model, "restriction"):
        yield _applies(new, name), _applies(old, name) if name in of_kind(old.model, "restriction") else z3.BoolVal(False)


def of_kind(model: Model, kind: str) -> list[str]:
    return [one.id for one in model.measures if one.kind == kind]


def _applies(side: Symbolic, measure: str) -> Term:
    return z3.And(side.evaluated, side.measures[measure])


def unlike_measures(old: Symbolic, new: Symbolic) -> Term:
    """Whether any measure of any kind holds in one alone."""
    found: list[Term] = []
    for kind in ("incentive", "routine", "restriction"):
        olds, news = of_kind(old.model, kind), of_kind(new.model, kind)
        for name in dict.fromkeys((*olds, *news)):
            one = _applies(old, name) if name in olds else z3.BoolVal(False)
            other = _applies(new, name) if name in news else z3.BoolVal(False)
            found.append(one != other)
    return z3.Or(found) if found else z3.BoolVal(False)


# In outcomes


def differences(about: str, old: Outcome, new: Outcome) -> list[Difference]:
    """What is otherwise in the second of two outcomes."""
    if about == MEASURES:
        return list(_in_measures(old, new))
    one, other = _place(old), _place(new)
    if one != other:
        return [Difference("outcome", "", one, other, _PLACES.index(other) > _PLACES.index(one))]
    if not isinstance(old, Evaluation) or not isinstance(new, Evaluation):
        return []
    return [one for one in _in_results(old, new) if one.worse is not None]


def _place(outcome: Outcome) -> str:
    if isinstance(outcome, Evaluation):
        return "evaluated"
    return "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"


def _in_results(old: Evaluation, new: Evaluation) -> Iterator[Difference]:
    before, after = old.policy.scale, new.policy.scale
    if old.score is not None and new.score is not None:
        yield _difference("score", old.score, new.score, -old.score * after.full, -new.score * before.full)
    if old.level is not None and new.level is not None:
        yield _difference("level", old.level, new.level, before.names.index(old.level), after.names.index(new.level))
    if old.grade is not None and new.grade is not None:
        yield _difference("grade", old.grade, new.grade, before.grades.index(old.grade), after.grades.index(new.grade))
        vetoed = bool(old.vetoes), bool(new.vetoes)
        yield _difference("vetoed", *vetoed, *vetoed)


def _difference(kind: str, old: object, new: object, before: int, after: int) -> Difference:
    """With the places of both in an order, the best first."""
    return Difference(kind, "", old, new, None if before == after else after > before)


def _in_measures(old: Outcome, new: Outcome) -> Iterator[Difference]:
    for kind, gained in (("incentive", False), ("routine", None), ("restriction", True)):
        before, after = _measures(old, kind), _measures(new, kind)
        for name in dict.fromkeys((*before, *after)):
            if (name in before) != (name in after):
                worse = gained if name in after or gained is None else not gained
                yield Difference(kind, name, name in before, name in after, worse)


def _measures(outcome: Outcome, kind: str) -> list[str]:
    if not isinstance(outcome, Evaluation):
        return []
    return [name for name in of_kind(outcome.model, kind) if name in outcome.measures]
