"""What a value refers to in its version, and conditions and values by the names that it has there."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import PolicyDiff
from engine.model.condition import Comparison, Condition, FactRef
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.rendering.annex.labels import Label, Names, amount, fact_names, labelled, phrase
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.condition_text import condition_text, tested, title_of, value_text
from engine.rendering.phrases import listed, say
from engine.rendering.sentences import Lang


class Context(Struct, frozen=True):
    """What a value refers to: everything that its version of a policy, and of a model, knows, and what the other one adds."""

    policy: Policy
    model: Model | None
    names: Names
    lang: Lang


def contexts(changed: PolicyDiff, model: str | None, lang: Lang) -> tuple[Context, Context]:
    """Of the old values and of the new ones: both versions together, the word of its own where both say something."""
    return _context(changed.new, changed.old, model, lang), _context(changed.old, changed.new, model, lang)


def _context(other: Policy | None, own: Policy | None, model: str | None, lang: Lang) -> Context:
    policy = own or other
    assert policy is not None
    there, here = (version.models.get(model or "") if version else None for version in (other, own))
    if other and own:
        keys = ("documents", "parameters", "categories", "attributes", "library_items")
        policy = replace(own, **{key: {**getattr(other, key), **getattr(own, key)} for key in keys})
    both = here or there
    if there and here:
        both = replace(here, facts={**there.facts, **here.facts})
    return Context(policy, both, fact_names(policy, both) if both else {}, lang)


def condition(value: Condition, context: Context, names: Names) -> str:
    """A condition as a phrase."""
    model = context.model
    assert model is not None
    if context.lang == ANNEX_LANG:
        return phrase(value, model, names)
    return condition_text(value, model, context.lang, lambda test: _test(test, model, names, context.lang))


def _test(test: Comparison, model: Model, names: Names, lang: Lang) -> str:
    if test.name == "vetoed":
        return say("name-vetoed-not" if test.operand is False else "name-vetoed", lang)
    named = names.get(test.name) or Label(title_of(test.name, model, lang), {})
    operand = test.operand
    if isinstance(operand, FactRef):
        required = say("quoted", lang, text=title_of(operand.name, model, lang))
    else:
        required = labelled_text(operand, named, lang)
    return tested(test, named.title, required, lang)


def labelled_text(value: object, named: Label, lang: Lang) -> str:
    """A value as people know it, in the language of the titles with its unit."""
    if lang == ANNEX_LANG:
        if isinstance(value, int) and not isinstance(value, bool) and named.type != "date":
            return amount(value, named.unit)
        return labelled(value, named)
    match value:
        case tuple():
            return listed((labelled_text(part, named, lang) for part in value), lang)
        case str():
            return named.labels.get(value, value)
        case int() if named.type == "date" and not isinstance(value, bool):
            return iso_text(value)
    return value_text(value, lang)
