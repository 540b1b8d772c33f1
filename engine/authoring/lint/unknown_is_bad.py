"""A subject about which nothing adverse is known gets a restriction or the worst grade because information is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.authoring.best_subject import Held, Trial, Unit, best, needed, trial
from engine.authoring.lint.lint_context import LintContext
from engine.model.bad_outcome import is_bad, restrictions, worst_grade
from engine.model.evaluation import Evaluation, Outcome
from engine.model.number import two_decimals
from engine.model.policy import FromAttribute, FromRecords, MemberCount, Model, Policy
from engine.model.problem import Path, Problem

SHOWN = 6
"""So many titles of what is missing are named."""


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models() if linted.read.library.stays(linted.policy) else ():
        if worst_grade(linted.policy, model) is not None or restrictions(model):
            tried = trial(linted.policy, model)
            known = best(tried)
            outcome = tried.outcome(known)
            if isinstance(outcome, Evaluation) and not is_bad(outcome):
                for place, missing, came in _less_known(tried, known, model):
                    values = {"missing": _titles(linted.policy, missing), "found": _found(came)}
                    yield linted.warn("unknown_is_bad", (*top, *place), True, **values)


def _less_known(tried: Trial, known: Held, model: Model) -> Iterator[tuple[Path, Sequence[Unit], Evaluation]]:
    """Where, for want of what, and what came of it: of those of whom least is known the first, then one thing missing."""
    least = needed(tried, known, lambda outcome: isinstance(outcome, Evaluation))
    for held in (least, *({**least, unit: known[unit]} for unit in known if unit not in least)):
        outcome: Outcome = tried.outcome(held)
        if isinstance(outcome, Evaluation) and is_bad(outcome):
            yield (), [unit for unit in tried.options if unit in tried.may_lack and unit not in held], outcome
            break
    for unit in [unit for unit in known if unit in tried.may_lack]:
        outcome = tried.outcome({name: value for name, value in known.items() if name != unit})
        if isinstance(outcome, Evaluation) and is_bad(outcome):
            yield _place(model, unit), [unit], outcome


def _place(model: Model, unit: Unit) -> Path:
    """The first fact that reads it."""
    kind, name = unit
    for fact in model.facts.values():
        match fact.source:
            case FromAttribute(name=read) if (kind, name) == ("attribute", read):
                return "facts", fact.id
            case FromRecords(category=read) if (kind, name) == ("records", read):
                return "facts", fact.id
            case MemberCount() if kind == "members":
                return "facts", fact.id
            case _:
                pass
    return ()


def _titles(policy: Policy, missing: Sequence[Unit]) -> list[str]:
    titles = {
        "attribute": {name: attribute.field.title for name, attribute in policy.attributes.items()},
        "records": {name: category.title for name, category in policy.categories.items()},
    }
    named = [titles.get(kind, {}).get(name, name) for kind, name in missing]
    return [*named[:SHOWN], *(["…"] if len(named) > SHOWN else [])]


def _found(outcome: Evaluation) -> list[str]:
    """Score, level, grade, and each restriction."""
    score = [] if outcome.score is None else [two_decimals(outcome.score)]
    graded = [part for part in (outcome.level, outcome.grade) if part is not None]
    return [*score, *graded, *(measure.title for measure in restrictions(outcome.model) if measure.id in outcome.measures)]
