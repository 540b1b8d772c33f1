"""What a lint looks at: one policy, its file, and the library around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from engine.model.fact_range import Range, fact_ranges
from engine.model.policy import FromRecords, Model, Policy
from engine.model.problem import Path, Problem
from engine.reading.document import SourceFile
from engine.reading.library import Read


class LintContext(Struct, frozen=True, dict=True):
    policy: Policy
    source: SourceFile
    read: Read

    @cached_property
    def ranges(self) -> Mapping[str, Mapping[str, Range]]:
        """By model and fact, the numbers that it can have."""
        return {name: fact_ranges(self.policy, model) for name, model in self.policy.models.items()}

    def models(self) -> Iterator[tuple[Model, Path]]:
        for name, model in self.policy.models.items():
            yield model, ("models", name)

    def tallies(self) -> Iterator[tuple[Path, FromRecords]]:
        """Each source that gives records values, and where its branches stand."""
        for model, top in self.models():
            for name, fact in model.facts.items():
                if isinstance(fact.source, FromRecords) and fact.source.tally is not None:
                    yield (*top, "facts", name, "first_of"), fact.source

    def warn(self, code: str, path: Path, at_key: bool = False, **values: Any) -> Problem:
        return self.source.problem(code, path, at_key, severity="warning", **values)
