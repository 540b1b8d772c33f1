"""Which evaluator judges: by its name, and by how many there are."""

from __future__ import annotations

from engine.evaluating import single
from engine.evaluating.order import JudgeOf

MANY = 20_000
"""So many subjects are evaluated one by one and more as tables, over arrays; the results are the same."""


def engine_named(engine: str | None) -> JudgeOf:
    """The evaluator of conditions by its name."""
    if engine == "rules":
        from engine.evaluating import rules  # imports durable_rules

        return rules.judge
    return single.judge
