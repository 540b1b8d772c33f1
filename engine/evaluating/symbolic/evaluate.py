"""The symbolic evaluator: what a model concludes, as terms over the facts of all possible subjects."""

from __future__ import annotations

from collections.abc import Mapping

import z3
from msgspec import Struct
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount, any_holds, compare
from engine.evaluating.symbolic.conditions import Texts, Value, as_amount, as_term, condition
from engine.evaluating.symbolic.facts import LAST_LEVEL_TERM
from engine.evaluating.symbolic.level import cap_score, lower_level, rank_of_decisions, rank_of_score
from engine.evaluating.symbolic.measures import measures
from engine.evaluating.symbolic.score import Scored, score
from engine.model.policy import Model, Policy


class Symbolic(Struct, frozen=True):
    """An outcome; score, rank (the position of the level), vetoes and measures mean something where `evaluated` holds.

    `scored`, `score` and `rank` are None where the model gives none.
    """

    policy: Policy
    model: Model
    facts: Mapping[str, Value]
    rejected: Term
    exclusions: Mapping[str, Term]
    scored: Scored | None
    score: Amount | None
    rank: Term | None
    vetoes: Mapping[str, Term]
    vetoed: Term
    measures: Mapping[str, Term]

    @property
    def excluded(self) -> Term:
        return z3.And(z3.Not(self.rejected), any_holds(self.exclusions.values()))

    @property
    def evaluated(self) -> Term:
        return z3.And(z3.Not(self.rejected), z3.Not(any_holds(self.exclusions.values())))


def evaluate(policy: Policy, model: Model, facts: Mapping[str, Value], rejects: Mapping[str, Term], texts: Texts) -> Symbolic:
    """What a model concludes from its facts; `rejects` says when one of them rejects."""
    scale = policy.scale
    rejected = list(rejects.values())
    if isinstance(model.weight, str):
        rejected.append(compare("below", as_amount(facts[model.weight]), 0))
    elif model.weight < 0:
        rejected.append(z3.BoolVal(True))
    seen: dict[str, Value] = dict(facts)
    scored = score(model, facts, scale, texts) if model.scores else None
    if scored is not None:
        seen["score"] = scored.rounded
    vetoes = {veto.id: condition(veto.when, seen, scale, texts) for veto in model.vetoes}
    vetoed = any_holds(vetoes.values())
    final = cap_score(scored.rounded, vetoes, model) if scored else None
    rank: Term | None = None
    if final is not None:
        seen["score"] = final
        rank = rank_of_score(final, scale)
    elif model.decisions:
        rank = rank_of_decisions(model.decisions, facts, scale, texts)
    if rank is not None:
        last = as_term(facts[LAST_LEVEL_TERM]) if model.reads_last_level else None
        rank = lower_level(rank, vetoes, model, scale, last, texts)
        seen |= {"level": rank, "grade": rank}
    seen["vetoed"] = vetoed
    exclusions = {ground.id: condition(ground.when, facts, scale, texts) for ground in model.not_evaluated}
    return Symbolic(
        policy, model, facts, any_holds(rejected), exclusions, scored, final, rank, vetoes, vetoed,
        measures(model, seen, scale, texts),
    )  # fmt: skip
