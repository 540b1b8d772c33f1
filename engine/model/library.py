"""A library of policies: which version is in force, and in what order models run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from msgspec import Struct

from engine.model.calendar import Calendar
from engine.model.catalogue import MEMBER, PREVIOUS, Catalogue
from engine.model.condition import AllOf, Comparison, Condition
from engine.model.period import NEVER
from engine.model.policy import FromRecords, Model, Policy
from engine.model.region import Region

Name = tuple[str, str]
"""A policy's id and a model's."""


class Library(Struct, frozen=True):
    """Sound policies, all versions, over one catalogue; no evaluation asks for working days and the names of regions."""

    policies: tuple[Policy, ...]
    catalogue: Catalogue
    calendar: Calendar = Calendar()
    regions: Mapping[str, Region] = {}
    added: tuple[tuple[str, str], ...] | None = None
    """What the catalogue has beyond the shipped one that it extends (`categories` or `attributes`, id); None where it stands alone."""

    def in_force(self, day: int) -> dict[str, Policy]:
        """The version in force of each policy that has one."""
        return {policy.id: policy for policy in self.policies if policy.in_force(day)}

    def versions(self, policy: str) -> tuple[Policy, ...]:
        """All versions of a policy, oldest first."""
        mine = (p for p in self.policies if p.id == policy)
        return tuple(sorted(mine, key=lambda p: p.effective_from))

    def ended(self, policy: str, day: int) -> Policy | None:
        """On a day on which the policy has no version in force, the last one before, if it has a note why nothing follows."""
        before = [p for p in self.versions(policy) if p.effective_from <= day]
        return before[-1] if before and not before[-1].in_force(day) and before[-1].effective_note else None

    def stays(self, policy: Policy) -> bool:
        """Whether no version follows and no end is noted; what is wrong with the others can be mended in the next one alone."""
        return self.versions(policy.id)[-1] is policy and policy.effective_note is None

    def next_change(self, policy: str, day: int) -> int | None:
        """The first day after `day` on which a version of the policy begins, or has ended; None where none comes."""
        changes = [p.effective_from for p in self.versions(policy)]
        changes += [p.effective_until + 1 for p in self.versions(policy) if p.effective_until is not None]
        return min((change for change in changes if day < change < NEVER), default=None)


def dependencies(policies: Mapping[str, Policy], model: Model) -> dict[str, list[Name]]:
    """For each fact over a derived category, the models whose results it reads, among the policies in force.

    A model of the same kind that feeds the category; for members any model that the fact's `where` names.
    """
    read: dict[str, list[Name]] = {}
    for name, fact in model.facts.items():
        source = fact.source
        if not isinstance(source, FromRecords) or source.category == PREVIOUS:
            continue
        member = source.category == MEMBER
        named = [
            (policy.id, other.id)
            for policy in policies.values()
            for other in policy.models.values()
            if (member or (other.feeds == source.category and other.kind == model.kind))  # first, for hardly any model does
            and named_at_top(source.where, "policy", policy.id)
            and named_at_top(source.where, "model", other.id)
        ]
        if named:
            read[name] = named
    return read


def named_at_top(where: Condition | None, field: str, value: str) -> bool:
    """Whether the tests of `field` at the top of a `where` allow the value; true where there are none."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    for part in parts:
        if isinstance(part, Comparison) and part.name == field:
            if part.operator == "is" and part.operand != value:
                return False
            if part.operator == "one_of" and isinstance(part.operand, tuple) and value not in part.operand:
                return False
    return True


def running_order(policies: Mapping[str, Policy]) -> tuple[Name, ...]:
    """All models in an order in which each comes after those whose results it reads; CycleError in a circle."""
    return sorted_models(
        {
            (policy.id, model.id): [name for names in dependencies(policies, model).values() for name in names]
            for policy in policies.values()
            for model in policy.models.values()
        }
    )


def sorted_models(read: Mapping[Name, Iterable[Name]]) -> tuple[Name, ...]:
    """Models in an order in which each comes after those that it reads; CycleError in a circle."""
    sorter: TopologicalSorter[Name] = TopologicalSorter()
    for model, names in read.items():
        sorter.add(model, *sorted(set(names)))
    return tuple(sorter.static_order())


def fact_order(model: Model) -> tuple[str, ...]:
    """A model's facts in an order in which each comes after those that it needs: the file's own where it is one.

    CycleError in a circle.
    """
    seen: set[str] = set()
    for name, fact in model.facts.items():
        if not seen.issuperset(fact.needs()):
            break
        seen.add(name)
    else:
        return tuple(model.facts)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, fact in model.facts.items():
        sorter.add(name, *fact.needs())
    return tuple(sorter.static_order())
