"""The titles that the files of a library give to what they name, for whoever wrote a title where an id belongs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Catalogue
from engine.model.names import Titled
from engine.reading.document import Tree


def titles_in(tree: Tree) -> Iterator[Titled]:
    """Whatever a file names and gives a title (`penalties: {title: 行政处罚次数}`), or a label (`one_of: {minor: 轻微}`)."""
    match tree:
        case dict():
            for key, value in tree.items():
                title = (value.get("title") or value.get("document")) if isinstance(value, dict) else None
                if isinstance(title, str):
                    yield key, title
                if key == "one_of" and isinstance(value, dict):
                    yield from ((code, label) for code, label in value.items() if isinstance(label, str))
                yield from titles_in(value)
        case list():
            for value in tree:
                yield from titles_in(value)
        case _:
            pass


def catalogue_titles(catalogue: Catalogue) -> Iterator[Titled]:
    """Categories, fields, attributes, and the values that texts may have."""
    for category in catalogue.categories.values():
        yield category.id, category.title
        for key, field in category.fields.items():
            yield key, field.title
            yield from field.labels.items()
    for name, attribute in catalogue.attributes.items():
        yield name, attribute.field.title
        yield from attribute.field.labels.items()
