"""What of an earlier table of results still stands, and who must be evaluated anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct

from engine.model.library import Library
from engine.model.number import ONE
from engine.model.policy import Model, Policy, UseFact, daily_growth


class LastRun(Struct, frozen=True):
    """An earlier table of results, the day it is as of (an ordinal), and each model's reasoning by POLICY.MODEL."""

    rows: Table
    as_of: int
    reasoning: Mapping[str, Table] = {}


def date_of(day: int) -> Column:
    """An ordinal as a date."""
    return ibis.date(date.fromordinal(day).isoformat())


def still_stands(library: Library, last: LastRun, as_of: int, only: str | None) -> bool:
    """Whether results of the earlier table can stand at all: it is no later, and the policies say what they said."""
    if last.as_of > as_of:
        return False
    rows = last.rows
    known = rows.select("policy", "digest").filter(rows.digest.notnull()).distinct().to_pyarrow().to_pylist()
    then = {row["policy"]: row["digest"] for row in known}
    now = {policy.id: policy for policy in library.in_force(as_of).values() if only in (None, policy.id)}
    if any(name not in now or now[name].digest != digest for name, digest in then.items()):
        return False
    return not any(name not in then and any(model.always for model in policy.models.values()) for name, policy in now.items())


def expired(library: Library, last: LastRun, as_of: int) -> Table:
    """The subjects that have a result which ended, or whose days cannot be counted on from the earlier ones."""
    rows = last.rows
    ended = (rows.valid_until < date_of(as_of)).fill_null(False) | rows.digest.isnull()
    subjects = [rows.filter(ended & rows.subject.notnull()).select("subject")]
    for policy, model in _models(library, as_of) if as_of != last.as_of else ():
        facts = last.reasoning.get(f"{policy.id}.{model.id}")
        if facts is not None:
            for name, default in _uncertain(model):
                doubted = facts if default is None else facts.filter(facts[f"fact_{name}"] == default)
                subjects.append(doubted.select("subject"))
    return ibis.union(*subjects, distinct=True) if len(subjects) > 1 else subjects[0].distinct()


def _models(library: Library, as_of: int) -> Iterable[tuple[Policy, Model]]:
    return ((policy, model) for policy in library.in_force(as_of).values() for model in policy.models.values())


def _uncertain(model: Model) -> Iterable[tuple[str, float | None]]:
    """Facts that count days, with the value that may mean that there is nothing to count from; None for any value."""
    for name, fact in model.facts.items():
        if daily_growth(fact.source):
            if isinstance(fact.if_missing, UseFact):
                yield name, None
            elif isinstance(fact.if_missing, int):
                yield name, fact.if_missing / ONE


def counted_on(facts: Table, model: Model, days: int) -> Table:
    """A model's earlier reasoning so many days later: what counts days goes on."""
    columns = {name: facts[name] + more for name, more in days_counted(model, days).items()}
    return facts.mutate(**columns) if columns else facts


def days_counted(model: Model, days: int) -> dict[str, int]:
    """The columns of a model's reasoning that count days, with what they grow by in so many."""
    return {
        f"fact_{name}": days * daily_growth(fact.source)
        for name, fact in model.facts.items()
        if days and daily_growth(fact.source)
    }
