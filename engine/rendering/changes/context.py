"""What a value refers to in either version, and conditions and values by the names that it has there."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import PolicyDiff
from engine.model.condition import Comparison, Condition, FactRef
from engine.model.period import iso_text
from engine.model.policy import Model, Policy
from engine.rendering.annex.labels import Label, Names, fact_names, labelled, phrase
from engine.rendering.condition_text import comparison, condition_text, title_of, value_text
from engine.rendering.terms import Lang


class Context(Struct, frozen=True):
    """What a value refers to: everything that either version of a policy, and of a model, knows."""

    policy: Policy
    model: Model | None
    names: Names
    lang: Lang


def context(changed: PolicyDiff, model: str | None, lang: Lang) -> Context:
    """Both versions together, the new one's word where both say something."""
    policy = changed.policy
    old, new = (one.models.get(model or "") if one else None for one in (changed.old, changed.new))
    if changed.old and changed.new:
        keys = ("documents", "parameters", "categories", "attributes", "library_items")
        policy = replace(policy, **{key: {**getattr(changed.old, key), **getattr(changed.new, key)} for key in keys})
    both = new or old
    if old and new:
        both = replace(new, facts={**old.facts, **new.facts})
    return Context(policy, both, fact_names(policy, both) if both else {}, lang)


def condition(value: Condition, told: Context, names: Names) -> str:
    """A condition as a phrase."""
    model = told.model
    assert model is not None
    if told.lang != "en":
        return phrase(value, model, names)
    return condition_text(value, model, "en", lambda test: _test(test, model, names))


def _test(test: Comparison, model: Model, names: Names) -> str:
    if test.name == "vetoed":
        return "no veto holds" if test.operand is False else "a veto holds"
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
            return ", ".join(labelled_text(one, named, lang) for one in value)
        case str():
            return named.labels.get(value, value)
        case int() if named.type == "date" and not isinstance(value, bool):
            return iso_text(value)
    return value_text(value, lang)
