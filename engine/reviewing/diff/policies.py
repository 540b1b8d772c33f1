"""What changed in meaning between two libraries, keyed on ids: comments, order and spelling do not count.

Equal digests give no change but of the record, and no change gives equal digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from engine.model.catalogue import Category
from engine.model.change import Change, Changed, together
from engine.model.digest import canonical
from engine.model.policy import Policy
from engine.model.problem import Path
from engine.reviewing.diff import accepted
from engine.reviewing.diff.between import Between
from engine.reviewing.diff.elements import model_changes
from engine.reviewing.diff.names import renamed
from engine.reviewing.diff.record import with_record
from engine.reviewing.diff.versions import Pair, all_compared, over_time, pairs


def changed(old: Iterable[Policy], new: Iterable[Policy]) -> list[Changed]:
    """Each version that differs, in the new order and then those that are gone."""
    before, after = list(old), list(new)
    both = list(pairs(before, after))
    found = [with_record(_over_time(compare(*pair), before, after, both), after) for pair in both]
    return [one for one in found if one.changes]


def _over_time(found: Changed, old: Iterable[Policy], new: Iterable[Policy], both: Sequence[Pair]) -> Changed:
    """That a version is in force on other days brings nothing where others are in force on these, and are compared."""
    name = found.policy.id
    sides = [one for one in old if one.id == name], [one for one in new if one.id == name]
    if over_time(*sides) != "neutral":
        return found
    direction = "neutral" if all_compared(*sides, both) else "mixed"
    changes = (replace(one, direction=direction) if one.what == "effective" else one for one in found.changes)
    return replace(found, changes=tuple(changes))


def compare(old: Policy | None, new: Policy | None) -> Changed:
    """What differs between two versions of a policy, one of which may be missing."""
    if old is None or new is None:
        policy = new or old
        assert policy is not None
        how = "added" if old is None else "removed"
        change = Change("policy", how, policy.id, None, policy.id, policy.title, old, new, (), (), "mixed")
        return Changed(old, new, (change,))
    if old.digest == new.digest:
        return Changed(old, new, ())
    then = renamed(old, new)
    between = Between(then.policy, new, then.names, then.models)
    changes = [*_heads(between), *_models(between)]
    changes = _with_parameters(between, changes)
    if not changes:  # whatever else the digest is over
        changes = [between.change("policy", (), "changed", then.policy, new, "mixed", title=new.title)]
    return Changed(old, new, tuple(changes))


# The head of a policy


def _heads(between: Between) -> Iterator[Change]:
    old, new = between.old, between.new
    if old.id != new.id:
        yield between.change("policy", ("policy",), "renamed", old.id, new.id, "mixed", title=new.title)
    for name in ("title", "version", "status", "authority"):
        yield from between.leaf(name, (name,), getattr(old, name), getattr(new, name), "text")
    for name, one in (("effective_from", "from"), ("effective_until", "until")):
        direction = over_time([old], [replace(old, **{name: getattr(new, name)})])
        yield from between.leaf("effective", ("effective", one), getattr(old, name), getattr(new, name), direction)
    yield from _scale(between)
    for name, cited, now_cited in between.keyed(old.documents, new.documents):
        title = next(one.document for one in (now_cited, cited) if one)
        yield from between.element("document", ("basis", name), cited, now_cited, "text", title=title)
    for was, now in between.names.get("", {}).items():
        path = "basis" if now in new.documents else "parameters"
        yield between.change(path, (path, now), "renamed", was, now, "text", title=now, old_path=(path, was))
    for name, before, after in between.keyed(old.parameters, new.parameters):
        if before is None or after is None:
            yield from between.element("parameter", ("parameters", name), before, after, "neutral", name=name)
            continue
        yield from between.texts(("parameters", name), before, after, ("title", "basis", "trial", "note", "pending"))
    for _, category, other in between.keyed(old.categories, new.categories):
        if category is None or other is None:
            continue  # a fact that reads it has changed, and says so
        yield from _category(between, category, other)
    for name, attribute, same in between.keyed(old.attributes, new.attributes):
        if attribute and same:
            direction = accepted.of_attribute(attribute, same)
            yield from between.leaf("catalogue", ("attributes", name), attribute, same, direction, name)
    for name, item, same_item in between.keyed(old.library_items, new.library_items):
        if item and same_item:
            yield from between.leaf("library_item", ("items", name), item, same_item, "text", name)


def _category(between: Between, old: Category, new: Category) -> Iterator[Change]:
    path: Path = ("categories", new.id)
    for part in ("title", "collection", "publicity", "repair"):
        yield from between.leaf("catalogue", (*path, part), getattr(old, part), getattr(new, part), "text", new.id)
    kinds = accepted.of_kinds(old.kinds, new.kinds)
    yield from between.leaf("catalogue", (*path, "kinds"), old.kinds, new.kinds, kinds, new.id)
    for name, was, now in between.keyed(old.fields, new.fields):
        yield from between.leaf("catalogue", (*path, "fields", name), was, now, accepted.of_field(was, now), new.id)
    yield from between.leaf("catalogue", (*path, "derived"), old.derived, new.derived, "mixed", new.id)
    yield from between.leaf("catalogue", (*path, "absent_means"), old.not_collected, new.not_collected, "mixed", new.id)


def _scale(between: Between) -> Iterator[Change]:
    old, new = between.old.scale, between.new.scale
    yield from between.leaf("scale", ("scale",), old.id, new.id, "text")
    if old.full != new.full or old.names != new.names:
        yield from between.leaf("scale", ("scale",), old, new, "mixed")
        return
    for before, after in zip(old.levels, new.levels, strict=True):
        yield from between.leaf("scale", ("scale", "grade"), before.grade, after.grade, "mixed", after.name)
        direction = "looser" if (after.at_least or 0) < (before.at_least or 0) else "stricter"
        yield from between.leaf("scale", ("scale",), before.at_least, after.at_least, direction, after.name)


# Models


def _models(between: Between) -> Iterator[Change]:
    for name, before, after in between.keyed(between.old.models, between.new.models):
        if before is None or after is None:
            yield from between.element("model", ("models", name), before, after, "mixed", model=name)
            continue
        if name in between.models:  # subjects that name it by the old name are rejected
            was, path = between.models[name], ("models", name)
            old_path = ("models", was)
            yield between.change("model", path, "renamed", was, name, "mixed", title=after.title, model=name, old_path=old_path)
        changes = list(model_changes(between, before, after))
        uses = canonical(before.parameter_uses) != canonical(after.parameter_uses)
        if uses and not any(change.direction != "text" for change in changes):
            pair = before.parameter_uses, after.parameter_uses
            changes.append(
                between.change("parameter_use", ("models", name), "changed", *pair, "neutral", model=name, title=after.title)
            )
        yield from changes


def _with_parameters(between: Between, changes: Sequence[Change]) -> list[Change]:
    """A parameter that has another value is one change, wherever in the models it stands."""
    old, new = between.old.parameters, between.new.parameters
    values = {name: (old[name].value, new[name].value) for name in new if name in old and old[name].value != new[name].value}
    follows: dict[str, list[Change]] = {name: [] for name in values}
    rest: list[Change] = []
    for change in changes:
        name = _due_to(between, change, values)
        (follows[name] if name else rest).append(change)
    found = []
    for name, (before, after) in values.items():
        path = ("parameters", name)
        directions = [one.direction for one in follows[name]]
        models = {one.model for one in follows[name]}
        model = models.pop() if len(models) == 1 else None
        found.append(
            between.change(
                "parameter",
                path,
                "changed",
                before,
                after,
                together(directions),
                model=model,
                title=new[name].title,
                basis=new[name].basis,
            )
        )
    return found + rest


def _due_to(between: Between, change: Change, values: dict[str, tuple[int, int]]) -> str | None:
    """The parameter whose value makes all of a change's difference."""
    if change.model is None or change.how != "changed":
        return None
    inside = change.new_path[2:]
    for use in between.new.models[change.model].parameter_uses:
        if use.parameter not in values or not (_within(use.path, inside) or _within(inside, use.path)):
            continue
        old, new = values[use.parameter]
        if use.complement is not None:
            old, new = use.complement - old, use.complement - new
        if _without(canonical(change.old), old) == _without(canonical(change.new), new):
            return use.parameter
    return None


def _within(path: Path, other: Path) -> bool:
    return path[: len(other)] == other


def _without(said: object, number: int) -> object:
    """What is said, with a mark in place of a number."""
    if isinstance(said, list):
        return [_without(one, number) for one in said]
    if isinstance(said, dict):
        return {key: _without(one, number) for key, one in said.items()}
    return "\0" if said == number and not isinstance(said, bool) else said
