"""What differs in a category of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Category, Field
from engine.model.change import Change
from engine.model.problem import Path
from engine.reviewing.diff import catalogue_direction
from engine.reviewing.diff.policy_pair import PolicyPair


def labels_of(field: Field) -> str | None:
    """`minor 轻微，general 一般`; None without labels. Workbooks are filled, and read, by them."""
    return "，".join(f"{code} {label}" for code, label in field.labels.items()) or None


def category_changes(between: PolicyPair, old: Category, new: Category) -> Iterator[Change]:
    path: Path = ("categories", new.id)
    for part in ("title", "collection", "publicity", "repair"):
        yield from between.leaf("catalogue", (*path, part), getattr(old, part), getattr(new, part), "text", new.id)
    for part in ("direction", "publicity_terms", "fixed", "lasting"):
        yield from between.leaf("catalogue", (*path, part), getattr(old, part), getattr(new, part), "neutral", new.id)
    kinds = catalogue_direction.of_kinds(old.kinds, new.kinds)
    yield from between.leaf("catalogue", (*path, "kinds"), old.kinds, new.kinds, kinds, new.id)
    for name, was, now in between.keyed(old.fields, new.fields):
        yield from between.leaf("catalogue", (*path, "fields", name), was, now, catalogue_direction.of_field(was, now), new.id)
        if was is not None and now is not None:
            at = (*path, "fields", name, "one_of")
            yield from between.leaf(
                "catalogue", at, labels_of(was), labels_of(now), catalogue_direction.of_labels(was, now), new.id
            )
    yield from between.leaf("catalogue", (*path, "derived"), old.derived, new.derived, "mixed", new.id)
    yield from between.leaf("catalogue", (*path, "absent_means"), old.not_collected, new.not_collected, "mixed", new.id)
