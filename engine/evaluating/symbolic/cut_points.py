"""Which numbers of its facts a model can tell apart, so that the solver is asked about those alone."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.symbolic.records import edges
from engine.model.condition import FactRef, tests
from engine.model.library import fact_order
from engine.model.policy import Model, UseFact, facts_read
from engine.model.scoring import Each, awards, line_begins, line_of

STEPS = 64
"""So many whole steps are told apart from the start."""


def cut_points(model: Model, points: dict[str, set[int]]) -> None:
    """For each fact the numbers that a model may tell from those before them."""
    for form in model.forms():
        line = line_of(form)
        if line is not None and len(line.points) == 1:  # the alternatives of other forms are conditions
            points.setdefault(line.points[0][0], set()).update(_of_line(line))
        for award in awards(form):
            points.setdefault(award.fact, set()).update((award.at_least, award.at_most + 1))
    for when in model.conditions():
        for test in tests(when):
            if not isinstance(test.operand, FactRef):
                points.setdefault(test.name, set()).update(edges(test))
    for name in reversed(fact_order(model)):
        missing = model.facts[name].if_missing
        if isinstance(missing, UseFact):
            points.setdefault(missing.name, set()).update(points.get(name, ()))


def _of_line(line: Each) -> Iterator[int]:
    """Where a line of one fact begins, and where another step is full or, rounded up, begun."""
    begins = line_begins(line)
    if line.step is None:
        if line.beyond is not None:
            yield begins + 1
        elif line.short_of is not None:
            yield begins
        return
    begun = 1 if line.round_up else 0  # a step upwards counts from the number after its place, or from it
    for many in range(1 - begun, STEPS):
        away = line.step * many
        yield begins + away + begun if line.short_of is None else begins - away + 1 - begun


def exact(model: Model) -> set[str]:
    """The facts whose very value enters a result: points by each or awarded, other facts, comparisons with a fact."""
    names: set[str] = set()
    for fact in model.facts.values():
        names.update(facts_read(fact.source))
    for form in model.forms():
        line = line_of(form)
        if line is not None and line.step is None:
            names.update(name for name, _ in line.points)
        names.update(award.fact for award in awards(form))
    for when in model.conditions():
        for test in tests(when):
            if isinstance(test.operand, FactRef):
                names.update((test.name, test.operand.name))
    for name in reversed(fact_order(model)):
        missing = model.facts[name].if_missing
        if isinstance(missing, UseFact) and name in names:
            names.add(missing.name)
    return names
