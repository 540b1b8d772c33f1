"""A category of the catalogue without who collects it, or how what is recorded may be repaired."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.problem import Problem
from engine.reading.library import Read


def find(read: Read) -> Iterator[Problem]:
    for name, category in read.common.catalogue.categories.items():
        if category.derived:
            continue
        for key, there in (("collection", bool(category.collection)), ("repair", category.repair is not None)):
            if not there:
                path = ("categories", name)
                yield read.sources["catalogue"].problem("no_collection", path, True, "warning", category=name, key=key)
