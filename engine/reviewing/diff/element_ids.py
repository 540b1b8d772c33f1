"""Vetoes, measures, alerts and exclusions that have another id and nothing else: the old version of them under the new ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from msgspec.structs import replace

from engine.model.policy import Model, Policy
from engine.model.problem import Path
from engine.reviewing.diff.model_pair import same_but_id
from engine.reviewing.diff.names import apply_renaming

Part = Literal["not_evaluated", "vetoes", "measures", "alerts"]

PARTS: Final[tuple[Part, ...]] = ("not_evaluated", "vetoes", "measures", "alerts")

NewIds = Mapping[Part, Mapping[str, str]]
"""For each list of a model the new ids by the old ones."""


def renamed_elements(old: Sequence[Any], new: Sequence[Any]) -> dict[str, Any]:
    """The old elements that are gone under their ids, by the new ids under which they say the same; where two do, by order."""
    before, after = {element.id for element in old}, {element.id for element in new}
    gone = {element.id: element for element in old if element.id not in after}
    renamed: dict[str, Any] = {}
    for element in new:
        same = None
        if element.id not in before:
            same = next((candidate for candidate in gone.values() if same_but_id(candidate, element)), None)
        if same is not None:
            renamed[element.id] = gone.pop(same.id)
    return renamed


def under_new_ids(old: Policy, new: Policy) -> Policy:
    """The old version, whose results are the same but for the ids in them; itself where nothing has another id.

    It keeps its digest: it is the same version to all who ask which one it is.
    """
    then = apply_renaming(old, new).policy
    models = dict(old.models)
    for name, model in old.models.items():
        if name in then.models and name in new.models:
            ids = _new_ids(then.models[name], new.models[name])
            models[name] = _renamed(model, ids) if any(ids.values()) else model
    same = all(models[name] is model for name, model in old.models.items())
    return old if same else replace(old, models=models)


def _new_ids(old: Model, new: Model) -> NewIds:
    pairs = {part: renamed_elements(getattr(old, part), getattr(new, part)) for part in PARTS}
    return {part: {element.id: name for name, element in renamed.items()} for part, renamed in pairs.items()}


def _renamed(model: Model, ids: NewIds) -> Model:
    parts = {
        part: tuple(replace(element, id=names.get(element.id, element.id)) for element in getattr(model, part))
        for part, names in ids.items()
    }
    uses = tuple(replace(use, path=_path(use.path, ids)) for use in model.parameter_uses)
    return replace(model, parameter_uses=uses, **parts)


def _path(path: Path, ids: NewIds) -> Path:
    """A path within a model; an element that it leads into has its new id."""
    match path:
        case ("not_evaluated" | "vetoes" | "measures" | "alerts" as part, str(name), *rest):
            return (part, ids[part].get(name, name), *rest)
        case _:
            return path
