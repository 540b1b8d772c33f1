"""What the catalogue takes of a field, a category or an attribute, more or less than before: what it refuses has no result."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.model.catalogue import Attribute, Field
from engine.model.change import together
from engine.model.policy import FromAttribute, FromRecords, Model, Policy


def same_data(old: Policy, new: Policy, *models: Model) -> bool:
    """Whether the same data are taken of what both policies read, or of what these models of them read."""
    read = {name for model in models for name in _read(model)} if models else {*old.categories, *old.attributes}
    found = []
    for name, attribute in old.attributes.items():
        if name in read and name in new.attributes:
            found.append(of_attribute(attribute, new.attributes[name]))
    for name, one in old.categories.items():
        if name in read and name in new.categories:
            other = new.categories[name]
            found.append(of_kinds(one.kinds, other.kinds))
            found += [of_field(one.fields.get(key), other.fields.get(key)) for key in {*one.fields, *other.fields}]
    return set(found) <= {"text"}


def _read(model: Model) -> Iterator[str]:
    """The categories and attributes that a model's facts come from."""
    for fact in model.facts.values():
        match fact.source:
            case FromRecords(category=name) | FromAttribute(name=name):
                yield name


def of_field(old: Field | None, new: Field | None) -> str:
    """The direction of a field that came, went, or takes other values."""
    if old is None or new is None:
        free = (new or old).optional  # type: ignore[union-attr]
        return "mixed" if not free else "looser" if old is None else "stricter"
    if old.type != new.type:
        return "mixed"
    found = [
        _values(old.one_of, new.one_of),
        _bound(old.at_least, new.at_least, -1),
        _bound(old.at_most, new.at_most, 1),
        "text" if old.optional == new.optional else "looser" if new.optional else "stricter",
    ]
    return together(found)


def of_attribute(old: Attribute, new: Attribute) -> str:
    """The direction of an attribute that takes other values, or is of other kinds of subjects."""
    return together((of_field(old.field, new.field), of_kinds(old.kinds, new.kinds)))


def of_kinds(old: Collection[str], new: Collection[str]) -> str:
    if set(old) == set(new):
        return "text"
    return "looser" if set(old) < set(new) else "stricter" if set(new) < set(old) else "mixed"


def _values(old: Collection[str], new: Collection[str]) -> str:
    """Without a list any value goes."""
    if set(old) == set(new):
        return "text"
    if not old or not new:
        return "stricter" if new else "looser"
    return of_kinds(old, new)


def _bound(old: int | None, new: int | None, sign: int) -> str:
    """Of an upper bound (1) or a lower one (-1), which there need not be."""
    if old == new:
        return "text"
    if old is None or new is None:
        return "stricter" if old is None else "looser"
    return "looser" if sign * new > sign * old else "stricter"
