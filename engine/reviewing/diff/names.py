"""An old version under the names of the new one: what was renamed and nothing else, so that its uses do not differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from engine.model.condition import AllOf, AnyOf, Comparison, Negation, renamed_condition
from engine.model.digest import canonical
from engine.model.policy import Fact, Model, ParameterUse, Policy, UseFact, renamed_source
from engine.model.scoring import Basis, Indicator, Item, renamed_form

Names = Mapping[str, str]
T = TypeVar("T")


class Renaming(Struct, frozen=True):
    """The old policy under new names, and for each model (and '' for documents and parameters) new names by old ones.

    `models` are the old names of models by new ones.
    """

    policy: Policy
    names: Mapping[str, Names]
    models: Names


def apply_renaming(old: Policy, new: Policy) -> Renaming:
    """Facts, documents and parameters whose content is found under another name, with all that refers to them."""
    documents = _pairs(old.documents, new.documents, _said)
    parameters = _pairs(old.parameters, new.parameters, _said)
    others = _pairs(old.models, new.models, _said) or _pairs(old.models, new.models, _called)
    models = {others.get(name, name): _with_id(model, others) for name, model in old.models.items()}
    names: dict[str, Names] = {"": documents | parameters}
    for key, model in models.items():
        if key in new.models:
            names[key] = _facts(model, new.models[key])
            models[key] = _under(model, names[key])
    policy = replace(
        old,
        documents={documents.get(name, name): document for name, document in old.documents.items()},
        parameters={parameters.get(name, name): _with_id(parameter, parameters) for name, parameter in old.parameters.items()},
        models=models,
    )
    return Renaming(_refer(policy, documents, parameters), names, {now: was for was, now in others.items()})


def _facts(old: Model, new: Model) -> Names:
    """What rests on renamed facts is found once these have their new names."""
    names: dict[str, str] = {}
    while True:
        facts = _under(old, names).facts
        pairs = _pairs(facts, new.facts, _said) or _pairs(facts, new.facts, _titled)
        if not pairs:
            return names
        names |= {next((o for o, n in names.items() if n == name), name): now for name, now in pairs.items()}


def _pairs(old: Mapping[str, T], new: Mapping[str, T], content: Callable[[T], object]) -> dict[str, str]:
    """Names that are gone by names that are new and say the same; where two do, by order."""
    gone = {name: content(element) for name, element in old.items() if name not in new}
    come = {name: content(element) for name, element in new.items() if name not in old}
    pairs: dict[str, str] = {}
    for name, mine in gone.items():
        match = next((other for other, what in come.items() if what == mine and other not in pairs.values()), None)
        if match is not None:
            pairs[name] = match
    return pairs


def _said(struct: Struct) -> object:
    return [canonical(getattr(struct, name)) for name in struct.__struct_fields__ if name != "id"]


def _titled(fact: Fact) -> object:
    """What a fact is, where more than its name is another."""
    return [fact.title, fact.type, type(fact.source).__name__]


def _called(model: Model) -> object:
    """What a model is called, where more than its name is another."""
    return [model.title, model.kind]


def _with_id(element: T, names: Names) -> T:
    return replace(element, id=names.get(element.id, element.id))  # type: ignore[attr-defined, type-var]


def _under(model: Model, names: Names) -> Model:
    """A model whose facts have other names."""
    if not names:
        return model
    facts = {names.get(name, name): _with_id(_fact(fact, names), names) for name, fact in model.facts.items()}
    uses = tuple(replace(use, path=_path(use.path, names)) for use in model.parameter_uses)
    weight = names.get(model.weight, model.weight) if isinstance(model.weight, str) else model.weight
    return replace(_fact(model, names), facts=facts, parameter_uses=uses, weight=weight)


def _path(path: tuple[str | int, ...], names: Names) -> tuple[str | int, ...]:
    """A path with facts under their new names: as an element, and within a condition or where several give points."""
    if path[:1] == ("facts",):
        return (*path[:1], *(names.get(str(step), step) for step in path[1:2]), *path[2:])
    inside = next((place for place, step in enumerate(path) if step in ("when", "only_when", "each")), len(path))
    return (*path[: inside + 1], *(names.get(step, step) if isinstance(step, str) else step for step in path[inside + 1 :]))


def _fact(value: T, names: Names) -> T:
    """The same with facts under their new names wherever they are named."""
    match value:
        case Comparison() | AllOf() | AnyOf() | Negation():
            return renamed_condition(value, names)  # type: ignore[return-value]
        case UseFact(name):
            return UseFact(names.get(name, name))  # type: ignore[return-value]
        case Fact():
            return replace(
                value, source=renamed_source(value.source, names), if_missing=_fact(value.if_missing, names)
            )  # fmt: skip
        case Indicator():
            return replace(value, form=renamed_form(value.form, names), only_when=_fact(value.only_when, names))
        case Item():
            return replace(value, form=renamed_form(value.form, names))
        case Struct():
            return replace(value, **{key: _fact(getattr(value, key), names) for key in value.__struct_fields__})
        case tuple():
            return tuple(_fact(part, names) for part in value)  # type: ignore[return-value]
        case _:
            return value


def _refer(value: T, documents: Names, parameters: Names) -> T:
    """The same with documents and parameters under their new names."""
    if not documents and not parameters:
        return value
    match value:
        case Basis(document):
            return replace(value, document=documents.get(document, document))
        case ParameterUse(parameter=parameter):
            return replace(value, parameter=parameters.get(parameter, parameter))
        case Struct():
            return replace(
                value, **{key: _refer(getattr(value, key), documents, parameters) for key in value.__struct_fields__}
            )
        case tuple():
            return tuple(_refer(part, documents, parameters) for part in value)  # type: ignore[return-value]
        case Mapping():
            return {key: _refer(part, documents, parameters) for key, part in value.items()}  # type: ignore[return-value]
        case _:
            return value
