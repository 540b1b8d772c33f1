"""Which numbers of its facts a model can tell apart, so that the solver is asked about those alone."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evaluating.symbolic.records import edges
from engine.model.condition import Comparison, Condition, FactRef, tests
from engine.model.library import fact_order
from engine.model.policy import Model, Ratio, Total, UseFact
from engine.model.scoring import Bands, Each, FirstOf, Form

STEPS = 64
"""So many whole steps are told apart from the start."""


def cut_points(model: Model, points: dict[str, set[int]]) -> None:
    """For each fact the numbers that a model may tell from those before them."""
    for form in _forms(model):
        match form:
            case Bands(fact, several):
                points.setdefault(fact, set()).update(
                    band.threshold + (band.operator in ("above", "at_most")) for band in several
                )
            case Each(((fact, _),), beyond=beyond, step=int(step)):
                points.setdefault(fact, set()).update((beyond or 0) + step * many for many in range(1, STEPS))
            case Each(((fact, _),), beyond=int(beyond)):
                points.setdefault(fact, set()).add(beyond + 1)
    for test in _compared(model):
        if not isinstance(test.operand, FactRef):
            points.setdefault(test.name, set()).update(edges(test))
    for name in reversed(fact_order(model)):
        missing = model.facts[name].if_missing
        if isinstance(missing, UseFact):
            points.setdefault(missing.name, set()).update(points.get(name, ()))


def exact(model: Model) -> set[str]:
    """The facts whose very value enters a result: points by each, other facts, comparisons with a fact."""
    names: set[str] = set()
    for fact in model.facts.values():
        if isinstance(fact.source, (Ratio, Total)):
            names.update(fact.needs())
    for form in _forms(model):
        if isinstance(form, Each) and form.step is None:
            names.update(name for name, _ in form.points)
    for test in _compared(model):
        if isinstance(test.operand, FactRef):
            names.update((test.name, test.operand.name))
    for name in reversed(fact_order(model)):
        missing = model.facts[name].if_missing
        if isinstance(missing, UseFact) and name in names:
            names.add(missing.name)
    return names


def _compared(model: Model) -> Iterator[Comparison]:
    for when in _conditions(model):
        yield from tests(when)


def _conditions(model: Model) -> Iterator[Condition]:
    yield from (ground.when for ground in model.not_evaluated)
    yield from (veto.when for veto in model.vetoes)
    yield from (measure.when for measure in model.measures)
    yield from (indicator.only_when for indicator in model.indicators() if indicator.only_when)
    if model.decisions:
        yield from (when for when, _ in model.decisions.branches)
    yield from (branch.when for form in _forms(model) if isinstance(form, FirstOf) for branch in form.branches)


def _forms(model: Model) -> Iterator[Form]:
    yield from (indicator.form for indicator in model.indicators())
    yield from (item.form for item in model.items())
