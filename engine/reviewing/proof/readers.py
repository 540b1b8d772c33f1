"""Whether a model whose results become worse (or better) for nobody leaves those that read them so too.

The composite evaluation, parks and joint measures read results as records. A result that is lost or gained may move them
either way, for it counts no more; one that is only worse moves them one way where what they make of it is monotone, which
the solver is asked: the same subject twice, of whom the second has what is read no better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import z3

from engine.evaluating.symbolic.arithmetic import Amount
from engine.evaluating.symbolic.conditions import Texts, Value, number_of
from engine.evaluating.symbolic.evaluate import evaluate as evaluate_symbolically
from engine.evaluating.symbolic.facts import facts, world
from engine.evaluating.symbolic.records import NotModelled
from engine.model.condition import All, Condition, Not, Test
from engine.model.condition import Any as AnyOf
from engine.model.digest import canonical
from engine.model.library import Name, dependencies, running_order
from engine.model.policy import FromRecords, Model, Policy
from engine.model.scale import Scale
from engine.reviewing.proof.lemmas import NEWER, OLDER, solver_for
from engine.reviewing.proof.worse import worse_result

Term = Any

RESULTS = frozenset(("score", "level", "grade", "vetoed"))
"""What of a result may be worse."""

LOOKS = ((0.03, 0), (0.03, 1), (0.1, 2))
"""Shares of the time for a question, and seeds, by either way with whole numbers."""


def read_by_others(policies: Mapping[str, Policy], name: Name) -> bool:
    """Whether any other model reads the results of one."""
    return any(
        name in names
        for policy in policies.values()
        for model in policy.models.values()
        for names in dependencies(policies, model).values()
    )


def follow(policies: Mapping[str, Policy], name: Name, as_of: int, timeout: float) -> bool:
    """Whether all that read the results of a model, and what reads theirs, are never better where these are worse."""
    moved = {name}
    for other in running_order(policies):
        policy = policies[other[0]]
        model = policy.models[other[1]]
        read = {fact: names for fact, names in dependencies(policies, model).items() if moved & set(names)}
        if read and other != name:
            first, *rest = (policies[one[0]].scale for names in read.values() for one in moved & set(names))
            if any(one != first for one in rest) or not _monotone(policy, model, read, first, as_of, timeout):
                return False
            moved.add(other)
    return True


def _monotone(
    policy: Policy, model: Model, read: Mapping[str, object], scale: Scale, as_of: int, timeout: float
) -> bool:  # fmt: skip
    """Whether the model is never better, and evaluated or not the same, where the facts that are read are no better."""
    sources = {name: model.facts[name].source for name in read}
    signs = {name: _sign(source, scale) for name, source in sources.items() if isinstance(source, FromRecords)}
    if None in signs.values():
        return False
    known: dict[str, Value] = {}
    rules: list[Term] = []

    def no_better(name: str, value: Value) -> Value:
        key = repr(canonical(sources[name]))
        if key not in known:
            known[key], bounds = _no_better(value, signs[name] or 0, scale, made.texts)
            rules.extend(bounds)
            source, found = sources[name], known[key]
            if isinstance(source, FromRecords) and source.kind == "count" and isinstance(found, Amount):
                rules.append(found.count <= z3.Sum([cell.count for cell in made.records[source.category].cells]))
        return known[key]

    try:
        made = world([(policy, model)], as_of)
    except NotModelled:
        return False
    instead = {name: partial(no_better, name) for name, sign in signs.items() if sign}
    one = evaluate_symbolically(policy, model, *facts(made, policy, model), made.texts)
    other = evaluate_symbolically(policy, model, *facts(made, policy, model, instead), made.texts)
    goal = z3.Or(worse_result(other, one), one.evaluated != other.evaluated)
    if z3.is_false(z3.simplify(goal)):
        return True
    return impossible([*made.rules, *rules, goal], timeout)


def impossible(asked: Sequence[Term], timeout: float) -> bool:
    """Whether nothing is so; what one look is long about, another is often done with at once."""
    for share, seed in LOOKS:
        for way in (OLDER, NEWER):
            solver = solver_for(share * timeout, way, seed)
            solver.add(list(asked))
            answer = solver.check()
            if answer != z3.unknown:
                return bool(answer == z3.unsat)
    return False


def _no_better(value: Value, sign: int, scale: Scale, texts: Texts) -> tuple[Value, list[Term]]:
    """A value of what may be worse, with what holds of it; the sign says whether the value grows as results get better."""
    if isinstance(value, Amount):
        other = z3.FreshConst(z3.IntSort(), "read")
        return Amount(value.unit, other), [other >= 0, other <= value.count if sign > 0 else other >= value.count]
    if z3.is_bool(value):
        truth = z3.FreshConst(z3.BoolSort(), "read")
        return truth, [z3.Implies(truth, value) if sign > 0 else z3.Implies(value, truth)]
    text = z3.FreshConst(z3.IntSort(), "read")
    ways = []
    for order in (scale.names, scale.grades):
        numbers = [number_of(one, texts) for one in order]
        ways += [z3.And(value == one, z3.Or([text == worse for worse in numbers[at:]])) for at, one in enumerate(numbers)]
    return text, [z3.Or([*ways, text == value])]


def _sign(source: FromRecords, scale: Scale) -> int | None:
    """Whether a fact grows (1) or falls (-1) as the results that it reads get better, or stays; None where it may do either."""
    where = 0 if source.where is None else _sign_of(source.where, scale)
    if source.kind in ("count", "exists"):
        return where
    if where != 0 or source.weighted_by in RESULTS:
        return None
    if source.field not in RESULTS:
        return 0
    return -1 if source.field == "vetoed" else 1


def _sign_of(when: Condition, scale: Scale) -> int | None:
    """The same of whether a result is counted."""
    match when:
        case Test():
            return _sign_of_test(when, scale)
        case Not(part):
            found = _sign_of(part, scale)
            return None if found is None else -found
        case All(parts) | AnyOf(parts):
            signs = {_sign_of(part, scale) for part in parts} - {0}
            return 0 if not signs else signs.pop() if len(signs) == 1 else None
    raise AssertionError(when)


def _sign_of_test(test: Test, scale: Scale) -> int | None:
    if test.name not in RESULTS:
        return 0
    if test.name == "score":
        return {"at_least": 1, "above": 1, "at_most": -1, "below": -1}.get(test.operator)
    if test.name == "vetoed":
        return -1 if (test.operand is True) == (test.operator == "is") else 1
    order = scale.names if test.name == "level" else scale.grades
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    held = [(one in values) == (test.operator in ("is", "one_of")) for one in order]
    return 1 if held == sorted(held, reverse=True) else -1 if held == sorted(held) else None
