"""What differs in the numbers that a policy names: a value is one change wherever it stands, a use is one at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import Change, Used
from engine.model.direction import combined_direction
from engine.model.policy import Model, ParameterUse, Policy
from engine.model.problem import Path
from engine.model.scoring import line_of
from engine.reviewing.diff.elements import model_changes
from engine.reviewing.diff.file_numbers import file_of_path, number_at, with_number
from engine.reviewing.diff.policy_pair import PolicyPair


class ParameterValues(Struct, frozen=True):
    """Both versions, of which the old one has the new values of the parameters that both use in the same places."""

    between: PolicyPair
    changes: tuple[Change, ...]


def parameter_values(between: PolicyPair) -> ParameterValues:
    """Each parameter of another value as a change, its direction what the value alone brings, one after the other."""
    changes = []
    old = between.old
    for name, parameter in between.new.parameters.items():
        before = between.old.parameters.get(name)
        if before is None or before.value == parameter.value:
            continue
        new = replace(old, models=dict(_with_value(old, between.new, name)))
        brought = list(_brought(old, new))
        models = {change.model for change in brought}
        change = between.change(
            "parameter", ("parameters", name), "changed", before.value, parameter.value,
            combined_direction(change.direction for change in brought),
            model=models.pop() if len(models) == 1 else None, title=parameter.title, basis=parameter.basis,
        )  # fmt: skip
        changes.append(change)
        old = new
    return ParameterValues(replace(between, old=old), tuple(changes))


def _brought(old: Policy, new: Policy) -> Iterator[Change]:
    """What another value alone changes."""
    between = PolicyPair(old, new, {}, {})
    for name, model in new.models.items():
        if model is not old.models[name]:
            yield from model_changes(between, old.models[name], model)


def _with_value(old: Policy, new: Policy, parameter: str) -> Iterator[tuple[str, Model]]:
    """The old models with a parameter's new value where both versions have it."""
    for name, model in old.models.items():
        if name in new.models:
            then, now = _by_place(model), _by_place(new.models[name])
            for place, use in now.items():
                if use.parameter == parameter and place in then and _same(then[place], use):
                    number = number_at(new.models[name], use.path)
                    if number is not None and number_at(model, use.path) is not None:
                        model = _as_written(with_number(model, use.path, number), model, new.models[name], use.path)
        yield name, model


def _as_written(changed: Model, old: Model, new: Model, path: Path) -> Model:
    """With the start of an indicator that does not follow its points, since the new version writes it out."""
    match file_of_path(path):
        case ("indicators", str(name), "points"):
            before, after = ({indicator.id: indicator for indicator in model.indicators()}.get(name) for model in (old, new))
            line, other = line_of(before.form) if before else None, line_of(after.form) if after else None
            if line is None or other is None or after is None or other.start == after.points:
                return changed
            return with_number(changed, (*path[:-1], "start"), line.start)
        case _:
            return changed


def uses(between: PolicyPair, old: Model, new: Model) -> Iterator[Change]:
    """A line for each place of both versions where a parameter stands for a number, a number for it, or another parameter."""
    then, now = _by_place(old), _by_place(new)
    for place in [*now, *(place for place in then if place not in now)]:
        before, after = then.get(place), now.get(place)
        path = (after or then[place]).path
        pair = _used(between.old, old, path, before), _used(between.new, new, path, after)
        if None not in pair and not (before and after and _same(before, after)):
            at = ("models", new.id, *path)
            yield between.change(
                "parameter_use", at, "changed", *pair, "neutral",
                model=new.id, title=_title(new, path), name=_name(path), basis=(),
            )  # fmt: skip


def _by_place(model: Model) -> Mapping[Path, ParameterUse]:
    return {file_of_path(use.path): use for use in model.parameter_uses}


def _same(first: ParameterUse, other: ParameterUse) -> bool:
    return (first.parameter, first.complement) == (other.parameter, other.complement)


def _used(policy: Policy, model: Model, path: Path, use: ParameterUse | None) -> Used | None:
    number = number_at(model, path)
    if number is None or use is None:
        return None if number is None else Used(number, None)
    return Used(number, policy.parameters[use.parameter], use.complement)


def _name(path: Path) -> str:
    """The element that a path leads into."""
    match path:
        case ("dimensions", _, "indicators", str(name), *_) | ("adjustments", "items", str(name), *_):
            return name
        case (_, str(name), *_):
            return name
        case _:
            return str(path[0])


def _title(model: Model, path: Path) -> str:
    kinds = {"facts": tuple(model.facts.values()), "dimensions": model.dimensions, "vetoes": model.vetoes}
    more = {"measures": model.measures, "alerts": model.alerts, "not_evaluated": model.not_evaluated}
    among: Iterable[Any] = {**kinds, **more}.get(str(path[0]), ())
    if "indicators" in path or "items" in path:
        among = (*model.indicators(), *model.items())
    return next((element.title for element in among if element.id == _name(path)), model.title)
