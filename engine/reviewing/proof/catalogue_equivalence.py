"""Whether two catalogues take the same data of what a model reads."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Category
from engine.model.policy import LAST_LEVEL, Model, Policy, attribute_read, category_read
from engine.reviewing.diff.catalogue_direction import of_attribute, of_field, of_kinds


def accept_same_data(old: Policy, new: Policy, *models: Model) -> bool:
    """Of the categories and attributes that both policies have and these models of them read."""
    read = {name for model in models for name in _read(model)}
    categories = [
        (category, new.categories[name]) for name, category in old.categories.items() if name in read & new.categories.keys()
    ]
    attributes = [
        (attribute, new.attributes[name]) for name, attribute in old.attributes.items() if name in read & new.attributes.keys()
    ]
    return all(_same_category(*pair) for pair in categories) and all(of_attribute(*pair) == "text" for pair in attributes)


def _read(model: Model) -> Iterator[str]:
    """The categories and attributes that a model's facts come from."""
    for fact in model.facts.values():
        for name in (category_read(fact.source), attribute_read(fact.source)):
            if name is not None:
                yield name
    if model.reads_last_level:
        yield LAST_LEVEL.category


def _same_category(old: Category, new: Category) -> bool:
    """Also whether a record's absence says the same."""
    alike = (old.derived, old.not_collected) == (new.derived, new.not_collected)
    fields = {of_field(old.fields.get(name), new.fields.get(name)) for name in {*old.fields, *new.fields}}
    return alike and of_kinds(old.kinds, new.kinds) == "text" and fields <= {"text"}
