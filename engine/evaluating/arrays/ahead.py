"""The days that a forecast over arrays looks at, with what runs on each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating.arrays.columns_read import columns_read, together
from engine.evaluating.arrays.evaluate import Only, Plan, plan
from engine.model.batch import ColumnsRead
from engine.model.library import Library, Name
from engine.model.period import NEVER


class Ahead(Struct):
    """From the day `first` to the day `last`, of a library; `only` is what is asked for, as in a plan."""

    library: Library
    first: int
    last: int
    only: Only = None
    planned: dict[tuple[int, frozenset[Name] | None], Plan] = {}

    def versions(self, day: int) -> int:
        """The first day after a day on which other versions are in force."""
        changes = (self.library.next_change(policy.id, day) for policy in self.library.policies)
        return min((change for change in changes if change is not None), default=NEVER)

    def plan_on(self, day: int, names: Collection[Name] | None) -> Plan:
        """What runs on a day: some models with those that they read, or all that is asked for."""
        begun = max(start for start in self._starts() if start <= day)
        key = begun, None if names is None else frozenset(names)
        if key not in self.planned:
            self.planned[key] = plan(self.library, begun, self.only if names is None else names)
        return replace(self.planned[key], as_of=day)

    def read(self) -> ColumnsRead:
        """What the models of all versions read."""
        return together([columns_read(self.plan_on(day, None)) for day in self._starts()])

    def _starts(self) -> Iterator[int]:
        """The first day, and each of a change of versions."""
        day = self.first
        while day <= self.last:
            yield day
            day = self.versions(day)
