"""Where the parts of a policy stand in its file, for auditors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path as File

from engine.model.policy import Model, Policy
from engine.model.problem import Path, Place
from engine.reading.files import find_files
from engine.reading.library import read_library


def rule_places(folders: Sequence[File]) -> Callable[[Policy], Mapping[Path, Place]]:
    """What gives the places in a version of a policy of these folders, whose files are read again when it is asked first."""

    def places(policy: Policy) -> Mapping[Path, Place]:
        read = read_library(find_files(folders))
        versions = zip(read.library.policies, read.pages, strict=True)
        source = next(page.source for version, page in versions if version.digest == policy.digest and version.id == policy.id)
        paths = (path for model in policy.models.values() for path in _paths(model))
        return {path: source.place(path, at_key=True) for path in paths}

    return places


def _paths(model: Model) -> Iterator[Path]:
    """Those of all facts, indicators, items, vetoes and measures."""
    top = ("models", model.id)
    yield from ((*top, "facts", name) for name in model.facts)
    yield from ((*top, *path) for path, _ in model.scored())
    yield from ((*top, "vetoes", veto.id) for veto in model.vetoes)
    yield from ((*top, "measures", measure.id) for measure in model.measures)
