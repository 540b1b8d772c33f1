"""The symbolic evaluator agrees with the single one: from the same facts, and on which facts a subject can have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import z3
from z3 import ExprRef as Term

from engine.evaluating import single
from engine.evaluating.symbolic.arithmetic import Amount
from engine.evaluating.symbolic.conditions import as_term, number_of
from engine.evaluating.symbolic.evaluate import Symbolic, evaluate
from engine.evaluating.symbolic.facts import LAST_LEVEL_TERM, facts, world
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.policy import Model, Policy
from engine.model.subject import Subject
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world as random_world
from tests.lanes import few
from tests.proof.encode import allowed, as_value, encoded


def evaluated(seed: object) -> Iterator[tuple[Policy, Model, Subject, int, Outcome]]:
    """Every model of a random library for every subject of its kind."""
    library, subjects, as_of = read_world(random_world(Seeded(seed), subjects=6))
    for policy in library.policies:
        for model in policy.models.values():
            evaluator = single.compile_model(policy, model).at(as_of)
            for subject in subjects:
                if subject.kind == model.kind:
                    yield policy, model, subject, as_of, single.evaluate(evaluator, subject)


def number(amount: Amount | None) -> int | None:
    return None if amount is None else z3.simplify(amount.term).as_long()


def true(term: Term) -> bool:
    return z3.is_true(z3.simplify(term))


def concluded(symbolic: Symbolic) -> dict[str, object]:
    rank = None if symbolic.rank is None else z3.simplify(symbolic.rank).as_long()
    level = None if rank is None else symbolic.policy.scale.levels[rank]
    return {
        "score": number(symbolic.score),
        "level": level.name if level else None,
        "grade": level.grade if level else None,
        "vetoes": tuple(name for name, holds in symbolic.vetoes.items() if true(holds)),
        "measures": tuple(name for name, holds in symbolic.measures.items() if true(holds)),
    }


def check_from_facts(seed: object) -> int:
    """From the facts that single found, symbolic comes to the same; the number of results compared."""
    compared = 0
    for policy, model, _, _, outcome in evaluated(seed):
        if isinstance(outcome, Rejection):
            continue
        texts: dict[str, int] = {}
        values = {name: as_value(value, texts) for name, value in outcome.facts.items()}
        if model.reads_last_level and isinstance(outcome, Evaluation):
            values[LAST_LEVEL_TERM] = last_level(outcome, texts)
        elif model.reads_last_level:
            values[LAST_LEVEL_TERM] = z3.IntVal(-1)
        symbolic = evaluate(policy, model, values, {}, texts)
        excluded = tuple(name for name, holds in symbolic.exclusions.items() if true(holds))
        assert not true(symbolic.rejected)
        if isinstance(outcome, NotEvaluated):
            assert excluded == outcome.exclusions
        else:
            assert excluded == ()
            assert concluded(symbolic) == {
                key: getattr(outcome, key) for key in ("score", "level", "grade", "vetoes", "measures")
            }
            check_points(symbolic, outcome)
        compared += 1
    return compared


def last_level(outcome: Evaluation, texts: dict[str, int]) -> Term:
    """The number of the last level's name, or -1."""
    assert outcome.reasoning is not None
    level = outcome.reasoning.last_level
    return z3.IntVal(-1 if level is None else number_of(level, texts))


def check_points(symbolic: Symbolic, outcome: Evaluation) -> None:
    if symbolic.scored is None or outcome.reasoning is None:
        return
    for dimension in outcome.reasoning.dimensions:
        assert number(symbolic.scored.shares[dimension.id]) == dimension.share
        for indicator in dimension.indicators:
            if indicator.points is not None:
                assert number(symbolic.scored.points[indicator.id]) == indicator.points
    for name, points in outcome.reasoning.items:
        assert number(symbolic.scored.points[name]) == points


def check_from_records(seed: object) -> int:
    """Of every subject the solver allows the facts that single finds, and a rejection where single rejects."""
    compared = 0
    for policy, model, subject, as_of, outcome in evaluated(seed):
        drawn = world([(policy, model)], as_of)
        terms = facts(drawn, policy, model)
        if isinstance(outcome, Rejection):
            rejected = evaluate(policy, model, *terms, drawn.texts).rejected
            solver = z3.Solver()
            solver.add(drawn.rules + list(encoded(drawn, subject)))
            assert solver.check(rejected) == z3.sat
        else:
            if model.reads_last_level and isinstance(outcome, Evaluation):
                drawn.rules.append(as_term(terms[0][LAST_LEVEL_TERM]) == last_level(outcome, drawn.texts))
            assert allowed(drawn, terms, subject, dict(outcome.facts)), (policy.id, model.id, subject.id)
        compared += 1
    return compared


@pytest.mark.parametrize("seed", few(range(16), 5))
def test_from_facts(seed: int) -> None:
    check_from_facts(f"symbolic {seed}")


@pytest.mark.parametrize("seed", few(range(8), 3))
def test_from_records(seed: int) -> None:
    check_from_records(f"cells {seed}")


@pytest.mark.long
def test_many() -> None:
    """More than 3,000 results from their facts, and more than 1,000 from their records."""
    assert sum(check_from_facts(f"symbolic long {seed}") for seed in range(160)) > 1000
    assert sum(check_from_records(f"cells long {seed}") for seed in range(60)) > 300
