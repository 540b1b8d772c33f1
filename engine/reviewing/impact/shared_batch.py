"""Two libraries over one batch in arrays, a block at a time: what both find, and what both give, is computed once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import pyarrow as pa
from msgspec import Struct, field

from engine.evaluating.arrays.blocks import blocks
from engine.evaluating.arrays.evaluate import Plan, Result, evaluate, evaluations
from engine.evaluating.arrays.memory import Memory
from engine.evaluating.arrays.result_table import refused_models, result_table
from engine.evaluating.model_results import RunQueries
from engine.model.batch import Batch
from engine.model.library import Library, Name
from engine.model.scale import CENT

COMPARED = ("subject", "outcome", "level", "grade", "vetoes", "measures")
"""What is compared of a result, beside its score."""


class PlannedSide(Struct):
    """What one library gives: its plan, the models that may differ, and the rows that each block has of these and of models that
    do not run (`rest`).
    """

    library: Library
    plan: Plan
    differing: Collection[Name]
    models: dict[Name, list[pa.Table]] = field(default_factory=dict)
    rest: list[pa.Table] = field(default_factory=list)

    def take(self, results: Mapping[Name, Result], block: Batch) -> None:
        """Adds what a block has."""
        for name, result in results.items():
            if name in self.differing:
                self.models.setdefault(name, []).append(_rows(result, block, self.plan.as_of))
        table = refused_models(self.library, block, self.plan.as_of)
        rest = table.select([*COMPARED, "policy", "model"])
        self.rest.append(rest.append_column("score", pa.nulls(len(rest), pa.int64())))


def evaluate_both(sides: Sequence[PlannedSide], batch: Batch, each: RunQueries) -> None:
    """Evaluates the sides over a batch."""
    total = sum(_count(side, batch) for side in sides)
    for block in blocks(batch):
        each(sum(_count(side, block) for side in sides), total, partial(_evaluate, sides, block))


def _evaluate(sides: Sequence[PlannedSide], block: Batch) -> None:
    memory: Memory | None = None
    standing: dict[Name, Result] = {}
    for side in sides:
        memory = memory or Memory(block, side.plan.as_of)
        results = evaluate(side.plan, block, memory, standing)
        standing = {name: result for name, result in results.items() if name not in side.differing}
        side.take(results, block)


def _count(side: PlannedSide, batch: Batch) -> int:
    return evaluations(side.plan, batch.kinds, batch.models)


def _rows(result: Result, block: Batch, as_of: int) -> pa.Table:
    """What is compared of a model's results; scores as counts, as far as results tell them."""
    table = result_table(result, block, as_of, reasoning=False).select(COMPARED)
    score = (
        pa.nulls(len(table), pa.int64())
        if result.score is None
        else pa.array(result.score // CENT * CENT, pa.int64(), mask=~result.evaluated)
    )
    return table.append_column("score", score)
