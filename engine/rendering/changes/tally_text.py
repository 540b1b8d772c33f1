"""Tallies that differ, in words: 涉及人数≥10人：10；其余：5, whole or the branch that is another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.change import Change
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation
from engine.model.number import shortest
from engine.model.policy import FromRecords, Model, Policy, Tally
from engine.rendering.annex.labels import field_names
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.annex.tallies import field_stems
from engine.rendering.changes.context import Context, condition
from engine.rendering.condition_text import value_text
from engine.rendering.phrases import say, with_semicolons
from engine.rendering.sentences import Lang


def tally_text(tally: Tally, category: str, context: Context) -> str:
    """Every branch with its value, over records of a category."""
    return with_semicolons(_branches(tally, category, context), context.lang)


def tally_part(change: Change, value: object, context: Context) -> str:
    """All branches, the condition of one, or a value with the branch that gives it in this version."""
    source = _source(change, context)
    match value:
        case Tally():
            return tally_text(value, source.category, context)
        case Comparison() | AllOf() | AnyOf() | Negation():
            return _asked(value, source.category, context)
        case int():
            return say("chosen", context.lang, what=_circumstance(change, source, context), points=shortest(value))
        case _:
            return value_text(value, context.lang)


def branch_text(where: Condition, category: str, policy: Policy, model: Model, lang: Lang) -> str:
    """What a branch asks of a record of a category."""
    return _asked(where, category, Context(policy, model, {}, lang))


def _asked(where: Condition, category: str, context: Context) -> str:
    """Numbers have their units in the language of titles, which then need none."""
    fields = field_stems if context.lang == ANNEX_LANG else field_names
    return condition(where, context, fields(context.policy, category))


def _source(change: Change, context: Context) -> FromRecords:
    assert context.model is not None
    source = context.model.facts[change.id].source
    assert isinstance(source, FromRecords)
    return source


def _circumstance(change: Change, source: FromRecords, context: Context) -> str:
    """What the branch is about whose value differs."""
    match change.new_path, source.tally:
        case (*_, int(place), "value"), Tally(branches) if place < len(branches):
            return _asked(branches[place].where, source.category, context)
        case _:
            return say("otherwise", context.lang)


def _branches(tally: Tally, category: str, context: Context) -> Iterator[str]:
    for branch in tally.branches:
        yield say("chosen", context.lang, what=_asked(branch.where, category, context), points=shortest(branch.value))
    yield say("chosen", context.lang, what=say("otherwise", context.lang), points=shortest(tally.otherwise))
