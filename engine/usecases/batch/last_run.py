"""What of an earlier table of results still stands, and who must be evaluated anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct

from engine.model.fact_range import counts_days
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.policy import Model, Policy, UseFact


class LastRun(Struct, frozen=True):
    """An earlier table of results and the day it is as of, an ordinal."""

    rows: Table
    as_of: int


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
    tests = [(rows.valid_until < date_of(as_of)).fill_null(False), rows.digest.isnull()]
    if as_of != last.as_of:
        for policy, model in _models(library, as_of):
            for name, default in _uncertain(model):
                column = rows[f"fact_{name}"] if f"fact_{name}" in rows.columns else None
                if column is not None:
                    own = (rows.policy == policy.id) & (rows.model == model.id)
                    tests.append((own & ((column == default) if default is not None else True)).fill_null(False))
    ended = tests[0]
    for test in tests[1:]:
        ended = ended | test
    return rows.filter(ended & rows.subject.notnull()).select("subject").distinct()


def _models(library: Library, as_of: int) -> Iterable[tuple[Policy, Model]]:
    return ((policy, model) for policy in library.in_force(as_of).values() for model in policy.models.values())


def _uncertain(model: Model) -> Iterable[tuple[str, float | None]]:
    """Facts that count days, with the value that may mean that there is nothing to count from; None for any value."""
    for name, fact in model.facts.items():
        if counts_days(fact):
            if isinstance(fact.if_missing, UseFact):
                yield name, None
            elif isinstance(fact.if_missing, int):
                yield name, fact.if_missing / ONE


def carried_over(rows: Table, model: Model, last: LastRun, as_of: int, kinds: Mapping[str, Any]) -> Table:
    """A model's earlier rows as they are on a later day: the as-of date moves, and with it what counts days."""
    days = as_of - last.as_of
    table = rows.mutate(as_of=date_of(as_of))
    columns = {name: table[name].cast(kind) for name, kind in kinds.items() if name in table.columns or name != "warnings"}
    if "warnings" in kinds:  # models that do not warn have no such column, or nothing in it beside those that do
        nobody = ibis.literal([], type="array<string>")
        columns["warnings"] = columns["warnings"].fill_null(nobody) if "warnings" in columns else nobody
    columns = {name: columns[name] for name in kinds}
    for name, fact in model.facts.items():
        if days and counts_days(fact) and f"fact_{name}" in columns:
            columns[f"fact_{name}"] = columns[f"fact_{name}"] + days * counts_days(fact)
    return table.select(**columns)
