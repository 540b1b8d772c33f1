"""Whether two versions of a policy come to the same for every subject that the catalogue allows, or never to worse or better."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import z3
from msgspec import Struct
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import World, facts, world
from engine.evaluating.symbolic.records import NotModelled
from engine.model.change import Within
from engine.model.library import Name, dependencies, running_order
from engine.model.policy import MeasureKind, Model, Policy
from engine.model.proof import (
    COUNTEREXAMPLE,
    EQUIVALENT,
    MEASURES,
    NEVER_BETTER,
    NEVER_WORSE,
    NOT_COMPARABLE,
    OTHER_CATALOGUE,
    OTHER_LEVELS,
    PROVED,
    READ_OTHERWISE,
    READERS,
    RESULT,
    UNKNOWN,
    Answer,
    Aspect,
    ClaimKind,
    Days,
    Difference,
    PairClaim,
    Proof,
    Reason,
    Witness,
)  # fmt: skip
from engine.model.subject import Subject
from engine.reviewing.proof.catalogue_equivalence import accept_same_data
from engine.reviewing.proof.days import days_of
from engine.reviewing.proof.lemmas import Lemmas, from_parts, lemmas
from engine.reviewing.proof.outcome_differences import of_kind, outcome_differences, unlike_contents
from engine.reviewing.proof.plausible_witness import plausible_witness
from engine.reviewing.proof.readers import LOOKS, impossible_results, in_force_beside, read_by_others, readers_follow
from engine.reviewing.proof.search import SearchResult, search
from engine.reviewing.proof.solver_turn import in_turn
from engine.reviewing.proof.worse_results import worse_result

Claim = tuple[ClaimKind, str]
"""What is claimed, and of what."""

ORDINARY = 0.1
"""The share of the time that may go into making a subject ordinary."""


@in_turn
def compare_versions(
    old: Policy, new: Policy, as_of: int, timeout: float = 9.5, beside: Iterable[Policy] = (), within: Within | None = None
) -> list[Proof]:
    """For each model that both versions have: equivalent, never worse, never better, in its results and in its measures;
    and where the results change in one direction, whether those policies `beside` it that read them follow.

    On every day of the new version, or `within` those on which it stands in place of the old one, one of which (an ordinal) is
    `as_of`, or on some of them where the days are too unlike; by the rules of both, whichever is in force. `timeout` is in seconds, for each of the questions that is asked of the
    solver. Nothing is claimed of a model where the catalogues do not take the same of what it reads, and nothing of a subject
    that one of them refuses.
    """
    policies = tuple(in_force_beside(new, tuple(beside)))
    answers: list[Proof] = []
    for name, model in new.models.items():
        before = old.models.get(name)
        if before is not None and before.kind == model.kind:
            days = days_of([(old, before), (new, model)], new, as_of, within)
            if accept_same_data(old, new, before, model):
                pair = VersionPair(old, before, new, model, policies, timeout, within)
                proofs = list(_on_days(pair, days))
                answers += [*proofs, *_of_readers(pair, proofs, days)]
            else:
                answers += (replace(proof, days=days) for proof in _undecided(new, model, (RESULT, MEASURES), OTHER_CATALOGUE))
    return answers


class VersionPair(Struct, frozen=True):
    """A model in two versions of its policy."""

    old: Policy
    before: Model
    new: Policy
    model: Model
    policies: tuple[Mapping[str, Policy], ...]
    timeout: float
    within: Within | None


def _of_readers(pair: VersionPair, proofs: Sequence[Proof], days: Days) -> Iterator[Proof]:
    """Where results are other ones, and never worse or never better: whether those of the models that read them are too."""
    name = pair.new.id, pair.model.id
    answers = {proof.claim: proof.answer for proof in proofs if proof.about == RESULT}
    reading = [policy for policy in pair.policies if read_by_others(policy, name)]
    if answers[EQUIVALENT] == PROVED or not reading:
        return
    for claim in (NEVER_WORSE, NEVER_BETTER):
        if answers[claim] == PROVED:
            began = time.monotonic()
            models = [(pair.old, pair.before), (pair.new, pair.model), *_reading(reading, name)]
            looked = days_of(models, pair.new, days.listed[0], pair.within)
            known = looked.every or not days.every
            sure = known and _stays(pair, days) and _all_follow(reading, name, looked, pair.timeout)
            answer: Answer = PROVED if sure else UNKNOWN
            reason: Reason | None = None if sure else READ_OTHERWISE
            seconds = time.monotonic() - began
            yield Proof(claim, pair.new, pair.model.id, READERS, answer, reason=reason, seconds=seconds, days=days)


def _reading(reading: Sequence[Mapping[str, Policy]], name: Name) -> Iterator[tuple[Policy, Model]]:
    """Those that read a model's results, themselves or through others."""
    for policies in reading:
        moved = {name}
        for other in running_order(policies):
            model = policies[other[0]].models[other[1]]
            if other != name and any(moved & set(names) for names in dependencies(policies, model).values()):
                moved.add(other)
                yield policies[other[0]], model


def _all_follow(reading: Sequence[Mapping[str, Policy]], name: Name, days: Days, timeout: float) -> bool:
    return all(readers_follow(policies, name, day, timeout) for policies in reading for day in days.listed)


def _stays(pair: VersionPair, days: Days) -> bool:
    """Whether nobody's result comes or goes: what is not there counts for nothing, which may be for the better."""
    for day in days.listed:
        subjects = world([(pair.old, pair.before), (pair.new, pair.model)], day)
        was, now = (
            evaluate_symbolically(policy, model, *facts(subjects, policy, model), subjects.texts)
            for policy, model in subjects.models
        )
        goal = was.evaluated != now.evaluated
        if not z3.is_false(z3.simplify(goal)) and not impossible_results([*subjects.rules, goal], pair.timeout, LOOKS):
            return False
    return True


def _on_days(pair: VersionPair, days: Days) -> Iterator[Proof]:
    """What is proved on each of the days; what is refuted on one is not asked of another any more."""
    by_claim: dict[Claim, Proof] = {}
    for day in days.listed:
        settled = {claim for claim, proof in by_claim.items() if proof.answer == COUNTEREXAMPLE}
        for proof in _with_all_witnesses(list(_model(pair, day, settled))):
            claim = proof.claim, proof.about
            by_claim[claim] = _joined(by_claim[claim], proof) if claim in by_claim else proof
    yield from (replace(proof, days=days) for proof in by_claim.values())


def _joined(first: Proof, other: Proof) -> Proof:
    """A claim on some days and on another one: refuted if it is so once, proved if it is so always."""
    order = (COUNTEREXAMPLE, UNKNOWN, PROVED)
    worse = min((first, other), key=lambda proof: order.index(proof.answer))
    return replace(worse, seconds=first.seconds + other.seconds)


def _with_all_witnesses(proofs: Sequence[Proof]) -> Iterator[Proof]:
    """What one claim was refuted by may refute another one that was not decided."""
    witnesses = [proof.witness for proof in proofs if proof.witness is not None]
    for proof in proofs:
        if proof.answer == UNKNOWN:
            for witness in witnesses:
                differences = tuple(outcome_differences(proof.about, *witness.outcomes))
                if _against(proof.claim, differences):
                    least = replace(witness, differences=differences, smallest=False)
                    proof = replace(proof, answer=COUNTEREXAMPLE, reason=None, witness=least)
                    break
        yield proof


def _undecided(new: Policy, model: Model, matters: Sequence[Aspect], reason: Reason) -> Iterator[Proof]:
    for about in matters:
        for claim in (EQUIVALENT, NEVER_WORSE, NEVER_BETTER):
            yield Proof(claim, new, model.id, about, UNKNOWN, reason=reason)


def _model(pair: VersionPair, as_of: int, settled: Collection[Claim]) -> Iterator[Proof]:
    """The claims on one day, but for those that are settled."""
    old, new, model = pair.old, pair.new, pair.model
    try:
        subjects = world([(old, pair.before), (new, model)], as_of)
        sides = [
            evaluate_symbolically(policy, side_model, *facts(subjects, policy, side_model), subjects.texts)
            for policy, side_model in subjects.models
        ]
    except NotModelled as error:
        yield from _undecided(new, model, (RESULT, MEASURES), error.code)
        return
    compiled = (compile_model(old, pair.before), compile_model(new, model))
    began = time.monotonic()
    proved = lemmas(subjects.rules, sides[0], sides[1], pair.timeout / 4)
    spent = time.monotonic() - began
    still = False
    for about in (RESULT, MEASURES):
        if not _comparable(pair, about):
            yield from _undecided(new, model, (about,), NOT_COMPARABLE)
            continue
        question = PairQuestion(about, subjects, proved, sides, compiled, pair.timeout - spent, still)
        for proof in _about(question, settled):
            still = still or (proof.claim, proof.about, proof.answer) == (EQUIVALENT, RESULT, PROVED)
            yield replace(proof, seconds=proof.seconds + spent) if proof.seconds else proof


class PairQuestion(Struct, frozen=True):
    """What is asked of two versions: in what, of which subjects, and what is known of them."""

    about: Aspect
    world: World
    proved: Lemmas
    sides: Sequence[Symbolic]
    compiled: Sequence[Compiled]
    timeout: float
    still: bool
    """Whether nobody goes to another level, so that all are at the same level in both."""


def _about(question: PairQuestion, settled: Collection[Claim]) -> Iterator[Proof]:
    """The three claims; what makes for worse or better makes for unlike, and in results nothing else does."""
    about = question.about
    both = [_ask(question, claim) for claim in (NEVER_WORSE, NEVER_BETTER) if (claim, about) not in settled]
    if (EQUIVALENT, about) not in settled:
        yield _equivalent(question, both)
    yield from both


def _equivalent(question: PairQuestion, both: Sequence[Proof]) -> Proof:
    refuted = [proof for proof in both if proof.witness is not None]
    if refuted:
        least = min(refuted, key=lambda proof: _size(proof.witness))
        sure = all(proof.answer != UNKNOWN for proof in both) and question.about == RESULT
        witness = least.witness
        assert witness is not None
        smallest = sure and witness.smallest
        return replace(least, claim=EQUIVALENT, witness=replace(witness, smallest=smallest), seconds=0.0)
    if question.about == RESULT:
        undecided = next((proof for proof in both if proof.answer == UNKNOWN), None)
        return replace(undecided or both[0], claim=EQUIVALENT, seconds=0.0)
    return _ask(question, EQUIVALENT)


def _size(witness: Witness | None) -> int:
    subjects = witness.subjects if witness else ()
    return sum(len(subject.records) + len(subject.attributes) + len(subject.members) for subject in subjects)


def _ask(question: PairQuestion, claim: PairClaim) -> Proof:
    """Whether no subject contradicts a claim."""
    old, new = question.sides

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcomes = tuple(evaluate(evaluator.at(question.world.as_of), subjects[0]) for evaluator in question.compiled)
        differences = tuple(outcome_differences(question.about, *outcomes))
        return Witness(question.world.as_of, subjects, outcomes, differences) if _against(claim, differences) else None

    began = time.monotonic()
    goal, wider = _goals(question.about, claim, old, new)
    if z3.is_false(z3.simplify(wider)):
        result = SearchResult(nothing=True)
    else:
        instead = (
            from_parts(question.proved, goal)
            if wider is goal
            else [*from_parts(question.proved, wider), *from_parts(question.proved, goal)]
        )
        result = search([question.world], [goal, *question.proved.proved], replay, question.timeout, instead)
        if result.nothing and wider is not goal and not question.still:
            parts = [*from_parts(question.proved, wider), [*question.world.rules, *question.proved.proved, wider]]
            if not any(impossible_results(part, question.timeout, LOOKS) for part in parts):
                result = SearchResult(reason=OTHER_LEVELS)
        if result.witness is not None:
            usual = plausible_witness(result.witness, question.world.models, replay, ORDINARY * question.timeout)
            result = replace(result, witness=usual)
    answer: Answer = PROVED if result.nothing else COUNTEREXAMPLE if result.witness else UNKNOWN
    seconds = time.monotonic() - began
    return Proof(claim, new.policy, new.model.id, question.about, answer, (), result.reason, result.witness, seconds)


def _against(claim: ClaimKind, differences: Sequence[Difference]) -> bool:
    """Whether differences refute a claim."""
    return any(claim == EQUIVALENT or difference.worse is (claim == NEVER_WORSE) for difference in differences)


def _comparable(pair: VersionPair, about: Aspect) -> bool:
    """Whether the levels of both are the same, and of results whether they mean the same and both have a score or none."""
    before, model, old, new = pair.before, pair.model, pair.old.scale, pair.new.scale
    same = before.grades == model.grades and (not model.grades or old.names == new.names)
    if about == MEASURES:
        return same
    return same and before.scores == model.scores and (not model.grades or old.grades == new.grades)


# In terms


def _goals(about: Aspect, claim: PairClaim, old: Symbolic, new: Symbolic) -> tuple[Term, Term]:
    """What contradicts a claim, and what does so whatever the levels are: where nothing is as this, nothing is as that."""
    if about == RESULT:
        goal = worse_result(old, new) if claim == NEVER_WORSE else worse_result(new, old)
        return goal, goal
    unlike = _unlike_measures(old, new) if claim == EQUIVALENT else _lost(old, new) if claim == NEVER_WORSE else _lost(new, old)
    evaluated = [old.evaluated, new.evaluated]
    if old.rank is None or new.rank is None:
        goal = z3.And([*evaluated, unlike])
        return goal, goal
    level = z3.FreshConst(z3.IntSort(), "level")
    return z3.And([*evaluated, old.rank == new.rank, unlike]), z3.substitute(unlike, (old.rank, level), (new.rank, level))


def _lost(old: Symbolic, new: Symbolic) -> Term:
    """Whether an incentive is lost or a restriction gained."""
    return z3.Or([z3.And(lost, z3.Not(stays)) for lost, stays in _kept(old, new)] or [z3.BoolVal(False)])


def _kept(old: Symbolic, new: Symbolic) -> Iterator[tuple[Term, Term]]:
    """Pairs of which the second is to hold wherever the first does: incentives stay, restrictions were there before."""
    sides: Mapping[MeasureKind, tuple[Symbolic, Symbolic]] = {"incentive": (old, new), "restriction": (new, old)}
    for kind, (side, other) in sides.items():
        there = of_kind(other.model, kind)
        for name in of_kind(side.model, kind):
            yield side.measures[name], other.measures[name] if name in there else z3.BoolVal(False)


def _unlike_measures(old: Symbolic, new: Symbolic) -> Term:
    """Whether any measure of any kind holds in one alone, or says something else."""
    olds, news = ({measure.id: measure for measure in side.model.measures} for side in (old, new))
    terms: list[Term] = []
    for name in dict.fromkeys((*olds, *news)):
        was, now = (side.measures.get(name, z3.BoolVal(False)) for side in (old, new))
        if name in olds and name in news:
            if olds[name].kind != news[name].kind:
                terms += [was, now]
            elif unlike_contents(olds[name], news[name]):
                terms.append(z3.Or(was, now))
        terms.append(was != now)
    return z3.Or(terms) if terms else z3.BoolVal(False)
