"""The titles that the files of a library give to what they name, for whoever wrote a title where an id belongs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Catalogue
from engine.model.names import Titled
from engine.model.policy import Policy
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


def policy_titles(policy: Policy) -> Iterator[Titled]:
    """A policy, its models, and what cases can expect of them."""
    yield policy.id, policy.title
    for model in policy.models.values():
        yield model.id, model.title
        yield from ((fact.id, fact.title) for fact in model.facts.values())
        yield from ((indicator.id, indicator.title) for indicator in model.indicators())
        yield from ((item.id, item.title) for item in model.items())
        yield from ((veto.id, veto.title) for veto in model.vetoes)
        yield from ((measure.id, measure.title) for measure in model.measures)
        yield from ((alert.id, alert.title) for alert in model.alerts)
        yield from ((exclusion.id, exclusion.title) for exclusion in model.not_evaluated)
