"""Changes that go together: all of one element, and with a parameter all elements in which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from engine.model.change import Change, PolicyDiff
from engine.model.policy import Model, Policy
from engine.model.problem import Path
from engine.model.scoring import Dimension
from engine.reviewing.diff.names import apply_renaming

WHOLE: Path = ()
"""The policy itself, where no part of it can be changed alone."""

WORDS = ("text", "neutral")
"""Directions of what no result rests on."""


class ChangeGroup(Struct, frozen=True):
    """Changes, and the elements that they change together: paths of the model, not of the file."""

    changes: tuple[Change, ...]
    elements: tuple[Path, ...]


def change_groups(changed: PolicyDiff) -> list[ChangeGroup]:
    """The groups that can bear on results, in the order of their first changes.

    One element is a fact, an indicator, an item, a veto, a measure and so on. All changes of a model go together where a
    fact is of another type, or what the model gives is; all of a policy where its scale has other names or full points.
    """
    groups: list[ChangeGroup] = []
    for change in changed.changes:
        if change.direction == "text":
            continue
        group = ChangeGroup((change,), tuple(dict.fromkeys(_elements(changed, change))))
        others = [earlier for earlier in groups if set(earlier.elements) & set(group.elements)]
        place = groups.index(others[0]) if others else len(groups)
        groups = [earlier for earlier in groups if earlier not in others]
        groups.insert(place, in_one_group([*others, group]))
    return [group for group in groups if any(change.direction not in WORDS for change in group.changes)]


def in_one_group(some: Sequence[ChangeGroup]) -> ChangeGroup:
    """Groups as one."""
    changes = tuple(change for group in some for change in group.changes)
    return ChangeGroup(changes, tuple(dict.fromkeys(element for group in some for element in group.elements)))


def _elements(changed: PolicyDiff, change: Change) -> Iterator[Path]:
    old, new = changed.old, changed.new
    if old is None or new is None or _is_other_scale(old, new):
        yield WHOLE
        return
    if change.new_path[:1] == ("parameters",) and len(change.new_path) > 1:
        then = apply_renaming(old, new).policy
        for policy in (then, new):
            for model in policy.models.values():
                for use in model.parameter_uses:
                    if use.parameter == change.new_path[1]:
                        yield _element(then, new, ("models", model.id, *use.path))
        return
    yield _element(apply_renaming(old, new).policy, new, change.new_path)


def _element(old: Policy, new: Policy, path: Path) -> Path:
    """The element that a path leads into."""
    match path:
        case ("models", str(name), *_) if _is_other_kind(old.models.get(name), new.models.get(name)):
            return path[:2]
        case ("models", str(name), "dimensions", str(part), *rest):
            pair = [_dimension(policy.models[name], part) for policy in (old, new)]
            if _goes_whole(*pair):
                return (*path[:4], "indicators")
            return path[:6] if rest[:1] == ["indicators"] else path[:4]
        case ("models", _, "adjustments", "items", _, *_):
            return path[:5]
        case ("models", _, "facts" | "vetoes" | "measures" | "alerts" | "not_evaluated", _, *_):
            return path[:4]
        case ("categories", *_):
            return path[:2]
        case ("models", *_):
            return path[:3]
        case _:
            return path[:1]


def _is_other_scale(old: Policy, new: Policy) -> bool:
    scale, other = old.scale, new.scale
    return (scale.full, scale.names, scale.grades) != (other.full, other.names, other.grades)


def _is_other_kind(old: Model | None, new: Model | None) -> bool:
    """Whether what stands in one version of a model means nothing in the other."""
    if old is None or new is None or (old.kind, old.scores, old.grades) != (new.kind, new.scores, new.grades):
        return True
    return any(fact.type != new.facts[name].type for name, fact in old.facts.items() if name in new.facts)


def _dimension(model: Model, name: str) -> Dimension | None:
    return next((dimension for dimension in model.dimensions if dimension.id == name), None)


def _goes_whole(old: Dimension | None, new: Dimension | None) -> bool:
    """Whether a dimension's indicators count only together: it comes or goes, or they share what it counts for anew."""
    if old is None or new is None:
        return True
    plain = all(
        dimension.counts_for is None and all(i.only_when is None for i in dimension.indicators) for dimension in (old, new)
    )
    return not plain and _shares(old.indicators) != _shares(new.indicators)


def _shares(indicators: Iterable[object]) -> dict[str, int]:
    return {indicator.id: indicator.points for indicator in indicators}  # type: ignore[attr-defined]
