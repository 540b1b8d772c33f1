"""When one result of a subject is worse than another, in terms of the solver."""

from __future__ import annotations

from math import gcd

import z3
from z3 import ExprRef as Term

from engine.evaluating.symbolic.evaluate import Symbolic


def worse_result(old: Symbolic, new: Symbolic) -> Term:
    """Whether the second is worse for a subject than the first; to be evaluated no more is."""
    lost = [z3.And(z3.Not(old.rejected), new.rejected), z3.And(old.evaluated, new.excluded)]
    worse: list[Term] = []
    if old.score is not None and new.score is not None:
        common = gcd(old.policy.scale.full, new.policy.scale.full)
        worse.append(new.score.term * (old.policy.scale.full // common) < old.score.term * (new.policy.scale.full // common))
    if old.rank is not None and new.rank is not None:
        worse.append(new.rank > old.rank)
        if [level.grade for level in old.policy.scale.levels] != [level.grade for level in new.policy.scale.levels]:
            worse.append(_grade(new.rank, new) > _grade(old.rank, old))
        worse.append(z3.And(new.vetoed, z3.Not(old.vetoed)))
    return z3.Or([*lost, z3.And([old.evaluated, new.evaluated, z3.Or(worse)])]) if worse else z3.Or(lost)


def _grade(level: Term, side: Symbolic) -> Term:
    scale = side.policy.scale
    position: Term = z3.IntVal(len(scale.grades) - 1)
    for rank, named in enumerate(scale.levels):
        position = z3.If(level == rank, scale.grades.index(named.grade), position)
    return position
