"""Whether a model whose results become worse (or better) for nobody leaves those that read them so too.

The composite evaluation, parks and joint measures read results as records. A result that is lost or gained may move them
either way, for it counts no more; one that is only worse moves them one way where what they make of it is monotone, which
the solver is asked: the same subject twice, of whom the second has what is read no better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import assert_never

import z3
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, compare_two
from engine.evaluating.symbolic.conditions import Texts, Value, as_term, number_of
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import facts, world
from engine.evaluating.symbolic.records import NotModelled
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation, facts_in, tests
from engine.model.digest import canonical
from engine.model.library import Name, dependencies, running_order
from engine.model.policy import FromRecords, Model, Policy, Total, UseFact, record_conditions
from engine.model.scale import Scale
from engine.reviewing.diff import name_domains
from engine.reviewing.diff.condition_relation import polarity
from engine.reviewing.diff.level_monotonicity import level_helps
from engine.reviewing.proof.lemmas import NEWER, OLDER, Lemmas, from_parts, lemmas, solver_for
from engine.reviewing.proof.worse_results import worse_result

RESULTS = frozenset(("score", "level", "grade", "vetoed"))
"""What of a result may be worse."""

LOOKS, LONGER = ((0.03, 0), (0.03, 1), (0.06, 2)), ((0.1, 3), (0.2, 4))
"""Shares of the time for a question, and seeds, by either way with whole numbers."""


def in_force_beside(new: Policy, others: Sequence[Policy]) -> Iterator[dict[str, Policy]]:
    """Which versions are in force beside a version, one after another while it is."""
    turns = [new.effective_from, *(other.effective_from for other in others)]
    turns += [other.effective_until + 1 for other in others if other.effective_until is not None]
    for day in sorted(set(turns)):
        if new.in_force(day):
            yield {other.id: other for other in others if other.in_force(day)} | {new.id: new}


def read_by_others(policies: Mapping[str, Policy], name: Name) -> bool:
    """Whether any other model reads the results of one."""
    return any(
        name in names
        for policy in policies.values()
        for model in policy.models.values()
        for names in dependencies(policies, model).values()
    )


def readers_follow(policies: Mapping[str, Policy], name: Name, as_of: int, timeout: float) -> bool:
    """Whether all that read the results of a model, and what reads theirs, are never better where these are worse."""
    moved = {name}
    for other in running_order(policies):
        policy = policies[other[0]]
        model = policy.models[other[1]]
        read = {fact: names for fact, names in dependencies(policies, model).items() if moved & set(names)}
        if read and other != name:
            scales = {
                fact: [policies[name_read[0]].scale for name_read in names if name_read in moved]
                for fact, names in read.items()
            }
            if not _known(policy, model, scales, as_of, timeout):
                return False
            moved.add(other)
    return True


_ANSWERS: dict[object, bool] = {}
"""Of readers that have been asked about: the same ones read many policies."""


def _known(policy: Policy, model: Model, read: Mapping[str, Sequence[Scale]], as_of: int, timeout: float) -> bool:
    key = policy.digest, model.id, as_of, tuple(sorted((fact, tuple(scales)) for fact, scales in read.items()))
    if not policy.digest:
        return _monotone(policy, model, read, as_of, timeout)
    if key not in _ANSWERS:
        _ANSWERS[key] = _monotone(policy, model, read, as_of, timeout)
    return _ANSWERS[key]


def _monotone(
    policy: Policy, model: Model, read: Mapping[str, Sequence[Scale]], as_of: int, timeout: float
) -> bool:  # fmt: skip
    """Whether the model is never better, and evaluated or not the same, where the facts that are read are no better."""
    sources = {name: model.facts[name].source for name in read}
    signs: dict[str, int] = {}
    for name, source in sources.items():
        source_signs = {_sign(source, scale) for scale in read[name] if isinstance(source, FromRecords)}
        if len(source_signs) != 1 or None in source_signs:
            return False
        signs[name] = source_signs.pop() or 0
    if not _measures_follow(policy, model, signs, read):
        return False
    known: dict[str, Value] = {}
    rules: list[Term] = []

    def no_better(name: str, value: Value) -> Value:
        key = repr(canonical(sources[name]))
        if key not in known:
            known[key], bounds = _no_better(value, signs[name], read[name], subjects.texts)
            rules.extend(bounds)
            source, bounded = sources[name], known[key]
            if isinstance(source, FromRecords) and source.kind == "count" and isinstance(bounded, Amount):
                rules.append(bounded.count <= z3.Sum([cell.count for cell in subjects.records[source.category].cells]))
        return known[key]

    try:
        subjects = world([(policy, model)], as_of)
    except NotModelled:
        return False
    instead = {name: partial(no_better, name) for name, sign in signs.items() if sign}
    side = evaluate_symbolically(policy, model, *facts(subjects, policy, model), subjects.texts)
    other = evaluate_symbolically(policy, model, *facts(subjects, policy, model, instead), subjects.texts)
    goals = [side.evaluated != other.evaluated, worse_result(other, side)]
    if all(z3.is_false(z3.simplify(goal)) for goal in goals):
        return True
    known_rules = [*subjects.rules, *rules]
    related = {
        name: _related(side.facts[name], other.facts[name], sign)
        for name, sign in signs.items()
        if sign and not isinstance(model.facts[name].if_missing, UseFact)
    }
    known_of_facts = {name: term for name, term in related.items() if term is not None}
    left = [goal for goal in goals if not impossible_results([*known_rules, goal], timeout, LOOKS)]
    if not left:
        return True
    proved = lemmas(known_rules, side, other, timeout / 4, known_of_facts)
    return all(_by_parts(goal, known_rules, proved, timeout) for goal in left)


def _measures_follow(policy: Policy, model: Model, signs: Mapping[str, int], read: Mapping[str, Sequence[Scale]]) -> bool:
    """Whether no measure is better for worse results, by the level or by the facts that are read."""
    known = name_domains.of_model(policy, model)
    every = dict(signs)
    for name, fact in model.facts.items():  # in the order in which they rest on each other
        parts = {every[part] for part in fact.needs() if every.get(part)}
        if name not in signs and parts:
            if len(parts) > 1 or not isinstance(fact.source, Total):
                return not any(name in facts_in(measure.when) for measure in model.measures if measure.kind != "routine")
            every[name] = parts.pop()
    orders = {name: str(field) for name in read if (field := _order_of(model.facts[name].source))}
    if not all(_counted(model, name, field, scale) for name, field in orders.items() for scale in read[name]):
        return False
    for measure in model.measures:
        sign = 1 if measure.kind == "incentive" else -1
        for name in set(facts_in(measure.when)) & every.keys() - orders.keys() if measure.kind != "routine" else ():
            way = _WAYS.get(polarity(measure.when, name, policy.scale, known))
            if every[name] and way not in (0, sign * every[name]):
                return False
    return level_helps(policy, model)


def _order_of(source: object) -> str | None:
    """`level` or `grade`, where a fact is such a one."""
    return source.field if isinstance(source, FromRecords) and source.field in ("level", "grade") else None


def _counted(model: Model, fact: str, field: str, scale: Scale) -> bool:
    """Whether a better level or grade that a fact is never brings fewer incentives or more restrictions.

    Measures that stand under the same other conditions take each other's place (承诺 in one grade, 绿色通道 in the next), so
    these are counted together.
    """
    order = scale.names if field == "level" else scale.grades  # best first
    balance: Counter[object] = Counter()
    for measure in model.measures:
        if measure.kind == "routine" or fact not in facts_in(measure.when):
            continue
        parts = measure.when.parts if isinstance(measure.when, AllOf) else (measure.when,)
        mine = [part for part in parts if fact in facts_in(part)]
        if not all(isinstance(part, Comparison) for part in mine):
            return False
        rest = repr(canonical(tuple(part for part in parts if part not in mine)))
        name_domains = [all(_holds(part, level) for part in mine if isinstance(part, Comparison)) for level in order]
        for at, (better, worse) in enumerate(pairwise(name_domains)):
            balance[measure.kind, rest, at] += (better - worse) * (1 if measure.kind == "incentive" else -1)
    return min(balance.values(), default=0) >= 0


def _holds(test: Comparison, value: str) -> bool:
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return (value in values) == (test.operator in ("is", "one_of"))


_WAYS = {"up": 1, "down": -1, "none": 0}


def _related(first: Value, other: Value, sign: int) -> Term | None:
    """What is known of a fact and the other one in its place, which where nothing is found are the same."""
    if isinstance(first, Amount) and isinstance(other, Amount):
        return compare_two("at_most" if sign > 0 else "at_least", other, first)
    left, right = as_term(first), as_term(other)
    if z3.is_bool(left):
        return z3.Implies(right, left) if sign > 0 else z3.Implies(left, right)
    return None


def _by_parts(goal: Term, rules: Sequence[Term], proved: Lemmas, timeout: float) -> bool:
    """Whether nothing is as the goal says, by what is known of its parts."""
    ways = [*from_parts(proved, goal), [*rules, *proved.proved, goal]]
    return any(impossible_results(way, timeout, LONGER) for way in ways)


def impossible_results(terms: Sequence[Term], timeout: float, looks: Sequence[tuple[float, int]]) -> bool:
    """Whether nothing is so; what one look is long about, another is often done with at once."""
    for share, seed in looks:
        for way in (OLDER, NEWER):
            solver = solver_for(share * timeout, way, seed)
            solver.add(list(terms))
            answer = solver.check()
            if answer != z3.unknown:
                return bool(answer == z3.unsat)
    return False


def _no_better(value: Value, sign: int, scales: Sequence[Scale], texts: Texts) -> tuple[Value, list[Term]]:
    """A value of what may be worse, with what holds of it; the sign says whether the value grows as results get better."""
    if isinstance(value, Amount):
        other = z3.FreshConst(z3.IntSort(), "read")
        return Amount(value.unit, other), [other >= 0, other <= value.count if sign > 0 else other >= value.count]
    if z3.is_bool(value):
        truth = z3.FreshConst(z3.BoolSort(), "read")
        return truth, [z3.Implies(truth, value) if sign > 0 else z3.Implies(value, truth)]
    text = z3.FreshConst(z3.IntSort(), "read")
    ways = []
    for order in dict.fromkeys(order for scale in scales for order in (scale.names, scale.grades)):
        numbers = [number_of(level, texts) for level in order]
        ways += [z3.And(value == level, z3.Or([text == worse for worse in numbers[at:]])) for at, level in enumerate(numbers)]
    return text, [z3.Or([*ways, text == value])]


def _sign(source: FromRecords, scale: Scale) -> int | None:
    """Whether a fact grows (1) or falls (-1) as the results that it reads get better, or stays; None where it may do either."""
    where = 0 if source.where is None else _sign_of(source.where, scale)
    if source.once_per in RESULTS:
        return None
    if source.kind in ("count", "exists"):
        return where
    if source.tally is not None:
        compared = [test for condition in record_conditions(source) for test in tests(condition)]
        return None if any(test.name in RESULTS for test in compared) else 0
    if where != 0 or source.weighted_by in RESULTS:
        return None
    if source.field not in RESULTS:
        return 0
    return -1 if source.field == "vetoed" else 1


def _sign_of(when: Condition, scale: Scale) -> int | None:
    """The same of whether a result is counted."""
    match when:
        case Comparison():
            return _sign_of_test(when, scale)
        case Negation(part):
            sign = _sign_of(part, scale)
            return None if sign is None else -sign
        case AllOf(parts) | AnyOf(parts):
            signs = {_sign_of(part, scale) for part in parts} - {0}
            return 0 if not signs else signs.pop() if len(signs) == 1 else None
        case never:
            assert_never(never)
    raise AssertionError(when)


def _sign_of_test(test: Comparison, scale: Scale) -> int | None:
    if test.name not in RESULTS:
        return 0
    if test.operator == "given":
        return None
    if test.name == "score":
        return {"at_least": 1, "above": 1, "at_most": -1, "below": -1}.get(test.operator)
    if test.name == "vetoed":
        return -1 if (test.operand is True) == (test.operator == "is") else 1
    order = scale.names if test.name == "level" else scale.grades
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    name_domains = [(level in values) == (test.operator in ("is", "one_of")) for level in order]
    return 1 if name_domains == sorted(name_domains, reverse=True) else -1 if name_domains == sorted(name_domains) else None
