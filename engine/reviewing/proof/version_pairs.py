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
from engine.model.policy import Model, Policy
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
    Days,
    Difference,
    Proof,
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
from engine.reviewing.proof.worse_results import worse_result

Claim = tuple[str, str]
"""What is claimed, and of what."""

ORDINARY = 0.1
"""The share of the time that may go into making a subject ordinary."""


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
    found: list[Proof] = []
    for name, model in new.models.items():
        before = old.models.get(name)
        if before is not None and before.kind == model.kind:
            days = days_of([(old, before), (new, model)], new, as_of, within)
            if accept_same_data(old, new, before, model):
                pair = VersionPair(old, before, new, model, policies, timeout, within)
                proofs = list(_on_days(pair, days))
                found += [*proofs, *_of_readers(pair, proofs, days)]
            else:
                found += (replace(one, days=days) for one in _undecided(new, model, (RESULT, MEASURES), OTHER_CATALOGUE))
    return found


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
    answers = {one.claim: one.answer for one in proofs if one.about == RESULT}
    reading = [one for one in pair.policies if read_by_others(one, name)]
    if answers[EQUIVALENT] == PROVED or not reading:
        return
    for claim in (NEVER_WORSE, NEVER_BETTER):
        if answers[claim] == PROVED:
            began = time.monotonic()
            models = [(pair.old, pair.before), (pair.new, pair.model), *_reading(reading, name)]
            looked = days_of(models, pair.new, days.asked[0], pair.within)
            known = looked.every or not days.every
            sure = known and _stays(pair, days) and _all_follow(reading, name, looked, pair.timeout)
            answer, reason = (PROVED, None) if sure else (UNKNOWN, READ_OTHERWISE)
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
    return all(readers_follow(one, name, day, timeout) for one in reading for day in days.asked)


def _stays(pair: VersionPair, days: Days) -> bool:
    """Whether nobody's result comes or goes: what is not there counts for nothing, which may be for the better."""
    for day in days.asked:
        made = world([(pair.old, pair.before), (pair.new, pair.model)], day)
        one, other = (
            evaluate_symbolically(policy, model, *facts(made, policy, model), made.texts) for policy, model in made.models
        )
        goal = one.evaluated != other.evaluated
        if not z3.is_false(z3.simplify(goal)) and not impossible_results([*made.rules, goal], pair.timeout, LOOKS):
            return False
    return True


def _on_days(pair: VersionPair, days: Days) -> Iterator[Proof]:
    """What is proved on each of the days; what is refuted on one is not asked of another any more."""
    found: dict[Claim, Proof] = {}
    for day in days.asked:
        settled = {claim for claim, one in found.items() if one.answer == COUNTEREXAMPLE}
        for proof in _with_all_witnesses(list(_model(pair, day, settled))):
            claim = proof.claim, proof.about
            found[claim] = _joined(found[claim], proof) if claim in found else proof
    yield from (replace(one, days=days) for one in found.values())


def _joined(one: Proof, other: Proof) -> Proof:
    """A claim on some days and on another one: refuted if it is so once, proved if it is so always."""
    order = (COUNTEREXAMPLE, UNKNOWN, PROVED)
    worse = min((one, other), key=lambda proof: order.index(proof.answer))
    return replace(worse, seconds=one.seconds + other.seconds)


def _with_all_witnesses(proofs: Sequence[Proof]) -> Iterator[Proof]:
    """What one claim was refuted by may refute another one that was not decided."""
    shown = [one.witness for one in proofs if one.witness is not None]
    for proof in proofs:
        if proof.answer == UNKNOWN:
            for witness in shown:
                found = tuple(outcome_differences(proof.about, *witness.outcomes))
                if _against(proof.claim, found):
                    least = replace(witness, differences=found, smallest=False)
                    proof = replace(proof, answer=COUNTEREXAMPLE, reason=None, witness=least)
                    break
        yield proof


def _undecided(new: Policy, model: Model, matters: Sequence[str], reason: str) -> Iterator[Proof]:
    for about in matters:
        for claim in (EQUIVALENT, NEVER_WORSE, NEVER_BETTER):
            yield Proof(claim, new, model.id, about, UNKNOWN, reason=reason)


def _model(pair: VersionPair, as_of: int, settled: Collection[Claim]) -> Iterator[Proof]:
    """The claims on one day, but for those that are settled."""
    old, new, model = pair.old, pair.new, pair.model
    try:
        made = world([(old, pair.before), (new, model)], as_of)
        sides = [evaluate_symbolically(policy, one, *facts(made, policy, one), made.texts) for policy, one in made.models]
    except NotModelled as error:
        yield from _undecided(new, model, (RESULT, MEASURES), error.code)
        return
    compiled = (compile_model(old, pair.before), compile_model(new, model))
    began = time.monotonic()
    proved = lemmas(made.rules, sides[0], sides[1], pair.timeout / 4)
    spent = time.monotonic() - began
    still = False
    for about in (RESULT, MEASURES):
        if not _comparable(pair, about):
            yield from _undecided(new, model, (about,), NOT_COMPARABLE)
            continue
        asked = PairQuestion(about, made, proved, sides, compiled, pair.timeout - spent, still)
        for proof in _about(asked, settled):
            still = still or (proof.claim, proof.about, proof.answer) == (EQUIVALENT, RESULT, PROVED)
            yield replace(proof, seconds=proof.seconds + spent) if proof.seconds else proof


class PairQuestion(Struct, frozen=True):
    """What is asked of two versions: in what, of which subjects, and what is known of them."""

    about: str
    made: World
    proved: Lemmas
    sides: Sequence[Symbolic]
    compiled: Sequence[Compiled]
    timeout: float
    still: bool
    """Whether nobody goes to another level, so that all are at the same level in both."""


def _about(asked: PairQuestion, settled: Collection[Claim]) -> Iterator[Proof]:
    """The three claims; what makes for worse or better makes for unlike, and in results nothing else does."""
    about = asked.about
    both = [_ask(asked, claim) for claim in (NEVER_WORSE, NEVER_BETTER) if (claim, about) not in settled]
    if (EQUIVALENT, about) not in settled:
        yield _equivalent(asked, both)
    yield from both


def _equivalent(asked: PairQuestion, both: Sequence[Proof]) -> Proof:
    shown = [one for one in both if one.witness is not None]
    if shown:
        least = min(shown, key=lambda one: _size(one.witness))
        sure = all(one.answer != UNKNOWN for one in both) and asked.about == RESULT
        witness = least.witness
        assert witness is not None
        smallest = sure and witness.smallest
        return replace(least, claim=EQUIVALENT, witness=replace(witness, smallest=smallest), seconds=0.0)
    if asked.about == RESULT:
        undecided = next((one for one in both if one.answer == UNKNOWN), None)
        return replace(undecided or both[0], claim=EQUIVALENT, seconds=0.0)
    return _ask(asked, EQUIVALENT)


def _size(witness: Witness | None) -> int:
    subjects = witness.subjects if witness else ()
    return sum(len(one.records) + len(one.attributes) + len(one.members) for one in subjects)


def _ask(asked: PairQuestion, claim: str) -> Proof:
    """Whether no subject contradicts a claim."""
    old, new = asked.sides

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcomes = tuple(evaluate(one.at(asked.made.as_of), subjects[0]) for one in asked.compiled)
        found = tuple(outcome_differences(asked.about, *outcomes))
        return Witness(asked.made.as_of, subjects, outcomes, found) if _against(claim, found) else None

    began = time.monotonic()
    goal, wider = _goals(asked.about, claim, old, new)
    if z3.is_false(z3.simplify(wider)):
        found = SearchResult(nothing=True)
    else:
        instead = (
            from_parts(asked.proved, goal)
            if wider is goal
            else [*from_parts(asked.proved, wider), *from_parts(asked.proved, goal)]
        )
        found = search([asked.made], [goal, *asked.proved.proved], replay, asked.timeout, instead)
        if found.nothing and wider is not goal and not asked.still:
            parts = [*from_parts(asked.proved, wider), [*asked.made.rules, *asked.proved.proved, wider]]
            if not any(impossible_results(one, asked.timeout, LOOKS) for one in parts):
                found = SearchResult(reason=OTHER_LEVELS)
        if found.witness is not None:
            usual = plausible_witness(found.witness, asked.made.models, replay, ORDINARY * asked.timeout)
            found = replace(found, witness=usual)
    answer = PROVED if found.nothing else COUNTEREXAMPLE if found.witness else UNKNOWN
    seconds = time.monotonic() - began
    return Proof(claim, new.policy, new.model.id, asked.about, answer, (), found.reason, found.witness, seconds)


def _against(claim: str, found: Sequence[Difference]) -> bool:
    """Whether differences refute a claim."""
    return any(claim == EQUIVALENT or one.worse is (claim == NEVER_WORSE) for one in found)


def _comparable(pair: VersionPair, about: str) -> bool:
    """Whether the levels of both are the same, and of results whether they mean the same and both have a score or none."""
    before, model, old, new = pair.before, pair.model, pair.old.scale, pair.new.scale
    same = before.grades == model.grades and (not model.grades or old.names == new.names)
    if about == MEASURES:
        return same
    return same and before.scores == model.scores and (not model.grades or old.grades == new.grades)


# In terms


def _goals(about: str, claim: str, old: Symbolic, new: Symbolic) -> tuple[Term, Term]:
    """What contradicts a claim, and what does so whatever the levels are: where nothing is as this, nothing is as that."""
    if about == RESULT:
        goal = worse_result(old, new) if claim == NEVER_WORSE else worse_result(new, old)
        return goal, goal
    found = _unlike_measures(old, new) if claim == EQUIVALENT else _lost(old, new) if claim == NEVER_WORSE else _lost(new, old)
    evaluated = [old.evaluated, new.evaluated]
    if old.rank is None or new.rank is None:
        goal = z3.And([*evaluated, found])
        return goal, goal
    level = z3.FreshConst(z3.IntSort(), "level")
    return z3.And([*evaluated, old.rank == new.rank, found]), z3.substitute(found, (old.rank, level), (new.rank, level))


def _lost(old: Symbolic, new: Symbolic) -> Term:
    """Whether an incentive is lost or a restriction gained."""
    return z3.Or([z3.And(one, z3.Not(other)) for one, other in _kept(old, new)] or [z3.BoolVal(False)])


def _kept(old: Symbolic, new: Symbolic) -> Iterator[tuple[Term, Term]]:
    """Pairs of which the second is to hold wherever the first does: incentives stay, restrictions were there before."""
    for kind, one, other in (("incentive", old, new), ("restriction", new, old)):
        there = of_kind(other.model, kind)
        for name in of_kind(one.model, kind):
            yield one.measures[name], other.measures[name] if name in there else z3.BoolVal(False)


def _unlike_measures(old: Symbolic, new: Symbolic) -> Term:
    """Whether any measure of any kind holds in one alone, or says something else."""
    olds, news = ({one.id: one for one in side.model.measures} for side in (old, new))
    found: list[Term] = []
    for name in dict.fromkeys((*olds, *news)):
        one, other = (side.measures.get(name, z3.BoolVal(False)) for side in (old, new))
        if name in olds and name in news:
            if olds[name].kind != news[name].kind:
                found += [one, other]
            elif unlike_contents(olds[name], news[name]):
                found.append(z3.Or(one, other))
        found.append(one != other)
    return z3.Or(found) if found else z3.BoolVal(False)
