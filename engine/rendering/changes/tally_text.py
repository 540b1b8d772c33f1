"""Tallies that differ, in words: 涉及人数≥10人：10；其余：5, whole or the branch that is another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.change import Change
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation
from engine.model.number import shortest
from engine.model.policy import FromRecords, Model, Policy, Tally
from engine.rendering.annex.labels import Names
from engine.rendering.annex.tallies import field_stems
from engine.rendering.changes.context import Context, condition
from engine.rendering.condition_text import value_text
from engine.rendering.phrases import say, with_semicolons
from engine.rendering.sentences import Lang


def tally_text(tally: Tally, context: Context, fields: Names) -> str:
    """Every branch with its value; `fields` are what those of the records are called."""
    return with_semicolons(_branches(tally, context, fields), context.lang)


def tally_part(change: Change, value: object, context: Context, fields: Names) -> str:
    """All branches, the condition of one, or a value with the branch that gives it in this version."""
    match value:
        case Tally():
            return tally_text(value, context, fields)
        case Comparison() | AllOf() | AnyOf() | Negation():
            return condition(value, context, fields)
        case int():
            what = _circumstance(change, context, fields)
            return say("chosen", context.lang, what=what, points=shortest(value))
        case _:
            return value_text(value, context.lang)


def branch_text(where: Condition, source: FromRecords, policy: Policy, model: Model, lang: Lang) -> str:
    """What a branch asks of a record."""
    return condition(where, Context(policy, model, {}, lang), field_stems(policy, source.category))


def _circumstance(change: Change, context: Context, fields: Names) -> str:
    """What the branch is about whose value differs."""
    fact = context.model.facts.get(change.id) if context.model else None
    match change.new_path, fact.source if fact else None:
        case (*_, int(place), "value"), FromRecords(tally=Tally(branches)) if place < len(branches):
            return condition(branches[place].where, context, fields)
        case _:
            return say("otherwise", context.lang)


def _branches(tally: Tally, context: Context, fields: Names) -> Iterator[str]:
    for branch in tally.branches:
        what = condition(branch.where, context, fields)
        yield say("chosen", context.lang, what=what, points=shortest(branch.value))
    yield say("chosen", context.lang, what=say("otherwise", context.lang), points=shortest(tally.otherwise))
