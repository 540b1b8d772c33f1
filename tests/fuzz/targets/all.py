"""What can be fuzzed, each with its share of the inputs and of the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from tests.fuzz.bench import Bench
from tests.fuzz.targets import arguments, cases, common, damaged, documents, policies, tables


class Target(NamedTuple):
    """`attempt` makes an input by the dice, and tries it; of 1,000 inputs it has `inputs`, of the time `time` parts."""

    attempt: Callable[[Random, Bench], None]
    inputs: float
    time: float


TARGETS: Mapping[str, Target] = {
    "documents": Target(documents.attempt, 650, 3),
    "policies": Target(policies.attempt, 120, 3),
    "common": Target(common.attempt, 80, 2),
    "cases": Target(cases.attempt, 110, 2),
    **{name: Target(tables.attempt(name), 0.5, 2) for name in ("csv", "parquet", "duckdb", "sqlite", "workbook")},
    "damaged": Target(damaged.attempt, 5, 2),
    "arguments": Target(arguments.attempt, 22, 3),
}
