"""Whether two catalogues take the same data: a record that one refuses refuses its whole subject, whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from engine.model.catalogue import Attribute, Catalogue, Category
from engine.model.policy import Policy
from engine.reviewing.diff.accepted import of_attribute, of_field, of_kinds

T = TypeVar("T")


def same_catalogues(old: Catalogue, new: Catalogue) -> bool:
    """Of whole catalogues."""
    same = old.categories.keys() == new.categories.keys() and old.attributes.keys() == new.attributes.keys()
    return same and _same(old.categories, new.categories, old.attributes, new.attributes)


def same_data(old: Policy, new: Policy) -> bool:
    """Of what both versions of a policy read."""
    return _same(old.categories, new.categories, old.attributes, new.attributes)


def _same(
    old: Mapping[str, Category], new: Mapping[str, Category],
    before: Mapping[str, Attribute], after: Mapping[str, Attribute],
) -> bool:  # fmt: skip
    """Of the categories and attributes that both have."""
    return all(_same_category(*pair) for pair in _of_both(old, new)) and all(
        of_attribute(*pair) == "text" for pair in _of_both(before, after)
    )


def _of_both(old: Mapping[str, T], new: Mapping[str, T]) -> list[tuple[T, T]]:
    return [(one, new[name]) for name, one in old.items() if name in new]


def _same_category(old: Category, new: Category) -> bool:
    """Also whether a record's absence says the same."""
    said = (old.derived, old.not_collected) == (new.derived, new.not_collected)
    fields = {of_field(old.fields.get(name), new.fields.get(name)) for name in {*old.fields, *new.fields}}
    return said and of_kinds(old.kinds, new.kinds) == "text" and fields <= {"text"}
