"""What one record of each adverse category can do to a result, and how long it bears on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from engine.model.catalogue import PREVIOUS, Category
from engine.model.condition import Condition, facts_in
from engine.model.period import OwnPeriod, Period, TimeSpan, Window
from engine.model.policy import FromRecords, Model, Policy
from engine.model.proportion import BY_BASIS, BY_TIME, NEVER_ENDS, NOT_KNOWN, WITH_STATE, End, Influence
from engine.model.scoring import form_facts
from engine.reviewing.proportion.bearing import Bearing, bearing
from engine.reviewing.proportion.points import points_at_most

FOUR_YEARS = range(737791, 737791 + 4 * 366)
"""The days from 2021-01-01: among them is every day of the year, before, in and after a leap year."""


def influences(policy: Policy, model: Model) -> Iterator[Influence]:
    """One for each adverse category that a result of the model can rest on, in the order of the policy's categories."""
    for category in policy.categories.values():
        bears = bearing(model, category.id) if category.direction == "adverse" else None
        if bears is not None:
            yield _influence(policy, model, category, bears)


def _influence(policy: Policy, model: Model, category: Category, bears: Bearing) -> Influence:
    days = {name: longest_days(source.window) for name, source in bears.direct.items()}
    endless = frozenset(name for name, count in days.items() if count is None)
    longest = min(endless) if endless else max(days, key=lambda name: days[name] or 0)
    return Influence(
        category.id,
        _end(model, category, endless),
        days[longest],
        longest,
        bears.direct[longest].window,
        points_at_most(policy, model, category, bears) if model.scores else None,
        tuple(veto.id for veto in model.vetoes if _reads(veto.when, bears)),
        tuple(measure.id for measure in model.measures if measure.kind == "restriction" and _reads(measure.when, bears)),
        tuple(exclusion.id for exclusion in model.not_evaluated if _reads(exclusion.when, bears)),
        _reads_results(model),
    )


def _end(model: Model, category: Category, endless: frozenset[str]) -> End:
    if category.not_collected:
        return NOT_KNOWN
    if not endless:
        return BY_TIME
    if category.lasting:
        return WITH_STATE
    return BY_BASIS if _only_unlimited_vetoes_read(model, endless) else NEVER_ENDS


def _only_unlimited_vetoes_read(model: Model, endless: frozenset[str]) -> bool:
    """Whether nothing rests on facts that count records for good but vetoes whose basis sets no term."""
    resting = frozenset(name for name in model.facts if not endless.isdisjoint(model.needed([name])))
    unlimited = [veto.when for veto in model.vetoes if veto.unlimited]
    others = [when for when in model.conditions() if not any(when is veto for veto in unlimited)]
    read = {name for when in others for name in facts_in(when)}.union(*(form_facts(form) for form in model.forms()))
    return resting.isdisjoint(read) and model.weight not in resting


@cache
def longest_days(window: TimeSpan | None) -> int | None:
    """On how many days at most a time span holds a record, that of the record among them; None where it has no end."""
    match window:
        case None:
            return None
        case Window() | Period():
            return max(window.span(day)[1] - day + 1 for day in FOUR_YEARS)
        case OwnPeriod(months, _, back):
            return (back + 1) * (months // 12 * 366 + months % 12 * 31)


def _reads(when: Condition, bears: Bearing) -> bool:
    return not bears.resting.isdisjoint(facts_in(when))


def _reads_results(model: Model) -> bool:
    """Whether earlier results of its own are read."""
    sources = (fact.source for fact in model.facts.values())
    return model.reads_last_level or any(isinstance(source, FromRecords) and source.category == PREVIOUS for source in sources)
