"""Which models can give other results under another library, and which results of the old one must be there to tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.model.digest import canonical
from engine.model.library import Library, Name, dependencies, running_order
from engine.model.policy import Policy

Policies = Mapping[str, Policy]


def affected_models(
    old: Library, new: Library, as_of: int, worded: Collection[str] = (), also: Collection[Name] = ()
) -> list[Name]:
    """Models in force on the day that differ, or read one that does: in the new running order, then those that are gone.

    `worded` are policies of which words alone differ; `also` are models of them all the same, whose readers are not.
    """
    before, after = old.in_force(as_of), new.in_force(as_of)
    now = running_order(after)
    gone = [name for name in running_order(before) if name not in now]
    then = {name: reads_results_of(before, name) for name in running_order(before)}
    names: set[Name] = set(gone)
    for name in now:
        read = reads_results_of(after, name)
        same = name in then and (name[0] in worded or _say_same(before[name[0]], after[name[0]], name[1]))
        if not same or read != then[name] or read & names:
            names.add(name)
    return [name for name in now if name in names or name in also] + gone


def needed_results(old: Library, new: Library, as_of: int, names: Collection[Name]) -> set[Name]:
    """The models of the old library that run: those affected, what they read, and what the new ones read of the rest."""
    before, after = old.in_force(as_of), new.in_force(as_of)
    needed = set(names)
    for name in names:
        if name[0] in after and name[1] in after[name[0]].models:
            needed |= reads_results_of(after, name)
    for name in reversed(running_order(before)):
        if name in needed:
            needed |= reads_results_of(before, name)
    return needed & set(running_order(before))


def reads_results_of(policies: Policies, name: Name) -> set[Name]:
    """The models whose results a model reads itself."""
    model = policies[name[0]].models[name[1]]
    return {name for names in dependencies(policies, model).values() for name in names}


def _say_same(old: Policy, new: Policy, model: str) -> bool:
    """Whether all that a model's results come from is the same in both, but for what it reads."""
    parts = [(policy.scale, policy.models[model], policy.categories, policy.attributes) for policy in (old, new)]
    return old is new or parts[0] == parts[1] or canonical(parts[0]) == canonical(parts[1])  # the last takes longest
