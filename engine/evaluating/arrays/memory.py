"""What sources found in a batch on a day, kept for whoever evaluates it again: after a change of points, thresholds or measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from engine.model.batch import ArrayColumn, Batch
from engine.model.catalogue import PREVIOUS, Category
from engine.model.policy import FromAttribute, FromRecords, Policy, Source

if TYPE_CHECKING:
    from engine.model.batch import Array


class Findings(Struct, frozen=True):
    """What a source gives some subjects, and the first day on which that changes by itself."""

    category: Category | None
    column: ArrayColumn
    change: Array


class SourceMemory(Struct):
    """What the sources of one model's subjects found, whatever facts have them; a model of the same subjects shares it."""

    who: Array
    findings: dict[Source, Findings] = field(default_factory=dict)

    def of(self, source: Source, policy: Policy) -> Findings | None:
        """What the same source found, of a category that says the same."""
        findings = self.findings.get(source)
        return findings if findings is not None and findings.category == category_of(source, policy) else None


class Memory(Struct):
    """What was found in a batch on a day. Sources are the same where they say the same; names of facts and models say nothing.

    What reads results of a run, and what is computed from other facts, is never kept.
    """

    batch: Batch
    as_of: int
    by_subjects: list[SourceMemory] = field(default_factory=list)

    def of_subjects(self, who: Array) -> SourceMemory:
        """That of these very subjects."""
        for memory in self.by_subjects:
            if np.array_equal(memory.who, who):
                return memory
        self.by_subjects.append(SourceMemory(who))
        return self.by_subjects[-1]


def is_lasting(source: Source, policy: Policy) -> bool:
    """Whether what a source finds rests on the subjects' own data alone."""
    match source:
        case FromAttribute():
            return True
        case FromRecords(category=category):
            return category != PREVIOUS and not policy.categories[category].derived
        case _:
            return False


def category_of(source: Source, policy: Policy) -> Category | None:
    """The category whose records a source counts."""
    return policy.categories[source.category] if isinstance(source, FromRecords) else None
