"""The old version of a policy with some of its elements as the new version has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError
from typing import Any, TypeVar

from msgspec.structs import replace

from engine.model.change import PolicyDiff
from engine.model.library import fact_order
from engine.model.policy import Model, Policy
from engine.model.problem import Path
from engine.model.scoring import Adjustments, Dimension
from engine.reviewing.diff.names import apply_renaming
from engine.reviewing.impact.change_groups import WHOLE, ChangeGroup

T = TypeVar("T")


class SeparateChanges(Exception):
    """A model that does not hold together: a circle of facts, no dimension left, no points to share."""


def with_single_change(changed: PolicyDiff, group: ChangeGroup) -> Policy | None:
    """The old policy with a group's elements from the new one; None where that is that it is gone.

    An element brings the facts that it reads and the old version has not; a fact that the old version reads does not go. A
    model that would not hold together is taken from the new version as a whole.
    """
    old, new = changed.old, changed.new
    if old is None or new is None or WHOLE in group.elements:
        return new
    changed_policy = _made(old, new, group)
    models = {name: _or_new(model, old.models.get(name), new.models.get(name)) for name, model in changed_policy.models.items()}
    return replace(changed_policy, models=models)


def with_stacked_changes(changed: PolicyDiff, group: ChangeGroup) -> Policy | None:
    """The same, or Apart where a model would not hold together."""
    old, new = changed.old, changed.new
    if old is None or new is None or WHOLE in group.elements:
        return new
    changed_policy = _made(old, new, group)
    for name, model in changed_policy.models.items():
        if not _holds(model, new.models.get(name)):
            raise SeparateChanges
    return changed_policy


def _made(old: Policy, new: Policy, group: ChangeGroup) -> Policy:
    """The old policy with the elements, and the facts that they read."""
    then = apply_renaming(old, new).policy
    changed_policy = replace(
        then,
        parameters={**new.parameters, **then.parameters},
        categories={**new.categories, **then.categories},
        attributes={**new.attributes, **then.attributes},
    )
    for element in group.elements:
        changed_policy = _with(changed_policy, new, element)
    models = {
        name: _with_facts(model, then.models.get(name), new.models.get(name)) for name, model in changed_policy.models.items()
    }
    return replace(changed_policy, models=models)


def _with(policy: Policy, new: Policy, element: Path) -> Policy:
    match element:
        case ("scale",):
            return replace(policy, scale=new.scale)
        case ("categories", str(name)) if name in new.categories:
            return replace(policy, categories={**policy.categories, name: new.categories[name]})
        case ("models", str(name)):
            return replace(policy, models=_keyed(policy.models, new.models, name))
        case ("models", str(name), *path) if name in policy.models and name in new.models:
            model = _part(policy.models[name], new.models[name], path)
            return replace(policy, models={**policy.models, name: model})
    return policy


def _part(model: Model, new: Model, path: list[Any]) -> Model:
    """A model with one part of another version of it."""
    match path:
        case ["facts", name]:
            facts = _keyed(model.facts, new.facts, name)
            return (
                replace(model, facts=facts)
                if name in new.facts or name not in set(replace(model, facts=facts).names_read())
                else model
            )
        case ["vetoes" | "measures" | "alerts" | "not_evaluated" as part, name]:
            return replace(model, **{part: _listed(getattr(model, part), getattr(new, part), name)})
        case ["dimensions", name, "indicators"]:
            return replace(model, dimensions=_listed(_without(model.dimensions, name, new), new.dimensions, name))
        case ["dimensions", name, "indicators", indicator]:
            return replace(model, dimensions=tuple(_indicator(model, new, name, indicator)))
        case ["dimensions", name]:
            other = {dimension.id: dimension for dimension in new.dimensions}[name]
            with_it = [
                replace(other, indicators=dimension.indicators) if dimension.id == name else dimension
                for dimension in model.dimensions
            ]
            return replace(model, dimensions=tuple(with_it))
        case ["adjustments", "items", name]:
            old = model.adjustments or _no_items(new)
            assert old is not None
            items = _listed(old.items, new.items(), name)
            return replace(model, adjustments=replace(old, items=items))
        case ["adjustments"]:
            bounds = _no_items(new)
            return replace(model, adjustments=replace(bounds, items=model.items()) if bounds else model.adjustments)
        case ["applies"]:
            return replace(model, always=new.always)
        case ["feeds" | "weight" | "base" | "decisions" as part]:
            return replace(model, **{part: getattr(new, part)})
        case _:
            return model


def _keyed(old: Mapping[str, T], new: Mapping[str, T], name: str) -> dict[str, T]:
    """One entry as the new map has it, or without it where that has none."""
    rest = {key: element for key, element in old.items() if key != name or name in new}
    return {**rest, name: new[name]} if name in new else rest


def _listed(old: Iterable[Any], new: Iterable[Any], name: str) -> tuple[Any, ...]:
    """The same of elements that have ids, each in its place."""
    return tuple(_keyed({element.id: element for element in old}, {element.id: element for element in new}, name).values())


def _without(dimensions: Iterable[Dimension], name: str, new: Model) -> tuple[Dimension, ...]:
    """The dimensions without indicators that stand in the new version of the named one."""
    taken = {indicator.id for dimension in new.dimensions if dimension.id == name for indicator in dimension.indicators}
    return tuple(
        dimension
        if dimension.id == name
        else replace(dimension, indicators=tuple(i for i in dimension.indicators if i.id not in taken))
        for dimension in dimensions
    )


def _indicator(model: Model, new: Model, home: str, name: str) -> Iterator[Dimension]:
    """The dimensions with one indicator in its new home, or in none."""
    other = next(
        (i for dimension in new.dimensions if dimension.id == home for i in dimension.indicators if i.id == name), None
    )
    for dimension in model.dimensions:
        if dimension.id == home and other is not None:
            yield replace(dimension, indicators=_listed(dimension.indicators, (other,), name))
        else:
            yield replace(dimension, indicators=tuple(indicator for indicator in dimension.indicators if indicator.id != name))


def _no_items(model: Model) -> Adjustments | None:
    return None if model.adjustments is None else replace(model.adjustments, items=())


def _with_facts(model: Model, old: Model | None, new: Model | None) -> Model:
    """A model with the facts that it needs."""
    if old is None or new is None or model == old:
        return model
    facts = dict(model.facts)
    while missing := [name for name in replace(model, facts=facts).names_read() if name not in facts and name in new.facts]:
        facts |= {name: new.facts[name] for name in missing}
    return replace(model, facts=facts)


def _or_new(model: Model, old: Model | None, new: Model | None) -> Model:
    """A model, or the new one where it does not hold together."""
    return model if old is None or new is None or _holds(model, new) else new


def _holds(model: Model, new: Model | None) -> bool:
    """Whether a model can be evaluated, and gives what the new one gives; one that is not in both is as it is."""
    if new is None:
        return True
    try:
        fact_order(model)
    except CycleError:
        return False
    shared = all(dimension.indicators and dimension.points for dimension in model.dimensions)
    return shared and (model.scores, model.grades) == (new.scores, new.grades)
