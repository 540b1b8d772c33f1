"""What a value refers to in its version, and conditions and values by the names that it has there."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import PolicyDiff
from engine.model.condition import Comparison, Condition, FactRef
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.rendering.annex.labels import Label, Names, fact_names, labelled, phrase
from engine.rendering.condition_text import comparison, condition_text, title_of, value_text
from engine.rendering.sentences import Sentences
from engine.rendering.terms import Lang

sentence = Sentences("changes").sentence


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
    if context.lang != "en":
        return phrase(value, model, names)
    return condition_text(value, model, "en", lambda test: _test(test, model, names))


def _test(test: Comparison, model: Model, names: Names) -> str:
    if test.name == "vetoed":
        return sentence("veto-holds-not" if test.operand is False else "veto-holds", "en")
    named = names.get(test.name) or Label(title_of(test.name, model, "en"), {})
    operand = test.operand
    required = (
        f"“{title_of(operand.name, model, 'en')}”" if isinstance(operand, FactRef) else labelled_text(operand, named, "en")
    )
    return f"{named.title} {comparison(test, required, 'en')}"


def labelled_text(value: object, named: Label, lang: Lang) -> str:
    """A value as people know it, in Chinese with its unit."""
    if lang != "en":
        return labelled(value, named) + (named.unit if type(value) is int and named.type != "date" else "")
    match value:
        case tuple():
            return sentence("join-names", lang).join(labelled_text(part, named, lang) for part in value)
        case str():
            return named.labels.get(value, value)
        case int() if named.type == "date" and not isinstance(value, bool):
            return iso_text(value)
    return value_text(value, lang)
