"""More of what is adverse never raises a score, more of what is favourable never lowers it: each fact held to its direction."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping

import z3
from msgspec import Struct
from msgspec.structs import replace
from z3 import ExprRef as Term

from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.evaluating.symbolic.arithmetic import Amount, compare_two
from engine.evaluating.symbolic.conditions import Value, as_amount, as_term
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import LAST_LEVEL_TERM, World, facts, world
from engine.model.condition import Plain, facts_in
from engine.model.evaluation import Evaluation
from engine.model.policy import Fact, Model, Policy, facts_read
from engine.model.proof import COUNTEREXAMPLE, DIRECTION, PROVED, RESULT, UNKNOWN, Proof, Witness
from engine.model.scoring import form_facts
from engine.model.subject import Subject
from engine.reviewing.proof.lemmas import from_parts, lemmas
from engine.reviewing.proof.outcome_differences import outcome_differences
from engine.reviewing.proof.search import SearchResult, search


class Pair(Struct, frozen=True):
    """Two subjects side by side, of whom the second is to be in no way better where facts have a direction."""

    model: Model
    worlds: tuple[World, World]
    sides: tuple[Symbolic, Symbolic]
    compiled: Compiled
    as_of: int
    timeout: float


def directions(policy: Policy, model: Model, as_of: int, timeout: float) -> Iterator[Proof]:
    """For each fact with a direction, whether the score (or where there is none the level) follows it.

    Asked of all together first; where that does not hold, of each alone.
    """
    directed = [name for name, fact in model.facts.items() if fact.direction and fact.type != "text"]
    if not directed or not model.grades:
        return
    pair = _pair(policy, model, as_of, timeout)
    claims = [Proof(DIRECTION, policy, model.id, name, PROVED, ("models", model.id, "facts", name)) for name in directed]
    began = time.monotonic()
    together = _ask(pair, directed)
    seconds = time.monotonic() - began
    if together.nothing:
        yield from (replace(claim, seconds=seconds / len(claims)) for claim in claims)
        return
    alone = []
    for claim in claims:
        began = time.monotonic()
        result = _ask(pair, [claim.about])
        answer = PROVED if result.nothing else COUNTEREXAMPLE if result.witness else UNKNOWN
        seconds = time.monotonic() - began
        alone.append(replace(claim, answer=answer, reason=result.reason, witness=result.witness, seconds=seconds))
    if together.witness and not any(proof.answer == COUNTEREXAMPLE for proof in alone):
        alone = [_in_company(proof, together.witness) for proof in alone]
    yield from alone


def _in_company(claim: Proof, witness: Witness) -> Proof:
    """A fact that is worse for the second subject, while others are too."""
    left, right = (outcome.facts[claim.about] for outcome in witness.outcomes if isinstance(outcome, Evaluation))
    return claim if left == right else replace(claim, answer=COUNTEREXAMPLE, reason=None, witness=witness)


def _pair(policy: Policy, model: Model, as_of: int, timeout: float) -> Pair:
    first = world([(policy, model)], as_of)
    side = evaluate_symbolically(policy, model, *facts(first, policy, model), first.texts)
    second = world([(policy, model)], as_of, "other ", beside=first)
    other = evaluate_symbolically(policy, model, *facts(second, policy, model), second.texts)
    return Pair(model, (first, second), (side, other), compile_model(policy, model), as_of, timeout)


def _ask(pair: Pair, directed: Collection[str]) -> SearchResult:
    """Whether the second subject can be better off, though worse or the same in these facts and the same in all others."""
    first, second = pair.sides
    bound = _bound(pair.model, directed)
    related = {
        name: _follows(pair.model.facts[name], first.facts[name], second.facts[name], name in directed) for name in bound
    }  # fmt: skip
    relations = list(related.values())
    if pair.model.reads_last_level:
        relations.append(as_term(first.facts[LAST_LEVEL_TERM]) == as_term(second.facts[LAST_LEVEL_TERM]))
    better = [second.rank < first.rank] if first.rank is not None and second.rank is not None else []
    if first.score is not None and second.score is not None:
        better.append(second.score.term > first.score.term)
    goal = z3.And(first.evaluated, second.evaluated, z3.Or(better))
    rules = [rule for world in pair.worlds for rule in world.rules]
    proved = lemmas([*rules, *relations], first, second, pair.timeout / 2, related)

    def replay(subjects: tuple[Subject, ...]) -> Witness | None:
        outcomes = tuple(evaluate(pair.compiled.at(pair.as_of), subject) for subject in subjects)
        left, right = outcomes
        if not isinstance(left, Evaluation) or not isinstance(right, Evaluation):
            return None
        differences = tuple(outcome_differences(RESULT, left, right))
        better = any(difference.worse is False and difference.kind != "vetoed" for difference in differences)
        same_past = _last_level(left) == _last_level(right)
        if (
            not better
            or not same_past
            or not all(_followed(pair.model.facts[name], left.facts, right.facts, name in directed) for name in bound)
        ):
            return None
        return Witness(pair.as_of, subjects, outcomes, differences)

    return search(pair.worlds, [goal, *relations], replay, pair.timeout, from_parts(proved, goal))


def _last_level(outcome: Evaluation) -> str | None:
    return outcome.reasoning.last_level if outcome.reasoning else None


def _bound(model: Model, directed: Collection[str]) -> list[str]:
    """The facts that are to be worse or the same. What is computed from such facts follows from them, and what only
    enters facts that have a direction themselves is free.
    """
    read = set(_read(model))
    free = {part for name in directed for part in _parts(model, name) if part not in read and part not in directed}
    bound = []
    for name in model.facts:
        follows = bool(_parts(model, name) & set(directed))
        if name in directed or not (name in free or follows):
            bound.append(name)
    return bound


def _parts(model: Model, name: str) -> set[str]:
    """The facts that a ratio or total is computed from, all the way down."""
    parts = set(facts_read(model.facts[name].source))
    return parts.union(*(_parts(model, part) for part in parts))


def _read(model: Model) -> Iterator[str]:
    """The facts that points and conditions read themselves."""
    for form in model.forms():
        yield from form_facts(form)
    for when in model.conditions():
        yield from facts_in(when)


def _follows(fact: Fact, first: Value, other: Value, directed: bool) -> Term:
    """That a fact of the second subject is the same, or where it is in question not better."""
    if not directed:
        return compare_two("is", first, as_amount(other)) if isinstance(first, Amount) else first == as_term(other)
    less, more = (first, other) if fact.direction == "adverse" else (other, first)
    if isinstance(less, Amount):
        return compare_two("at_most", less, as_amount(more))
    return z3.Implies(less, as_term(more))


def _followed(fact: Fact, first: Mapping[str, Plain], other: Mapping[str, Plain], directed: bool) -> bool:
    left, right = first[fact.id], other[fact.id]
    if not directed:
        return left == right
    less, more = (left, right) if fact.direction == "adverse" else (right, left)
    return int(less) <= int(more)
