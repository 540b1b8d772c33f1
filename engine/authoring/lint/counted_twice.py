"""Two facts that are added up, look like tiers of one table, and count a record twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.authoring.fact_groups import FactGroup, bounds_of, fact_groups, fields_tested, record_text
from engine.authoring.lint.lint_context import LintContext
from engine.model.policy import Fact
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for group in fact_groups(linted.policy, model):
            for first, second in combinations(group.facts, 2) if group.added else ():
                at = _counted_by_both(group, first, second)
                if at is not None:
                    values = {"fact": first.id, "other": second.id, "record": record_text(group.examples.records[at], group)}
                    yield linted.warn("counted_twice", (*top, *group.path), True, **values)


def _counted_by_both(group: FactGroup, first: Fact, second: Fact) -> int | None:
    """A record that counts for both, where that can hardly be meant: each also counts what the other does not, by the same
    fields; or one is a part of the other, and a third begins where that ends.
    """
    mine, its = group.counted[first.id], group.counted[second.id]
    both = next((at for at, counts in enumerate(mine) if counts and its[at]), None)
    if both is None or fields_tested(first) != fields_tested(second):
        return None
    alone = [any(a and not b for a, b in zip(*pair, strict=True)) for pair in ((mine, its), (its, mine))]
    if all(alone):
        return both
    wider = first if alone[0] else second if alone[1] else None
    return both if wider is not None and _has_rest(group, wider, first if wider is second else second) else None


def _has_rest(group: FactGroup, wider: Fact, part: Fact) -> bool:
    """Whether there is a third fact, for what neither counts, that begins at a bound of the wider one."""
    for rest in group.facts:
        apart = not any(a and b for a, b in zip(group.counted[rest.id], group.counted[wider.id], strict=True))
        if rest not in (wider, part) and apart and fields_tested(rest) == fields_tested(wider) and bounds_of(part):
            if bounds_of(rest) & bounds_of(wider):
                return True
    return False
